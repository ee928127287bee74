import fc from "fast-check";
import { printRecurrence } from "../../../../src/core/windows/recurrence.ts";
import type { Recurrence } from "../../../../src/core/windows/recurrence.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { allZones } from "../../../../src/core/windows/zones.ts";

/** Records without a prototype would not equal those that the code makes. */
const plain = { noNullPrototype: true } as const;

const sorted = (min: number, max: number, minLength: number) =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength, maxLength: 7 })
    .map((days) => days.toSorted((a, b) => a - b));
const daysOfMonth = fc.record({ days: sorted(1, 31, 1) }, plain);
const ordinalWeekday = fc.record(
  {
    ordinal: fc.constantFrom("First", "Second", "Third", "Fourth", "Last"),
    weekday: fc.integer({ min: 0, max: 6 }),
    offset: fc.integer({ min: -6, max: 6 }),
  },
  plain,
);

function formsEvery(most: number): Readonly<Record<string, fc.Arbitrary<Recurrence>>> {
  const every = fc.integer({ min: 1, max: most });
  return {
    days: fc.record({ unit: fc.constant("day"), every }, plain),
    weeks: fc.record({ unit: fc.constant("week"), every, weekdays: fc.constant<number[]>([]) }, plain),
    "weeks on weekdays": fc.record({ unit: fc.constant("week"), every, weekdays: sorted(0, 6, 1) }, plain),
    "months by day": fc.record({ unit: fc.constant("month"), every, on: daysOfMonth }, plain),
    "months by weekday": fc.record({ unit: fc.constant("month"), every, on: ordinalWeekday }, plain),
  };
}

/** Every form of the grammar but a bare `Month`, which has no occurrences. */
export const recurrenceForms = formsEvery(40);

export const anyRecurrence = fc.oneof(...Object.values(recurrenceForms));

/** The same with shorter periods, of which ten pass within some years. */
export const shortRecurrence: fc.Arbitrary<Recurrence> = fc.oneof(...Object.values(formsEvery(6)));

/** Spellings of a recurrence that mean the same: in any case, with or without a 1, a plural, spaces. */
export function looselyWritten(recurrence: Recurrence): fc.Arbitrary<string> {
  const printed = printRecurrence(recurrence);
  return fc.constantFrom(
    printed,
    printed.toLowerCase(),
    printed.toUpperCase(),
    ` ${printed.replaceAll(",", " , ").replace(" ", "   ")} `,
    printed.replace(/^(Day|Week|Month)/, "1$1s"),
    printed.replace(/^(\d+)/, "$1 ").replace("Offset", "offset "),
  );
}

/** A wall time from the first to the last of these dates. */
export function wallTimeBetween(first: string, last: string): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 16).replace("T", " "));
}

/** A wall time from 2015 to 2035. */
export const anyWallTime = wallTimeBetween("2015-01-01", "2035-12-31");

export const anyZone: fc.Arbitrary<string> = fc.constantFrom(...allZones().map(({ windowsId }) => windowsId));

const pad = (value: number) => String(value).padStart(2, "0");

export const anyDuration: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 59 }))
  .map(([hours, minutes]) => `${pad(hours)}:${pad(minutes)}`);

/** What Azure fills in where no expiry is given. */
export const never = "9999-12-31 23:59:59";

/** A window that opens every day at 22:00 UTC for five hours, but for `fields`. */
export function window(fields: Partial<WindowFields>): WindowFields {
  return {
    startDateTime: "2026-11-01 22:00",
    expirationDateTime: undefined,
    duration: "05:00",
    timeZone: "UTC",
    recurEvery: "Day",
    ...fields,
  };
}
