import fc from "fast-check";
import type { Recurrence } from "../../../../src/core/windows/recurrence.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { allZones } from "../../../../src/core/windows/zones.ts";

/** Records without a prototype would not equal those that the code makes. */
const plain = { noNullPrototype: true } as const;

const every = fc.integer({ min: 1, max: 40 });
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

/** Every form of the grammar but a bare `Month`, which has no occurrences. */
export const anyRecurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({ unit: fc.constant("day"), every }, plain),
  fc.record({ unit: fc.constant("week"), every, weekdays: sorted(0, 6, 0) }, plain),
  fc.record({ unit: fc.constant("month"), every, on: fc.oneof(daysOfMonth, ordinalWeekday) }, plain),
);

/** A wall time from 2015 to 2035. */
export const anyWallTime: fc.Arbitrary<string> = fc
  .date({ min: new Date("2015-01-01"), max: new Date("2035-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16).replace("T", " "));

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
