import { inSlices } from "./slices.ts";
import type { Sliced } from "./slices.ts";

/**
 * Work that brings something up to date. Asked for while it is under way it is done once more at the end, however often that was, so that
 * the newest comes last and what comes often does not keep it from ever getting done.
 */
export class RepeatedRun {
  readonly #work: () => Sliced<void>;
  readonly #end = new AbortController();
  #round = new AbortController();
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(work: () => Sliced<void>) {
    this.#work = work;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Resolves when all that was known when this was called is taken over. Rejects with an AbortError once it has ended. `isOther`: what is under
   * way is not wanted any more, and is left undone.
   */
  async run(isOther = false): Promise<void> {
    this.#isAskedAgain = true;
    if (isOther) this.#round.abort();
    // Begun a moment later, so that what is asked for within the work joins it.
    this.#running ??= Promise.resolve().then(() => this.#repeat());
    await this.#running;
  }

  /** Leaves undone what is under way. */
  end(): void {
    this.#end.abort();
  }

  async #once(round: AbortSignal): Promise<void> {
    try {
      await inSlices(this.#work(), AbortSignal.any([this.#end.signal, round]));
    } catch (error) {
      if (!round.aborted) throw error;
    }
  }

  async #repeat(): Promise<void> {
    try {
      while (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        this.#end.signal.throwIfAborted();
        await this.#once((this.#round = new AbortController()).signal);
      }
    } finally {
      this.#running = undefined;
    }
  }
}
