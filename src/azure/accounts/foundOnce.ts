import type { Subscription } from "../contracts.ts";

/** One way in: a tenant, asked through one account. */
export interface Way {
  readonly tenantId: string;
  /** The place of the account among the user's. */
  readonly account: number;
  /** Whether the tenant is the account's own. */
  readonly isHome?: boolean;
}

/**
 * Takes each subscription once, though several ways may show it: through the tenant that owns it where that one shows it, otherwise
 * through another (a delegated subscription, or one whose own tenant could not be asked); of two accounts through the one whose home the
 * tenant is, else through the first. What comes by a way that no other can better is taken at once, the rest is held until the better ways
 * have answered: the same every time, however long each takes.
 */
export class FoundOnce<F extends { readonly subscription: Subscription }> {
  readonly #take: (found: readonly F[]) => void;
  /** Accounts whose tenants are not known yet. */
  readonly #unlisted: Set<number>;
  /** Which tenant is an account's own; undefined where nobody knows, absent while it is not known yet. */
  readonly #homes = new Map<number, string | undefined>();
  /** Ways that have not answered yet. */
  readonly #awaited = new Set<Way>();
  readonly #taken = new Set<string>();
  readonly #held = new Map<string, { readonly found: F; readonly way: Way }>();

  /** @param accounts how many there are */
  constructor(accounts: number, take: (found: readonly F[]) => void) {
    this.#unlisted = new Set(Array.from({ length: accounts }).keys());
    this.#take = take;
  }

  /** It is known which tenant is the account's own, or that nobody knows; `home` where it is asked before the others are known. */
  expectHome(account: number, home: Way | undefined): void {
    this.#homes.set(account, home?.tenantId);
    if (home !== undefined) this.#awaited.add(home);
    this.#release();
  }

  /** The tenants of an account are known; none where they could not be listed. */
  expect(account: number, ways: readonly Way[]): void {
    for (const way of ways) if (way.isHome !== true) this.#awaited.add(way);
    this.#unlisted.delete(account);
    this.#release();
  }

  /** A way has answered; with nothing where it failed. */
  answered(way: Way, all: readonly F[]): void {
    this.#awaited.delete(way);
    for (const found of all) {
      const key = keyOf(found);
      const held = this.#held.get(key);
      if (this.#taken.has(key)) continue;
      if (held === undefined || isBetter(way, held.way, found.subscription))
        this.#held.set(key, { found, way });
    }
    this.#release();
  }

  #release(): void {
    const free = [...this.#held].filter(([, { found, way }]) => this.#isBest(way, found.subscription));
    for (const [key] of free) {
      this.#taken.add(key);
      this.#held.delete(key);
    }
    if (free.length > 0) this.#take(free.map(([, { found }]) => found));
  }

  #isBest(way: Way, subscription: Subscription): boolean {
    const owner = subscription.tenantId;
    // An account's own tenant is among the awaited as soon as it is known.
    const possible = [...this.#unlisted].map((account) => ({
      account,
      tenantId: owner,
      isHome: !this.#homes.has(account),
    }));
    return ![...this.#awaited, ...possible].some((other) => isBetter(other, way, subscription));
  }
}

function isBetter(a: Way, b: Way, { tenantId: owner }: Subscription): boolean {
  const [isOwners, wasOwners] = [a.tenantId === owner, b.tenantId === owner];
  if (isOwners !== wasOwners) return isOwners;
  const [isHome, wasHome] = [a.isHome === true, b.isHome === true];
  return isHome === wasHome ? a.account < b.account : isHome;
}

function keyOf({ subscription }: { readonly subscription: Subscription }): string {
  return subscription.subscriptionId.toLowerCase();
}
