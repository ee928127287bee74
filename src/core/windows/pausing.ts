import { dayMs } from "../milliseconds.ts";
import type { ConfigurationEdits } from "../plans/kinds/updateConfiguration.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { lastDay, printWallClock, readWallClock, sinceEpoch } from "./calendar.ts";
import type { WallClock } from "./calendar.ts";
import { offsetsOf } from "./offsets.ts";
import type { ZoneOffsets } from "./offsets.ts";
import { originalStartOf, pauseOf, pauseTag } from "./pause.ts";
import { firstDay, keepsPhase } from "./phase.ts";
import { parseRecurrence } from "./recurrence.ts";
import type { Recurrence } from "./recurrence.ts";
import { checkSchedule } from "./rules.ts";
import { readWindow } from "./window.ts";
import { ianaOf } from "./zones.ts";

/** What a pause or a resumption writes, or why there is none. */
export type Pausing =
  | {
      /** For `editedConfiguration`. */
      readonly edits: ConfigurationEdits;
      /** The start that the configuration then has, in its zone. */
      readonly start: string;
    }
  | { readonly problem: Message };

/**
 * Pauses a configuration: its start moves to the first date from `until` (`YYYY-MM-DD`, in its zone) on that keeps the recurrence's
 * phase, so that its windows from there on are those that it would have had. Where the recurrence counts a window to the month before it
 * (`Month Last Friday Offset6`), the first one may be lost: a start in its own month would not count it. One that is paused already keeps its first original start.
 */
export function pausedConfiguration(configuration: JsonObject, until: string): Pausing {
  const schedule = readSchedule(configuration);
  if ("problem" in schedule) return schedule;
  const from = readWallClock(`${until} 00:00`);
  if (typeof from === "string") {
    return { problem: message("“{0}” isn't a date. Enter it like 2026-11-01.", until) };
  }
  const tag = originalStartOf(configuration);
  if (tag !== undefined && typeof readWallClock(tag.value) === "string") return unreadableTag(tag);
  // A start that does not go on from the one in the tag was set by someone else since: it is the one to come back to.
  const original = tag !== undefined && continues(schedule, tag.value) ? tag.value : schedule.text;
  const clock = readWallClock(original) as WallClock;
  if (from.day <= clock.day) {
    return {
      problem: message("No window starts before {0} anyway. Choose a later date.", original),
    };
  }
  const day = nextStart({ ...schedule, start: clock }, from.day);
  if (typeof day === "object") return day;
  const start = withDate(original, day);
  if (start === schedule.text) {
    return { problem: message("Already paused until {0}. Choose another date.", start) };
  }
  return { edits: { window: { startDateTime: start }, tags: { [tag?.name ?? pauseTag]: original } }, start };
}

/**
 * Resumes a paused configuration at `now` (ISO instant): with its original start where that is to come, else with the same wall time on the
 * next date that keeps the recurrence's phase. Where the pause has run out only the tag goes.
 */
export function resumedConfiguration(configuration: JsonObject, now: string): Pausing {
  const tag = originalStartOf(configuration);
  if (tag === undefined || pauseOf(configuration) === undefined) {
    return { problem: message("Not paused.") };
  }
  const original = readWallClock(tag.value);
  if (typeof original === "string") return unreadableTag(tag);
  const schedule = readSchedule(configuration);
  if ("problem" in schedule) return schedule;
  if (!continues(schedule, tag.value)) {
    const problem = message(
      "Its start changed during the pause: “{0}” doesn't follow from “{1}” in tag {2}. Set the start you want, and remove the tag.",
      schedule.text,
      tag.value,
      tag.name,
    );
    return { problem };
  }
  const tags = { [tag.name]: undefined };
  if (!isToCome(schedule, now)) return { edits: { tags }, start: schedule.text };
  const resumed = startToCome({ ...schedule, start: original, text: tag.value }, now);
  if ("problem" in resumed) return resumed;
  return { edits: { window: { startDateTime: resumed.start }, tags }, start: resumed.start };
}

/**
 * The start with which a configuration can be created anew at `now` (ISO instant), since Azure takes none that has passed: the one that it
 * had, else the same wall time on the next date that keeps the recurrence's phase.
 */
export function startAgain(
  configuration: JsonObject,
  now: string,
): { readonly start: string } | { readonly problem: Message } {
  const schedule = readSchedule(configuration);
  return "problem" in schedule ? schedule : startToCome(schedule, now);
}

function isToCome({ start, offsets }: Pick<Schedule, "start" | "offsets">, now: string): boolean {
  return offsets.instantOf(sinceEpoch(start)).instant > Date.parse(now);
}

/** The schedule's own start where that is to come, else the next one that keeps its phase. */
function startToCome(
  schedule: Schedule,
  now: string,
): { readonly start: string } | { readonly problem: Message } {
  const { start, text, offsets } = schedule;
  if (isToCome(schedule, now)) return { start: text };
  const today = Math.floor((Date.parse(now) + offsets.offsetAt(Date.parse(now))) / dayMs);
  const from = isToCome({ start: { ...start, day: today }, offsets }, now) ? today : today + 1;
  const day = nextStart(schedule, from);
  return typeof day === "object" ? day : { start: withDate(text, day) };
}

/** What of a schedule decides on which dates it may start. */
interface Schedule {
  readonly start: WallClock;
  /** The start as Azure has it. */
  readonly text: string;
  /** As Azure has it; undefined where the schedule does not expire. */
  readonly expiry: string | undefined;
  readonly recurrence: Recurrence;
  readonly offsets: ZoneOffsets;
}

/** The rules whose breach leaves nothing to move. */
const needed: ReadonlySet<string> = new Set([
  "scope",
  "window-missing",
  "start-missing",
  "start-format",
  "start-impossible",
  "time-zone-missing",
  "time-zone-unknown",
  "time-zone-retired",
  "recurrence-missing",
  "recurrence-unknown",
  "recurrence-month-day",
  "expiry-format",
  "expiry-impossible",
]);

function readSchedule(configuration: JsonObject): Schedule | { readonly problem: Message } {
  const problems = checkSchedule(configuration, { now: "", existing: true });
  const problem = problems.find(({ rule }) => needed.has(rule));
  if (problem !== undefined) return { problem: problem.message };
  const {
    startDateTime: text = "",
    timeZone = "",
    recurEvery = "",
    expirationDateTime,
  } = readWindow(configuration);
  const start = readWallClock(text);
  const recurrence = parseRecurrence(recurEvery);
  const ianaId = ianaOf(timeZone);
  if (typeof start === "string" || recurrence === undefined || ianaId === undefined) {
    return { problem: message("Its schedule couldn't be read. Fix it first.") };
  }
  return { start, text: text.trim(), expiry: expirationDateTime, recurrence, offsets: offsetsOf(ianaId) };
}

/** Whether the start has the wall time of an earlier one, on a date that keeps its phase. */
function continues({ start, recurrence }: Schedule, earlier: string): boolean {
  const original = readWallClock(earlier) as WallClock;
  return original.time === start.time && keepsPhase(recurrence, original.day, start.day);
}

/**
 * The day from `from` on to which the start moves: that of the next window; or where the start would lose its phase there, as in a month
 * whose offset leads into another, a day before it that keeps the phase. Never one on which the clock skips the start: Azure was seen to
 * refuse it.
 */
function nextStart(schedule: Schedule, from: number): number | { readonly problem: Message } {
  const { recurrence, start, offsets, expiry } = schedule;
  const clockOf = (day: number) => sinceEpoch({ day, time: start.time });
  const instantOf = (day: number) => offsets.instantOf(clockOf(day));
  const keeps = (day: number) => keepsPhase(recurrence, start.day, day);
  for (let day = from; day <= lastDay; day += 1) {
    if (!keeps(day)) continue;
    const window = firstDay(recurrence, start.day, day);
    if (window === undefined) break;
    const moved = [window, day].find((one) => keeps(one) && instantOf(one).mark !== "gap");
    if (moved === undefined) continue;
    const end = readWallClock(expiry ?? "");
    const expires = typeof end !== "string" && end.day !== lastDay;
    if (!expires || instantOf(window).instant < offsets.instantOf(sinceEpoch(end)).instant) return moved;
    return {
      problem: message(
        "It expires at {0}, before its first window at {1}. Choose an earlier date, or a later expiry first.",
        expiry ?? "",
        printWallClock(clockOf(window)),
      ),
    };
  }
  return {
    problem: message("No window starts on or after {0}.", printWallClock(clockOf(from)).slice(0, 10)),
  };
}

/** A start with another date; its time of day as it was written. */
function withDate(start: string, day: number): string {
  return printWallClock(sinceEpoch({ day, time: 0 })).slice(0, 10) + start.trim().slice(10);
}

function unreadableTag({ name, value }: { readonly name: string; readonly value: string }): Pausing {
  return {
    problem: message(
      "The tag {0} keeps the original start, but its value “{1}” isn't one. Change it to a start like 2026-11-01 22:00, or remove the tag.",
      name,
      value,
    ),
  };
}
