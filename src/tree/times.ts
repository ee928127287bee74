import { message, verbatim } from "../core/message.ts";
import type { Message } from "../core/message.ts";
import type { Mark, Occurrence } from "../core/windows/types.ts";
import type { Clock } from "./view.ts";

const minute = 60_000;

/** "opens in 3 hours", or "open now, closes in 2 hours". */
export function opening({ start, end }: Occurrence, clock: Clock): Message {
  return Date.parse(start) <= Date.parse(clock.now)
    ? message("open now, closes {0}", untilThen(end, clock))
    : message("opens {0}", untilThen(start, clock));
}

/** "in 3 hours": in minutes up to an hour, in hours up to two days, then in days; never less than a minute. */
function untilThen(instant: string, { now, locale }: Clock): string {
  const minutes = Math.max(1, Math.floor((Date.parse(instant) - Date.parse(now)) / minute));
  const words = new Intl.RelativeTimeFormat(locale);
  if (minutes < 60) return words.format(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? words.format(hours, "hour") : words.format(Math.floor(hours / 24), "day");
}

/** The occurrence as clocks in its configuration's zone show it. */
export function inItsZone({ localStart, localEnd }: Occurrence, { locale }: Clock): Message {
  // Wall-clock times: read and printed as if they were UTC, so that nothing shifts them.
  const at = (local: string) => new Date(`${local.replace(" ", "T")}Z`);
  return verbatim(format(locale, "UTC").formatRange(at(localStart), at(localEnd)));
}

/** The occurrence as the user's own clock shows it. */
export function inTheUsersZone({ start, end }: Occurrence, { locale, zone }: Clock): Message {
  return verbatim(format(locale, zone).formatRange(new Date(start), new Date(end)));
}

/** "Jan 4" of a `YYYY-MM-DD`; with the year where it is not the present one. Text that is no date as it is. */
export function dateInWords(date: string, { now, locale }: Clock): Message {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return verbatim(date);
  const year = date.slice(0, 4) === now.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  const form = { month: "short", day: "numeric", ...year, timeZone: "UTC" } as const;
  return verbatim(new Intl.DateTimeFormat(locale, form).format(at));
}

/** What a change of the clocks does to the window. */
export function markInWords({ marks: [mark] }: Occurrence): Message | undefined {
  if (mark === undefined) return undefined;
  const words: Record<Mark, Message> = {
    gap: message("starts later than usual, since the clocks go forward"),
    overlap: message("its start comes twice, since the clocks go back; the first counts"),
    shift: message("the clocks change while it is open"),
  };
  return words[mark];
}

function format(locale: string, timeZone: string): Intl.DateTimeFormat {
  const date = { weekday: "short", month: "short", day: "numeric" } as const;
  return new Intl.DateTimeFormat(locale, { ...date, hour: "numeric", minute: "2-digit", timeZone });
}
