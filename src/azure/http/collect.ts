/**
 * Yields what `produce` emits, as it is emitted, until `produce` ends; throws what it throws. When `signal` is aborted the
 * iteration just ends; when the consumer stops early, the signal that `produce` got is aborted.
 */
export async function* collect<T>(
  signal: AbortSignal,
  produce: (emit: (value: T) => void, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void> {
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  const queue: T[] = [];
  let wake = Promise.withResolvers<void>();
  stopped.addEventListener("abort", () => wake.resolve());
  const emit = (value: T) => {
    queue.push(value);
    wake.resolve();
  };
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  const end = () => {
    ended = true;
    wake.resolve();
  };
  produce(emit, stopped).then(end, (error: unknown) => {
    failure = { error };
    end();
  });
  try {
    while (!stopped.aborted) {
      const values = queue.splice(0);
      yield* values;
      if (values.length > 0) continue;
      if (ended) break;
      await wake.promise;
      wake = Promise.withResolvers();
    }
    if (failure !== undefined && !stopped.aborted) throw failure.error;
  } finally {
    stop.abort();
  }
}
