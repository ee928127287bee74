import { setTimeout } from "node:timers/promises";

/** The longest that a timer waits; one of more fires at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
export const longestTimerMs = 2 ** 31 - 1;

/** A longer wait than this is the user's to decide: the call fails as throttled and says how long Azure asks to wait. */
export const longestWaitMs = 120_000;

/** After so many attempts, where Azure does not say how long. `random`: at least 0, below 1. */
export function ownPauseMs(attempt: number, random: () => number): number {
  return Math.min(1000 * 2 ** (attempt - 1) * (0.5 + random() / 2), longestWaitMs);
}

/** For what has to come to its end, whatever the user cancels. */
export const unending = new AbortController().signal;

/** Waits `ms` milliseconds, at most as long as a timer can; rejects with an AbortError as soon as the signal is aborted, whatever the signal's own reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(Math.min(ms, longestTimerMs), undefined, { ...(signal && { signal }) });
}

/** Waits for what cannot be cancelled itself, such as a question to VS Code; rejects with an AbortError as soon as the signal is aborted. */
export async function untilAborted<T>(work: Promise<T>, signal: Cancelling | undefined): Promise<T> {
  throwIfAborted(signal);
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(aborted());
  signal?.addEventListener("abort", abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** What the SDKs take for a signal. */
type Cancelling = Pick<AbortSignal, "aborted"> & {
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
};

/** Throws an AbortError where the signal is aborted. */
export function throwIfAborted(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted === true) throw aborted();
}

function aborted(): DOMException {
  return new DOMException("It was cancelled.", "AbortError");
}
