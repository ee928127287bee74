import { dayMs, hourMs } from "../milliseconds.ts";
import { lastDay, printTime, readWallClock, weekdayOf } from "./calendar.ts";
import { readDuration } from "./duration.ts";
import { joined, message, verbatim } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { parseRecurrence } from "./recurrence.ts";
import type { DaysOfMonth, OrdinalWeekday, Recurrence } from "./recurrence.ts";
import type { WindowFields } from "./window.ts";
import { zoneName } from "./zoneNames.ts";
import { ianaOf } from "./zones.ts";

/**
 * The schedule as a reader would say it: "Every day 22:00–03:00, Pacific Time". Parts that are missing are left out, and
 * what is not understood is shown as it is.
 */
export function scheduleInWords(fields: WindowFields): Message {
  const { startDateTime, timeZone } = fields;
  const parts = [recurrenceInWords(fields), timesInWords(fields)].filter((part) => part !== undefined);
  if (parts.length === 0 && timeZone === undefined && startDateTime === undefined) {
    return message("No schedule");
  }
  const zone = timeZone === undefined ? [] : [verbatim(zoneInWords(timeZone))];
  const until = expiryInWords(fields.expirationDateTime);
  return joined(", ", [joined(" ", parts), ...zone, ...until]);
}

/** `Pacific Time` for `Pacific Standard Time`; an id that CLDR does not know as it is. */
export function zoneInWords(windowsId: string): string {
  const ianaId = ianaOf(windowsId);
  return ianaId === undefined ? windowsId : zoneName(windowsId, ianaId);
}

/** "22:00–03:00", or "22:00 for 30 h" where the window lasts a day or longer. */
function timesInWords({ startDateTime, duration: durationText }: WindowFields): Message | undefined {
  if (startDateTime === undefined) return undefined;
  const start = readWallClock(startDateTime);
  const duration = readDuration(durationText ?? "");
  if (typeof start === "string") return message("from “{0}”", startDateTime);
  const opens = { timeOfDay: printTime(start.time) };
  if (duration === undefined) return { template: "{0}", args: [opens] };
  if (duration >= dayMs) return message("{0} for {1} h", opens, duration / hourMs);
  const closes = { timeOfDay: printTime((start.time + duration) % dayMs) };
  return message("{0}–{1}", opens, closes);
}

function expiryInWords(text: string | undefined): Message[] {
  if (text === undefined) return [];
  const expiry = readWallClock(text);
  if (typeof expiry !== "string" && expiry.day === lastDay) return [];
  return [message("until {0}", text)];
}

function recurrenceInWords({ recurEvery, startDateTime }: WindowFields): Message | undefined {
  if (recurEvery === undefined) return undefined;
  const recurrence = parseRecurrence(recurEvery);
  const start = readWallClock(startDateTime ?? "");
  return recurrence === undefined
    ? message("“{0}”", recurEvery)
    : understood(recurrence, typeof start === "string" ? undefined : weekdayOf(start.day));
}

function understood(recurrence: Recurrence, startWeekday: number | undefined): Message {
  const { unit, every } = recurrence;
  if (unit === "day") return every === 1 ? message("Every day") : message("Every {0} days", every);
  if (unit === "week") {
    const days =
      recurrence.weekdays.length === 0 && startWeekday !== undefined ? [startWeekday] : recurrence.weekdays;
    if (days.length === 0) return every === 1 ? message("Every week") : message("Every {0} weeks", every);
    const names = joined(", ", days.map(weekdayName));
    return every === 1
      ? message("Every week on {0}", names)
      : message("Every {0} weeks on {1}", every, names);
  }
  if (recurrence.on === undefined) {
    return every === 1 ? message("Every month") : message("Every {0} months", every);
  }
  const days = "days" in recurrence.on ? daysInWords(recurrence.on) : ordinalInWords(recurrence.on);
  return every === 1 ? message("Every month {0}", days) : message("Every {0} months {1}", every, days);
}

function daysInWords({ days }: DaysOfMonth): Message {
  return message("on day {0}", days.join(", "));
}

function ordinalInWords({ ordinal, weekday, offset }: OrdinalWeekday): Message {
  const name = weekdayName(weekday);
  const day = {
    First: message("the first {0}", name),
    Second: message("the second {0}", name),
    Third: message("the third {0}", name),
    Fourth: message("the fourth {0}", name),
    Last: message("the last {0}", name),
  }[ordinal];
  if (offset === 0) return message("on {0}", day);
  const days = Math.abs(offset) === 1 ? message("1 day") : message("{0} days", Math.abs(offset));
  return offset < 0 ? message("{0} before {1}", days, day) : message("{0} after {1}", days, day);
}

function weekdayName(weekday: number): Message {
  const names = [
    message("Sunday"),
    message("Monday"),
    message("Tuesday"),
    message("Wednesday"),
    message("Thursday"),
    message("Friday"),
    message("Saturday"),
  ];
  return names[weekday] ?? verbatim(String(weekday));
}
