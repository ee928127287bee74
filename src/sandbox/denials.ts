/** Actions that the caller has not been granted on a scope and below it. */
export interface Denial {
  /** A resource's key, or that of a group or subscription. */
  readonly scope: string;
  /** Such as `Microsoft.Maintenance/configurationAssignments/write`; `*` stands for any text at its end. */
  readonly action: string;
}

/** What the caller has not been granted. */
export class Denials {
  readonly #byScope = new Map<string, Denial[]>();
  #count = 0;

  /** How many there are; none is ever taken back. */
  get count(): number {
    return this.#count;
  }

  add(denial: Denial): void {
    this.#count++;
    const there = this.#byScope.get(denial.scope);
    if (there === undefined) this.#byScope.set(denial.scope, [denial]);
    else there.push(denial);
  }

  /** Those on `scope` and on what it is in. */
  on(scope: string): readonly Denial[] {
    if (this.#count === 0) return [];
    const where = scope.toLowerCase();
    const found: Denial[] = [];
    for (let end = where.length; end > 0; end = where.lastIndexOf("/", end - 1)) {
      found.push(...(this.#byScope.get(where.slice(0, end)) ?? []));
    }
    return found;
  }

  /** Whether the caller may do `action` on `scope`. */
  allow(action: string, scope: string): boolean {
    const wanted = action.toLowerCase();
    return !this.on(scope).some((denial) => {
      const denied = denial.action.toLowerCase();
      return denied.endsWith("*") ? wanted.startsWith(denied.slice(0, -1)) : wanted === denied;
    });
  }
}
