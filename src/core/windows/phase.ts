import { recurringDays } from "./dates.ts";
import type { Recurrence } from "./recurrence.ts";

/**
 * Whether a schedule that starts on `day` recurs on the same days, from then on, as one that starts on `original`. One day in common is
 * enough: it is in a period of both, and days, weeks and months are counted on from there.
 */
export function keepsPhase(recurrence: Recurrence, original: number, day: number): boolean {
  return day >= original && firstDay(recurrence, original, day) === firstDay(recurrence, day, day);
}

/** The first day from `from` on on which a schedule that starts on `start` recurs. */
export function firstDay(recurrence: Recurrence, start: number, from: number): number | undefined {
  for (const day of recurringDays(recurrence, start, from)) return day;
  return undefined;
}
