import { dayMs } from "../milliseconds.ts";
import { lastDay, printInstant, printWallClock, readWallClock, sinceEpoch } from "./calendar.ts";
import type { WallClock } from "./calendar.ts";
import { recurringDays } from "./dates.ts";
import { readDuration } from "./duration.ts";
import { offsetsOf } from "./offsets.ts";
import type { ZoneOffsets } from "./offsets.ts";
import { parseRecurrence } from "./recurrence.ts";
import type { Recurrence } from "./recurrence.ts";
import type { Mark, Occurrence } from "./types.ts";
import type { WindowFields } from "./window.ts";
import { ianaOf } from "./zones.ts";

export interface OccurrenceQuery {
  /** ISO instant: occurrences that start at or after it. */
  readonly from: string;
  readonly count: number;
  /** ISO instant: those that start before it too, however many. */
  readonly until?: string;
}

/** The windows that will open, soonest first. Empty where a field is missing or not understood: none rather than wrong ones. */
export function occurrences(fields: WindowFields, query: OccurrenceQuery): readonly Occurrence[] {
  const schedule = readSchedule(fields);
  if (schedule === undefined) return [];
  const from = Date.parse(query.from);
  const until = query.until === undefined ? -Infinity : Date.parse(query.until);
  const { start, duration, expiry, recurrence, offsets } = schedule;
  const found: Occurrence[] = [];
  let latest = -Infinity;
  // Two days before, since the zone's date may differ from that of `from` and a gap moves a start forward.
  const fromDay = Math.floor(from / dayMs) - 2;
  for (const day of recurringDays(recurrence, start.day, fromDay)) {
    const { instant, mark, later } = offsets.instantOf(sinceEpoch({ day, time: start.time }));
    if (instant >= expiry || (found.length >= query.count && instant >= until)) break;
    // Where a zone skipped a whole day, that day's start falls on the next one's: one window, not two.
    if (instant === latest) continue;
    latest = instant;
    if (instant >= from) found.push(occurrence(instant, duration, offsets, mark, later));
  }
  return found;
}

/** How far back a window that has ended is looked for, the nearest first: a daily one is found at once. */
const lookBackDays = [3, 40, 400, 4000];

/** The window that ended last, by `now` (an ISO instant). Undefined where none has, or where a field is not understood. */
export function lastEnded(fields: WindowFields, now: string): Occurrence | undefined {
  for (const days of lookBackDays) {
    const from = printInstant(Date.parse(now) - days * dayMs);
    const ended = occurrences(fields, { from, count: 0, until: now }).filter(
      (one) => surelyEnds(one) <= Date.parse(now),
    );
    const last = ended.at(-1);
    if (last !== undefined) return last;
  }
  return undefined;
}

/** Milliseconds since the epoch by which a window has closed, whichever of two starts counts. */
export function surelyEnds({ start, end, laterStart = start }: Occurrence): number {
  return Date.parse(end) + Date.parse(laterStart) - Date.parse(start);
}

function occurrence(
  start: number,
  duration: number,
  offsets: ZoneOffsets,
  mark: Mark | undefined,
  later: number | undefined,
): Occurrence {
  const end = start + duration;
  const marks: Mark[] = mark === undefined ? [] : [mark];
  if (!offsets.isConstant(start, end)) marks.push("shift");
  return {
    start: printInstant(start),
    end: printInstant(end),
    localStart: printWallClock(start + offsets.offsetAt(start)),
    localEnd: printWallClock(end + offsets.offsetAt(end)),
    marks,
    ...(later !== undefined && { laterStart: printInstant(later) }),
  };
}

/** A window whose every field is understood. */
interface Schedule {
  readonly start: WallClock;
  /** Milliseconds, elapsed. */
  readonly duration: number;
  /** Instant in milliseconds; no window opens at or after it. */
  readonly expiry: number;
  readonly recurrence: Recurrence;
  readonly offsets: ZoneOffsets;
}

function readSchedule(fields: WindowFields): Schedule | undefined {
  const { startDateTime, expirationDateTime, duration: durationText, timeZone, recurEvery } = fields;
  const start = readWallClock(startDateTime ?? "");
  const duration = readDuration(durationText ?? "");
  const recurrence = parseRecurrence(recurEvery ?? "");
  const ianaId = ianaOf(timeZone ?? "");
  if (
    typeof start === "string" ||
    duration === undefined ||
    recurrence === undefined ||
    ianaId === undefined
  ) {
    return undefined;
  }
  const offsets = offsetsOf(ianaId);
  const expiry = readExpiry(expirationDateTime, offsets);
  return expiry === undefined ? undefined : { start, duration, expiry, recurrence, offsets };
}

/** What Azure fills in where no expiry is given, `9999-12-31 23:59:59`: no window opens later. */
const never = sinceEpoch({ day: lastDay + 1, time: -1000 });

/** An instant; Infinity where the configuration does not expire; undefined for text that is not understood. */
function readExpiry(text: string | undefined, offsets: ZoneOffsets): number | undefined {
  if (text === undefined) return Infinity;
  const clock = readWallClock(text);
  if (typeof clock === "string") return undefined;
  return sinceEpoch(clock) === never ? Infinity : offsets.instantOf(sinceEpoch(clock)).instant;
}
