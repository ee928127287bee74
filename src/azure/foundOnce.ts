import type { Subscription } from "./contracts.ts";

/**
 * Takes each subscription once, though several accounts and tenants may show it: through the tenant that owns it where that one shows it,
 * otherwise through the first that did (a delegated subscription, or one whose own tenant could not be asked). What its owner shows is
 * taken at once; what another shows is held until the owner has answered.
 */
export class FoundOnce<F extends { readonly subscription: Subscription }> {
  readonly #take: (found: readonly F[]) => void;
  /** Tenants that have not answered yet, one entry for each account that asks. */
  readonly #awaited: string[] = [];
  readonly #taken = new Set<string>();
  readonly #held = new Map<string, F>();
  #allKnown = false;

  constructor(take: (found: readonly F[]) => void) {
    this.#take = take;
  }

  /** A tenant is going to be asked. */
  expect(tenantId: string): void {
    this.#awaited.push(tenantId);
  }

  /** All tenants there are to ask have been named. */
  allKnown(): void {
    this.#allKnown = true;
    this.#release();
  }

  /** A tenant has answered; with nothing where it failed. */
  answered(tenantId: string, found: readonly F[]): void {
    this.#awaited.splice(this.#awaited.indexOf(tenantId), 1);
    this.#takeNew(found.filter(({ subscription }) => subscription.tenantId === tenantId));
    for (const candidate of found) {
      const key = keyOf(candidate);
      if (!this.#taken.has(key) && !this.#held.has(key)) this.#held.set(key, candidate);
    }
    this.#release();
  }

  #release(): void {
    const isFree = (tenantId: string) => this.#allKnown && !this.#awaited.includes(tenantId);
    this.#takeNew([...this.#held.values()].filter(({ subscription }) => isFree(subscription.tenantId)));
  }

  #takeNew(candidates: readonly F[]): void {
    const fresh = candidates.filter((candidate) => !this.#taken.has(keyOf(candidate)));
    for (const candidate of fresh) {
      this.#taken.add(keyOf(candidate));
      this.#held.delete(keyOf(candidate));
    }
    if (fresh.length > 0) this.#take(fresh);
  }
}

function keyOf({ subscription }: { readonly subscription: Subscription }): string {
  return subscription.subscriptionId.toLowerCase();
}
