import type { Occurrence } from "./types.ts";
import type { WindowFields } from "./window.ts";

export interface OccurrenceQuery {
  /** ISO instant: occurrences that start at or after it. */
  readonly from: string;
  readonly count: number;
}

/** The windows that will open, soonest first. Empty where a field is missing or not understood: none rather than wrong ones. */
export function occurrences(_fields: WindowFields, _query: OccurrenceQuery): readonly Occurrence[] {
  return [];
}
