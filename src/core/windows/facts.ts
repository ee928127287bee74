import type { JsonObject } from "../json.ts";
import { printInstant } from "./calendar.ts";
import { readDuration } from "./duration.ts";
import { occurrences } from "./occurrences.ts";
import { checkSchedule } from "./rules.ts";
import type { Occurrence, ScheduleFacts } from "./types.ts";
import { readWindow } from "./window.ts";
import type { WindowFields } from "./window.ts";
import { scheduleInWords } from "./words.ts";

/** How many windows the tree and its tooltips show. */
const shown = 5;

/** Rules whose breach leaves open whether Azure opens windows: it holds what we can't read, or fills in what is missing. */
const undecided: ReadonlySet<string> = new Set([
  "start-format",
  "time-zone-missing",
  "time-zone-unknown",
  "duration-missing",
  "duration-format",
  "recurrence-missing",
  "recurrence-unknown",
  "expiry-format",
]);

/** What the tree says of a configuration's window. `now`: ISO instant. */
export function scheduleFacts(configuration: JsonObject, now: string): ScheduleFacts {
  const fields = readWindow(configuration);
  const problems = checkSchedule(configuration, { now, existing: true });
  const decided = problems.some(({ rule, severity }) => severity === "block" && !undecided.has(rule));
  const open = decided ? undefined : problems.find(({ rule }) => undecided.has(rule));
  return {
    words: scheduleInWords(fields),
    next: windowsFrom(fields, now, shown),
    problems,
    ...(open === undefined ? {} : { unreadable: open.message }),
  };
}

/** The next windows, soonest first, those that are open now included. */
export function windowsFrom(fields: WindowFields, now: string, count: number): readonly Occurrence[] {
  const moment = Date.parse(now);
  const from = printInstant(moment - (readDuration(fields.duration ?? "") ?? 0));
  const next = occurrences(fields, { from, count: count + 1 });
  return next.filter(({ end }) => Date.parse(end) > moment).slice(0, count);
}
