/** Runs tasks, at most `max` at a time; the others wait in the order in which they came. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

export function createLimit(max: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The place is handed on rather than given back, so that no newcomer can take it before the one that waits.
      if (next === undefined) running--;
      else next();
    }
  };
}

/** How many resources Azure is asked for at a time, where a caller does not say otherwise. */
const maxParallelReads = 6;

/** Does `work` on each item, at most `max` at a time. Rejects with the first rejection; the others go on. */
export async function forEachLimited<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  max = maxParallelReads,
): Promise<void> {
  const limit = createLimit(max);
  await Promise.all(Array.from(items, (item) => limit(() => work(item))));
}
