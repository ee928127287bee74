import { subscriptionOf } from "../ids.ts";

/** Actions that the caller has not been granted on a scope and below it. */
export interface Denial {
  /** A resource's key, or that of a group or subscription. */
  readonly scope: string;
  /** Such as `Microsoft.Maintenance/configurationAssignments/write`; `*` stands for any text at its end. */
  readonly action: string;
}

const none: readonly Denial[] = [];

/** What the caller has not been granted. */
export class Denials {
  readonly #bySubscription = new Map<string, Denial[]>();
  #count = 0;

  /** How many there are; none is ever taken back. */
  get count(): number {
    return this.#count;
  }

  add(denial: Denial): void {
    this.#count++;
    const subscription = subscriptionOf(denial.scope);
    this.#bySubscription.set(subscription, [...this.#in(subscription), denial]);
  }

  /** Those on `scope` and on what it is in. */
  on(scope: string): readonly Denial[] {
    const there = this.#in(subscriptionOf(scope));
    if (there.length === 0) return none;
    const where = `${scope.toLowerCase()}/`;
    return there.filter((denial) => where.startsWith(`${denial.scope}/`));
  }

  /** Whether the caller may do `action` on `scope`. */
  allow(action: string, scope: string): boolean {
    const denials = this.on(scope);
    if (denials.length === 0) return true;
    const wanted = action.toLowerCase();
    return !denials.some((denial) => {
      const denied = denial.action.toLowerCase();
      return denied.endsWith("*") ? wanted.startsWith(denied.slice(0, -1)) : wanted === denied;
    });
  }

  #in(subscription: string): readonly Denial[] {
    return this.#bySubscription.get(subscription) ?? none;
  }
}
