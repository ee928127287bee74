/** Counts calls, so that there are never more than `maxCalls` within `spanMs`. */
export class CallBudget {
  readonly #maxCalls: number;
  readonly #spanMs: number;
  /** When each call was made, the oldest first. */
  #calls: number[] = [];

  constructor(maxCalls: number, spanMs: number) {
    this.#maxCalls = maxCalls;
    this.#spanMs = spanMs;
  }

  /** Whether so many calls may be made now; if so, they count as made. */
  take(calls: number, now: number): boolean {
    this.#calls = this.#calls.filter((at) => now - at < this.#spanMs);
    if (this.#calls.length + calls > this.#maxCalls) return false;
    this.spend(calls, now);
    return true;
  }

  /** Counts calls that were made, whether or not there was room for them. */
  spend(calls: number, now: number): void {
    for (let call = 0; call < calls; call++) this.#calls.push(now);
  }
}
