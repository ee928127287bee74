import type { JsonObject } from "../json.ts";
import { occurrences } from "./occurrences.ts";
import { checkSchedule } from "./rules.ts";
import type { ScheduleFacts } from "./types.ts";
import { readWindow } from "./window.ts";
import { scheduleInWords } from "./words.ts";

/** What the tree says of a configuration's window. `now`: ISO instant. */
export function scheduleFacts(configuration: JsonObject, now: string): ScheduleFacts {
  const fields = readWindow(configuration);
  return {
    words: scheduleInWords(fields),
    next: occurrences(fields, { from: now, count: 5 }),
    problems: checkSchedule(configuration, { now, existing: true }),
  };
}
