/** Calls that come while one is under way get its result; the next one after that asks anew, since nothing is kept. */
export function shareInFlight<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= ask().finally(() => (underWay = undefined));
    return underWay;
  };
}
