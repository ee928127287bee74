/** One piece of work that several callers wait for; it is aborted once all of them have given up. */
export class SharedRun {
  /** Settles when the work has ended, aborted or not; never rejects unless the work throws by itself. */
  readonly ended: Promise<void>;
  readonly #controller = new AbortController();
  #waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.ended = work(this.#controller.signal);
  }

  get isAborted(): boolean {
    return this.#controller.signal.aborted;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Waits for the end. Rejects with the reason of `signal` as soon as that is aborted, or with that of the work's own abortion. */
  async join(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const givenUp = Promise.withResolvers<never>();
    const giveUp = () => {
      givenUp.reject(signal.reason);
    };
    signal.addEventListener("abort", giveUp, { once: true });
    this.#waiting += 1;
    try {
      await Promise.race([this.ended, givenUp.promise]);
      this.#controller.signal.throwIfAborted();
    } finally {
      signal.removeEventListener("abort", giveUp);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.abort(signal.reason);
    }
  }
}
