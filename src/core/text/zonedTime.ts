import { memo } from "../memo.ts";
import { minuteMs } from "../milliseconds.ts";

/**
 * An instant as ISO 8601 with the offset of an IANA zone, to the second: `2026-11-30T22:00:05+01:00`. `at`: an ISO instant, or milliseconds since
 * the epoch. Text that is no instant as it is, since what Azure wrote is not to be lost.
 */
export function isoInZone(at: string | number, zone: string): string {
  const instant = typeof at === "number" ? at : Date.parse(at);
  if (Number.isNaN(instant)) return String(at);
  const minutes = offsetIn(zone)(Math.floor(instant / quarterMs));
  const local = new Date(instant + minutes * minuteMs).toISOString().slice(0, -5);
  return `${local}${offsetOf(minutes)}`;
}

/** An instant as ISO 8601 with the offset at which a clock shows it as `local`, `YYYY-MM-DD HH:mm`. */
export function isoWithClock(instant: string, local: string): string {
  const wall = `${local.replace(" ", "T")}:00`;
  const minutes = Math.round((Date.parse(`${wall}Z`) - Date.parse(instant)) / minuteMs);
  return `${wall}${offsetOf(minutes)}`;
}

function offsetOf(minutes: number): string {
  const size = Math.abs(minutes);
  const parts = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${parts.join(":")}`;
}

/** Clocks are changed at quarters of an hour only, so that one look serves all times of a quarter. */
const quarterMs = 15 * minuteMs;

/** How many minutes a zone is ahead of UTC, by the count of quarters since the epoch. */
const offsetIn = memo((timeZone: string) => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  return memo((quarter: number): number => {
    const instant = quarter * quarterMs;
    const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, +value]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
    return Math.round((wall - instant) / minuteMs);
  });
});
