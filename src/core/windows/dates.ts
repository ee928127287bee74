import { daysIn, firstDayOf, lastDay, monthOf, weekdayOf } from "./calendar.ts";
import type { MonthRecurrence, Recurrence, WeekRecurrence } from "./recurrence.ts";

/**
 * The days on which a schedule that starts on day `start` recurs, ascending, from day `from` on.
 * Days are counted from 1970-01-01.
 */
export function* recurringDays(
  recurrence: Recurrence,
  start: number,
  from: number,
): Generator<number, void, undefined> {
  const earliest = Math.max(start, from);
  for (const day of candidates(recurrence, start, earliest)) {
    if (day > lastDay) return;
    if (day >= earliest) yield day;
  }
}

/** Ascending; may begin before `earliest`, by less than a period. */
function candidates(
  recurrence: Recurrence,
  start: number,
  earliest: number,
): Generator<number, void, undefined> {
  switch (recurrence.unit) {
    case "day":
      return days(recurrence.every, start, earliest);
    case "week":
      return weeks(recurrence, start, earliest);
    case "month":
      return months(recurrence, start, earliest);
  }
}

function* days(every: number, start: number, earliest: number): Generator<number, void, undefined> {
  for (let day = latestStep(start, every, earliest); ; day += every) yield day;
}

/** Weeks count from the week of the start, and a week begins on Sunday, as in .NET. */
function* weeks(
  { every, weekdays }: WeekRecurrence,
  start: number,
  earliest: number,
): Generator<number, void, undefined> {
  const asked = weekdays.length === 0 ? [weekdayOf(start)] : weekdays;
  const firstSunday = start - weekdayOf(start);
  for (let sunday = latestStep(firstSunday, every * 7, earliest); ; sunday += every * 7) {
    for (const weekday of asked) yield sunday + weekday;
  }
}

/** Months count from the month of the start; one without the asked day is skipped. */
function* months(
  { every, on }: MonthRecurrence,
  start: number,
  earliest: number,
): Generator<number, void, undefined> {
  if (on === undefined) return;
  // An offset can move a day into the month after.
  const first = latestStep(monthOf(start), every, monthOf(earliest) - 1);
  for (let month = first; firstDayOf(month) <= lastDay; month += every) {
    const firstDay = firstDayOf(month);
    const length = daysIn(month);
    if ("days" in on) {
      for (const day of on.days) if (day <= length) yield firstDay + day - 1;
    } else {
      yield (
        (on.ordinal === "Last"
          ? lastWeekday(firstDay, length, on.weekday)
          : firstWeekday(firstDay, on.weekday) + ordinalDays[on.ordinal]) + on.offset
      );
    }
  }
}

const ordinalDays = { First: 0, Second: 7, Third: 14, Fourth: 21 } as const;

function firstWeekday(firstDay: number, weekday: number): number {
  return firstDay + ((weekday - weekdayOf(firstDay) + 7) % 7);
}

function lastWeekday(firstDay: number, length: number, weekday: number): number {
  const last = firstDay + length - 1;
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

/** The latest of `start`, `start + step`… that is not after `limit`; `start` when all are. */
function latestStep(start: number, step: number, limit: number): number {
  return start + Math.max(0, Math.floor((limit - start) / step)) * step;
}
