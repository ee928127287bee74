import { dayMs } from "../milliseconds.ts";
import type { JsonObject } from "../resources/json.ts";
import { agendaDays } from "./agenda.ts";
import { printInstant, readWallClock, sinceEpoch } from "./calendar.ts";
import { readDuration } from "./duration.ts";
import { occurrences } from "./occurrences.ts";
import { offsetsOf } from "./offsets.ts";
import { checkSchedule } from "./rules.ts";
import type { Occurrence, ScheduleFacts } from "./types.ts";
import { readWindow } from "./window.ts";
import type { WindowFields } from "./window.ts";
import { scheduleInWords, zoneInWords } from "./words.ts";
import { ianaOf } from "./zones.ts";

/** How many windows a tooltip shows. */
const minShownWindows = 5;

/** The days that the agenda shows, and one during which nothing need be worked out anew. */
const daysKnown = agendaDays + 1;

/** Rules whose breach leaves open whether Azure opens windows: it holds what we can't read, or fills in what is missing. */
const undecided: ReadonlySet<string> = new Set([
  "start-format",
  "time-zone-missing",
  "time-zone-unknown",
  "time-zone-retired",
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
  const begins = startOf(fields);
  const knownUntil = printInstant(Date.parse(now) + daysKnown * dayMs);
  return {
    words: scheduleInWords(fields),
    ...(begins === undefined ? {} : { begins }),
    next: windowsUntil(fields, now, knownUntil, minShownWindows),
    knownUntil,
    problems,
    ...(fields.timeZone === undefined ? {} : { zone: zoneInWords(fields.timeZone) }),
    ...(open === undefined ? {} : { unreadable: open.message }),
  };
}

function startOf({ startDateTime, timeZone }: WindowFields): string | undefined {
  const clock = readWallClock(startDateTime ?? "");
  const ianaId = ianaOf(timeZone ?? "");
  return typeof clock === "string" || ianaId === undefined
    ? undefined
    : printInstant(offsetsOf(ianaId).instantOf(sinceEpoch(clock)).instant);
}

/**
 * The windows that open before `until`, and at least `atLeast` where there are as many: soonest first, those that are open
 * at `now` included. Both are ISO instants.
 */
export function windowsUntil(
  fields: WindowFields,
  now: string,
  until: string,
  atLeast = 0,
): readonly Occurrence[] {
  const [moment, end] = [Date.parse(now), Date.parse(until)];
  const from = printInstant(moment - (readDuration(fields.duration ?? "") ?? 0));
  // One more, since the first may have ended just now.
  return occurrences(fields, { from, count: atLeast + 1, until })
    .filter((window) => Date.parse(window.end) > moment)
    .filter(({ start }, index) => index < atLeast || Date.parse(start) < end);
}
