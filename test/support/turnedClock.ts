/** A clock that stands still while something goes on, and jumps to the next end of a wait when nothing does. */
export interface TurnedClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves so much later by this clock; rejects as soon as `signal` is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

interface Wait {
  readonly at: number;
  readonly end: () => void;
}

/** `start`: an instant. Good for what goes on without real timers, files or sockets. */
export function turnedClock(start: string): TurnedClock {
  let now = Date.parse(start);
  const waits = new Set<Wait>();
  let isTurning = false;

  /** All that can go on without waiting has done so after a turn of the event loop. */
  const turn = () => {
    const next = [...waits].reduce<Wait | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
    isTurning = next !== undefined;
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.end();
    setImmediate(turn);
  };
  return {
    now: () => now,
    wait: (ms, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const wait: Wait = { at: now + ms, end: () => leave(resolve) };
      const abort = () => leave(() => reject(new DOMException("It was cancelled.", "AbortError")));
      const leave = (then: () => void) => {
        waits.delete(wait);
        signal?.removeEventListener("abort", abort);
        then();
      };
      waits.add(wait);
      signal?.addEventListener("abort", abort);
      if (signal?.aborted === true) abort();
      if (!isTurning) {
        isTurning = true;
        setImmediate(turn);
      }
      return promise;
    },
  };
}
