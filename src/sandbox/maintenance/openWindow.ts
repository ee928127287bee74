import { dayMs, minuteMs } from "../clock.ts";
import { type JsonObject, textAt } from "../json.ts";
import { instantOf, wallTimeAt } from "./wallClock.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const ordinals = ["first", "second", "third", "fourth"];

/** `YYYY-MM-DD hh:mm` as milliseconds that read like UTC; undefined when it is not one. */
function wallTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(`${text.trim().slice(0, 16).replace(" ", "T")}:00Z`);
  return Number.isNaN(time) ? undefined : time;
}

const weekday = (date: number): string => weekdays[new Date(date).getUTCDay()] ?? "";
const month = (date: number): number => new Date(date).getUTCFullYear() * 12 + new Date(date).getUTCMonth();
const monday = (date: number): number => date - ((new Date(date).getUTCDay() + 6) % 7) * dayMs;

/** Whether a date (midnight) is one of a monthly recurrence: of its days, or of its nth weekday with an offset. */
function inMonth(rest: string, date: number): boolean {
  const dayOfMonth = new Date(date).getUTCDate();
  if (rest.startsWith("day")) return rest.replaceAll("day", "").split(",").map(Number).includes(dayOfMonth);
  const [ordinal = "", name = "", offset = ""] = rest.split(" ");
  const anchor = date - Number(offset.replace("offset", "")) * dayMs;
  if (weekday(anchor) !== name) return false;
  if (ordinal === "last") return month(anchor + 7 * dayMs) !== month(anchor);
  return Math.ceil(new Date(anchor).getUTCDate() / 7) === ordinals.indexOf(ordinal) + 1;
}

/** Tells whether a window begins on a date (midnight of its zone's calendar). Ours: what cannot be read, such as hours, counts as each day. */
function recurrenceOf(recurEvery: string, start: number): (date: number) => boolean {
  const [, count = "", unit = "day", rest = ""] =
    /^(\d*)(day|week|month)s? ?(.*)$/.exec(recurEvery.trim().toLowerCase()) ?? [];
  const every = Number(count || "1");
  if (unit === "day") return (date) => ((date - start) / dayMs) % every === 0;
  if (unit === "month") return (date) => (month(date) - month(start)) % every === 0 && inMonth(rest, date);
  const days = rest === "" ? [weekday(start)] : rest.split(/, ?/);
  return (date) =>
    ((monday(date) - monday(start)) / (7 * dayMs)) % every === 0 && days.includes(weekday(date));
}

/** How far ahead a window is looked for: one that does not recur by then never does. */
const searchedMs = 4 * 366 * dayMs;

/**
 * When a maintenance window is open, one time after the other: those that end after `from`. Reckons with the wall clock: over a change to or
 * from daylight saving it is open for an hour more or less.
 */
export function* openTimes(
  window: JsonObject,
  from: number,
): Generator<{ readonly opens: number; readonly closes: number }> {
  const start = wallTime(textAt(window, "startDateTime"));
  if (start === undefined) return;
  const expiry = wallTime(textAt(window, "expirationDateTime")) ?? Infinity;
  const [, hours = "5", minutes = "0"] = /^(\d\d):(\d\d)$/.exec(textAt(window, "duration") ?? "") ?? [];
  const length = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  const zone = textAt(window, "timeZone") ?? "UTC";
  const firstDay = Math.floor(start / dayMs) * dayMs;
  const recursOn = recurrenceOf(textAt(window, "recurEvery") ?? "Day", firstDay);
  // A window that crosses midnight began yesterday.
  const yesterday = (Math.floor(wallTimeAt(from, zone) / dayMs) - 1) * dayMs;
  const since = Math.max(firstDay, yesterday);
  for (let date = since; date < since + searchedMs; date += dayMs) {
    const begin = date + (start - firstDay);
    if (begin >= expiry) return;
    if (!recursOn(date)) continue;
    const closes = instantOf(Math.min(begin + length, expiry), zone);
    if (closes > from) yield { opens: instantOf(begin, zone), closes };
  }
}

/** Whether a maintenance window is open at an instant. */
export function isOpen(window: JsonObject, instant: number): boolean {
  const next = openTimes(window, instant).next();
  return next.done !== true && next.value.opens <= instant;
}
