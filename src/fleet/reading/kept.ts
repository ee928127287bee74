import { isDeepStrictEqual } from "node:util";

/** What has not changed since the last read stays the same object, so that nothing is worked out or shown anew for it. */
export function kept<T>(before: T | undefined, now: T): T {
  return before !== undefined && isDeepStrictEqual(before, now) ? before : now;
}
