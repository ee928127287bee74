/** Waits `ms` milliseconds; rejects with an AbortError as soon as the signal is aborted, whatever the signal's own reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const abort = () => reject(aborted());
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Throws an AbortError where the signal is aborted. */
export function throwIfAborted(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted === true) throw aborted();
}

function aborted(): DOMException {
  return new DOMException("It was cancelled.", "AbortError");
}
