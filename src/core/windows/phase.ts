import { monthOf, weekdayOf } from "./calendar.ts";
import { recurringDays } from "./dates.ts";
import type { Recurrence } from "./recurrence.ts";

/** Whether a schedule that starts on `day` recurs on the same days, from then on, as one that starts on `original`. */
export function keepsPhase(recurrence: Recurrence, original: number, day: number): boolean {
  return (
    day >= original &&
    isWholePeriods(recurrence, original, day) &&
    firstDay(recurrence, original, day) === firstDay(recurrence, day, day)
  );
}

/** The first day from `from` on on which a schedule that starts on `start` recurs. */
export function firstDay(recurrence: Recurrence, start: number, from: number): number | undefined {
  for (const day of recurringDays(recurrence, start, from)) return day;
  return undefined;
}

/** Whether the days lie a whole number of the recurrence's periods apart, as those are counted: days, weeks from Sunday, months. */
function isWholePeriods({ unit, every }: Recurrence, a: number, b: number): boolean {
  const count = {
    day: () => b - a,
    week: () => (b - weekdayOf(b) - (a - weekdayOf(a))) / 7,
    month: () => monthOf(b) - monthOf(a),
  }[unit]();
  return count % every === 0;
}
