import { pausing } from "./slices.ts";

/** Gives the event loop back in the middle of answers that are all asked for at once, and each take little. */
export class Pace {
  readonly #pause = pausing();
  #turn: Promise<void> | undefined;

  /** Does the work at once, or after others have had their turn. */
  async run<T>(work: () => T): Promise<T> {
    for (;;) {
      this.#turn ??= this.#pause()?.then(() => void (this.#turn = undefined));
      if (this.#turn === undefined) return work();
      await this.#turn;
    }
  }
}
