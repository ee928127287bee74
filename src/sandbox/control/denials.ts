/** Actions that the caller has not been granted on a scope and below it. */
export interface Denial {
  /** A resource's key, or that of a group or subscription. */
  readonly scope: string;
  /** Such as `Microsoft.Maintenance/configurationAssignments/write`; `*` stands for any text at its end. */
  readonly action: string;
}

/** What the caller has not been granted. */
export class Denials {
  readonly #denials: Denial[] = [];

  /** How many there are; none is ever taken back. */
  get count(): number {
    return this.#denials.length;
  }

  add(denial: Denial): void {
    this.#denials.push(denial);
  }

  /** Those on `scope` and on what it is in. */
  on(scope: string): readonly Denial[] {
    const where = `${scope.toLowerCase()}/`;
    return this.#denials.filter((denial) => where.startsWith(`${denial.scope}/`));
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
