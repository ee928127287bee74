import { isSameJson } from "../../core/resources/json.ts";

/** What has not changed since the last read stays the same object, so that nothing is worked out or shown anew for it. */
export function kept<T>(before: T | undefined, now: T): T {
  return before !== undefined && isSameJson(before, now) ? before : now;
}
