/**
 * Work that may be interrupted: it yields between pieces that take a few milliseconds at most, and comes to a value. Done `atOnce` or `inSlices` it
 * comes to the same.
 */
export type Sliced<T> = Generator<void, T, void>;

/** For how long sliced work holds the event loop before it is given back. With a piece on top it stays below the 16 ms of a frame. */
const sliceMs = 8;

/** How many items are one piece, where each takes some tens of microseconds. */
const pieceSize = 64;

/** Does the work without a pause. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Does the work, and lets others have their turn every few milliseconds. What is not longer than a piece is done when this returns. Rejects
 * with the reason of `signal` once that is aborted, and leaves the rest undone.
 */
export async function inSlices<T>(work: Sliced<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const paused = pause();
    if (paused === undefined) continue;
    await paused;
    signal?.throwIfAborted();
  }
}

/** Does a piece of work, of which several are asked for at once, when there is time for it: a small one, or the reading of a file of code. */
export async function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
  for (let paused = pause(); paused !== undefined; paused = pause()) await paused;
  return work();
}

/** What to wait for between two pieces of work: nothing while the turn of sliced work lasts, else its next turn. */
export function pause(): Promise<void> | undefined {
  return turns().pause();
}

/** Does `work` on each item, in pieces. */
export function* inPieces<T>(items: Iterable<T>, work: (item: T) => void, size = pieceSize): Sliced<void> {
  let count = 0;
  for (const item of items) {
    work(item);
    count += 1;
    if (count % size === 0) yield;
  }
}

/** The turns of all sliced work: in each round of the event loop as much as there is time for, one after the other. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #until = 0;
  #isComing = false;

  pause(): Promise<void> | undefined {
    const leftMs = this.#until - performance.now();
    // A turn is never longer than a slice, whatever a clock says that was turned back.
    if (leftMs > 0 && leftMs <= sliceMs) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#come();
    });
  }

  #come(): void {
    if (this.#isComing) return;
    this.#isComing = true;
    setImmediate(() => void this.#take());
  }

  async #take(): Promise<void> {
    this.#until = performance.now() + sliceMs;
    do {
      this.#waiting.shift()?.();
      // It works, or waits again, before this goes on.
      await Promise.resolve();
    } while (this.#waiting.length > 0 && performance.now() < this.#until);
    this.#isComing = false;
    if (this.#waiting.length > 0) this.#come();
  }
}

const sharedTurns = Symbol.for("scaleSetMaintenance.turns");

/** One for all files that the extension is built into, each of which has a copy of this module: they share the event loop. */
function turns(): Turns {
  const shared = globalThis as typeof globalThis & { [sharedTurns]?: Turns };
  return (shared[sharedTurns] ??= new Turns());
}
