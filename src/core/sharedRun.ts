/** One piece of work that several callers wait for; it is aborted once all of them have given up. */
export class SharedRun<T = void> {
  /** Settles when the work has ended, aborted or not. */
  readonly ended: Promise<T>;
  readonly #controller = new AbortController();
  #waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.ended = work(this.#controller.signal);
  }

  get isAborted(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits for the end; rejects with the reason of `signal` as soon as that is aborted. */
  async join(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const givenUp = Promise.withResolvers<never>();
    const giveUp = () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#controller.abort(signal.reason);
      givenUp.reject(signal.reason);
    };
    this.#waiting += 1;
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      return await Promise.race([this.ended, givenUp.promise]);
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }
}
