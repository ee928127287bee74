/**
 * Work that may be interrupted: it yields between pieces that take a few milliseconds at most, and comes to a value. Done `atOnce` or `inSlices` it
 * comes to the same.
 */
export type Sliced<T> = Generator<void, T, void>;

/** For how long work holds the event loop before it gives it back. With a piece on top it stays below the 16 ms of a frame. */
export const sliceMs = 8;

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
  const pause = pausing();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const paused = pause();
    if (paused === undefined) continue;
    await paused;
    signal?.throwIfAborted();
  }
}

/**
 * What to wait for between two pieces of work: nothing until they have held the event loop for a slice, then until all else that waits for it has
 * had a turn.
 */
export function pausing(): () => Promise<void> | undefined {
  let until = performance.now() + sliceMs;
  const turnOfOthers = (resolve: () => void) =>
    setImmediate(() => {
      until = performance.now() + sliceMs;
      resolve();
    });
  return () => (performance.now() < until ? undefined : new Promise(turnOfOthers));
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
