/** Counts calls, so that there are never more than `most` within `span` milliseconds. */
export class CallBudget {
  readonly #most: number;
  readonly #span: number;
  /** When each call was made, the oldest first. */
  #calls: number[] = [];

  constructor(most: number, span: number) {
    this.#most = most;
    this.#span = span;
  }

  /** Whether so many calls may be made now; if so, they count as made. */
  take(calls: number, now: number): boolean {
    this.#calls = this.#calls.filter((at) => now - at < this.#span);
    if (this.#calls.length + calls > this.#most) return false;
    this.spend(calls, now);
    return true;
  }

  /** Counts calls that were made, whether or not there was room for them. */
  spend(calls: number, now: number): void {
    for (let call = 0; call < calls; call++) this.#calls.push(now);
  }
}
