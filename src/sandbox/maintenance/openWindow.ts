import { dayMs, minuteMs } from "../clock.ts";
import { type JsonObject, textAt } from "../json.ts";
import { wallClock } from "./wallClock.ts";

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

/** Whether a window begins on a date (midnight of its zone's calendar). Ours: what cannot be read, such as hours, counts as each day. */
function recursOn(recurEvery: string, start: number, date: number): boolean {
  const [, count = "", unit = "day", rest = ""] =
    /^(\d*)(day|week|month)s? ?(.*)$/.exec(recurEvery.trim().toLowerCase()) ?? [];
  const every = Number(count || "1");
  if (unit === "day") return ((date - start) / dayMs) % every === 0;
  if (unit === "week") {
    const days = rest === "" ? [weekday(start)] : rest.split(/, ?/);
    return ((monday(date) - monday(start)) / (7 * dayMs)) % every === 0 && days.includes(weekday(date));
  }
  return (month(date) - month(start)) % every === 0 && inMonth(rest, date);
}

/**
 * Tells whether a maintenance window is open at an instant. Reckons with the wall clock: in a window over a change to or from daylight
 * saving its end is off by that hour.
 */
export function opennessOf(window: JsonObject): (instant: number) => boolean {
  const start = wallTime(textAt(window, "startDateTime"));
  if (start === undefined) return () => false;
  const expiry = wallTime(textAt(window, "expirationDateTime")) ?? Infinity;
  const [, hours = "5", minutes = "0"] = /^(\d\d):(\d\d)$/.exec(textAt(window, "duration") ?? "") ?? [];
  const length = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  const firstDay = Math.floor(start / dayMs) * dayMs;
  const recurEvery = textAt(window, "recurEvery") ?? "Day";
  const shown = wallClock(textAt(window, "timeZone") ?? "UTC");
  return (instant) => {
    const now = shown(instant);
    if (now >= expiry) return false;
    // A window that crosses midnight began yesterday.
    return [0, 1].some((back) => {
      const date = Math.floor(now / dayMs) * dayMs - back * dayMs;
      const begin = date + (start - firstDay);
      const open = begin >= start && begin <= now && now < begin + length;
      return open && recursOn(recurEvery, firstDay, date);
    });
  };
}
