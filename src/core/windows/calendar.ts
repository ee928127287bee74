import { memo } from "../memo.ts";
import { dayMs, minuteMs } from "../milliseconds.ts";

/**
 * Dates as day numbers, counted from 1970-01-01: the recurrences are sums of days, and a sum of integers is some twenty
 * times cheaper than a Temporal object. What needs a time zone's rules is in `offsets.ts`, on Temporal.
 */

/** 9999-12-31: the last day that `YYYY-MM-DD` can write, and Azure's word for "never" in an expiry. */
export const lastDay = 2_932_896;

/** A date and time of day without a zone. */
export interface WallClock {
  /** Days from 1970-01-01. */
  readonly day: number;
  /** Milliseconds from midnight. */
  readonly time: number;
}

const wallClockForm = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$/;

/**
 * Reads `YYYY-MM-DD hh:mm`, seconds allowed (Azure's own default expiry has them).
 * `impossible` when the form is right but there is no such date or time, as in `2026-02-30 25:00`.
 */
export function readWallClock(text: string): WallClock | "malformed" | "impossible" {
  const [, date, hours, minutes, seconds] = wallClockForm.exec(text.trim()) ?? [];
  if (date === undefined) return "malformed";
  const [year = 0, month = 0, dayOfMonth = 0] = date.split("-").map(Number);
  const first = year * 12 + month - 1;
  if (year < 1 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(first))
    return "impossible";
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return "impossible";
  const time = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000;
  return { day: firstDayOf(first) + dayOfMonth - 1, time };
}

/** Milliseconds from 1970-01-01 00:00 to `clock`, on the same clock. */
export function sinceEpoch(clock: WallClock): number {
  return clock.day * dayMs + clock.time;
}

/** `YYYY-MM-DD HH:mm` of the milliseconds that a wall clock shows. */
export function printWallClock(milliseconds: number): string {
  const day = Math.floor(milliseconds / dayMs);
  return printDay(day) + wallTime(Math.floor((milliseconds - day * dayMs) / minuteMs));
}

/** `2026-11-01T05:00:00Z` */
export function printInstant(milliseconds: number): string {
  const day = Math.floor(milliseconds / dayMs);
  return printDay(day) + utcTime(Math.floor((milliseconds - day * dayMs) / 1000));
}

// Thousands of windows open at few times of day and on few days: the pieces are kept.
const wallTime = memo((minutes: number) => ` ${printTime(minutes * minuteMs)}`);
const utcTime = memo((seconds: number) => `T${printTime(seconds * 1000)}:${twoDigits(seconds % 60)}Z`);

/** `YYYY-MM-DD`; a window that opens on the last day of the year 9999 ends on `+010000-01-01`. */
const printDay = memo((day: number) => new Date(day * dayMs).toISOString().replace(/T.*/, ""));

/** `HH:mm` of milliseconds from midnight. */
export function printTime(time: number): string {
  const minutes = Math.floor(time / minuteMs);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Months from year 0, so that months can be counted on: 12 × year + (0 for January). */
export function monthOf(day: number): number {
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first day of a month as `monthOf` counts them. */
export const firstDayOf: (month: number) => number = memo((month: number) => {
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return date.getTime() / dayMs;
});

export function daysIn(month: number): number {
  return firstDayOf(month + 1) - firstDayOf(month);
}
