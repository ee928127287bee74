import { memo } from "../core/memo.ts";
import { dayMs, minuteMs } from "../core/milliseconds.ts";
import { inEnglish, joined, message, verbatim } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import type { Occurrence } from "../core/windows/types.ts";
import type { Clock } from "./view.ts";

/** "opens in 3 hours", or "open now, closes in 2 hours". */
export function opening({ start, end }: Occurrence, clock: Clock): Message {
  return Date.parse(start) <= Date.parse(clock.now)
    ? message("open now, closes {0}", untilThen(end, clock))
    : message("opens {0}", untilThen(start, clock));
}

/** Tells whether `opening` says another thing, without saying it. */
export function openingStep({ start, end }: Occurrence, { now }: Clock): string {
  const isOpen = Date.parse(start) <= Date.parse(now);
  return [isOpen, ...stepsBetween(now, isOpen ? end : start)].join(" ");
}

/** "in 3 hours". */
function untilThen(instant: string, { now, locale }: Clock): string {
  return relative(locale).format(...stepsBetween(now, instant));
}

/** In minutes up to an hour, in hours up to two days, then in days; never less than a minute. */
function stepsBetween(from: string, to: string): [count: number, unit: "minute" | "hour" | "day"] {
  const minutes = Math.max(1, Math.floor((Date.parse(to) - Date.parse(from)) / minuteMs));
  if (minutes < 60) return [minutes, "minute"];
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
}

/** "3 hours ago". */
export function ago(instant: string, { now, locale }: Pick<Clock, "now" | "locale">): string {
  const [count, unit] = stepsBetween(instant, now);
  return relative(locale).format(-count, unit);
}

/** "22:00–03:00" on the user's own clock; with the days where it lasts a day or longer. */
export function timesHere({ start, end }: Occurrence, { locale, zone }: Clock): Message {
  return timesBetween(new Date(start), new Date(end), locale, zone);
}

/** The same on the clocks of the configuration's zone, with the day where it is not the user's own. */
export function timesThere(occurrence: Occurrence, { locale, zone }: Clock): Message {
  const [start, end] = [wallClock(occurrence.localStart), wallClock(occurrence.localEnd)];
  const times = timesBetween(start, end, locale, "UTC");
  const day = formatter("weekday")(locale)("UTC").format(start);
  const own = formatter("weekday")(locale)(zone).format(new Date(occurrence.start));
  return day === own ? times : joined(" ", [verbatim(day), times]);
}

function timesBetween(start: Date, end: Date, locale: string, zone: string): Message {
  if (end.getTime() - start.getTime() >= dayMs) {
    return verbatim(formatter("day and time")(locale)(zone).formatRange(start, end));
  }
  const time = formatter("time")(locale)(zone);
  return verbatim(`${time.format(start)}–${time.format(end)}`);
}

/** The occurrence as clocks in its configuration's zone show it. */
export function inItsZone({ localStart, localEnd }: Occurrence, { locale }: Clock): Message {
  const range = formatter("day and time")(locale)("UTC");
  return verbatim(range.formatRange(wallClock(localStart), wallClock(localEnd)));
}

/** The occurrence as clocks in an IANA zone show it, the user's own without one. */
export function inZone({ start, end }: Occurrence, { locale, zone: own }: Clock, zone = own): Message {
  return verbatim(formatter("day and time")(locale)(zone).formatRange(new Date(start), new Date(end)));
}

/** "Mon, Nov 23, 22:00–03:00" on the clocks of an IANA zone, the user's own without one; shorter than `inZone`. */
export function spanInZone({ start, end }: Occurrence, { locale, zone: own }: Clock, zone = own): Message {
  return span(new Date(start), new Date(end), locale, zone);
}

/** The same on the clocks of the configuration's zone. */
export function spanInItsZone({ localStart, localEnd }: Occurrence, { locale }: Clock): Message {
  return span(wallClock(localStart), wallClock(localEnd), locale, "UTC");
}

function span(start: Date, end: Date, locale: string, zone: string): Message {
  const days = formatter("day and time")(locale)(zone);
  if (end.getTime() - start.getTime() >= dayMs) return verbatim(days.formatRange(start, end));
  return verbatim(`${days.format(start)}–${formatter("time")(locale)(zone).format(end)}`);
}

/** "Mon, Nov 23, 22:00" of an ISO instant on the user's own clock; text that is none as it is. */
export function momentInWords(instant: string, { locale, zone }: Clock): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : formatter("day and time")(locale)(zone).format(at);
}

/** Whether the zone's clocks show another time than the user's own. */
export function isElsewhere(occurrence: Occurrence, clock: Clock): boolean {
  return inEnglish(spanInZone(occurrence, clock)) !== inEnglish(spanInItsZone(occurrence, clock));
}

/** "Monday, November 23" of a `YYYY-MM-DD`. */
export function dayInWords(date: string, { locale }: Clock): string {
  return formatter("long day")(locale)("UTC").format(wallClock(`${date} 00:00`));
}

/** "Jan 4" of a `YYYY-MM-DD`; with the year where it is not the present one. Text that is no date as it is. */
export function dateInWords(date: string, { now, locale }: Clock): Message {
  const at = wallClock(`${date} 00:00`);
  if (Number.isNaN(at.getTime())) return verbatim(date);
  const form = date.slice(0, 4) === now.slice(0, 4) ? "date" : "date and year";
  return verbatim(formatter(form)(locale)("UTC").format(at));
}

/** Wall-clock times are read, and printed, as if they were UTC, so that nothing shifts them. */
function wallClock(local: string): Date {
  return new Date(`${local.replace(" ", "T")}Z`);
}

const day = { weekday: "short", month: "short", day: "numeric" } as const;
const time = { hour: "numeric", minute: "2-digit" } as const;
const forms = {
  time,
  "day and time": { ...day, ...time },
  weekday: { weekday: "short" },
  "long day": { weekday: "long", day: "numeric", month: "long" },
  date: { month: "short", day: "numeric" },
  "date and year": { month: "short", day: "numeric", year: "numeric" },
} as const;

/** Making a formatter takes a hundred times longer than formatting, and the agenda has thousands of rows. */
const formatter = memo((form: keyof typeof forms) =>
  memo((locale: string) =>
    memo((timeZone: string) => new Intl.DateTimeFormat(locale, { ...forms[form], timeZone })),
  ),
);

const relative = memo((locale: string) => new Intl.RelativeTimeFormat(locale));
