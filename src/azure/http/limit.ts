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
