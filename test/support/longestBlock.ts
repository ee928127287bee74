import { performance } from "node:perf_hooks";

/** How long a work takes that lets others have their turn, and for how long at most the event loop waits meanwhile; both in ms. */
export async function longestBlock<T>(work: () => Promise<T>) {
  const start = performance.now();
  let [last, blockMs] = [start, 0];
  const pass = () => {
    const now = performance.now();
    blockMs = Math.max(blockMs, now - last);
    last = now;
  };
  const turn = () => {
    pass();
    waiting = setImmediate(turn);
  };
  let waiting = setImmediate(turn);
  const result = await work();
  clearImmediate(waiting);
  pass();
  return { result, ms: performance.now() - start, blockMs };
}
