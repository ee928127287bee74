import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { occurrences } from "../../../../src/core/windows/occurrences.ts";
import { printRecurrence } from "../../../../src/core/windows/recurrence.ts";
import type { Recurrence } from "../../../../src/core/windows/recurrence.ts";
import type { Occurrence } from "../../../../src/core/windows/types.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { allZones } from "../../../../src/core/windows/zones.ts";
import { anyDuration, anyWallTime, recurrenceForms, window } from "./arbitraries.ts";

/** For each zone and form of the grammar. */
const numRuns = 3;
const zones = allZones();

interface Sample {
  readonly fields: WindowFields;
  readonly recurrence: Recurrence;
  readonly ianaId: string;
  readonly from: string;
  readonly found: readonly Occurrence[];
}

describe("occurrences, in every zone", () => {
  for (const [form, anyRecurrence] of Object.entries(recurrenceForms)) {
    it(`keep their promises for ${form}`, () => {
      for (const { windowsId, ianaId } of zones) {
        const sample = fc
          .record({
            recurrence: anyRecurrence,
            startDateTime: anyWallTime,
            duration: anyDuration,
            expirationDateTime: fc.option(anyWallTime, { nil: undefined }),
            from: anyWallTime.map((time) => `${time.replace(" ", "T")}:00Z`),
          })
          .map(({ recurrence, from, ...rest }): Sample => {
            const fields = window({ ...rest, timeZone: windowsId, recurEvery: printRecurrence(recurrence) });
            return { fields, recurrence, ianaId, from, found: occurrences(fields, { from, count: 12 }) };
          });
        fc.assert(
          fc.property(sample, (each) => {
            for (const promise of promises) promise(each);
          }),
          { numRuns },
        );
      }
    });
  }
});

const promises: readonly ((sample: Sample) => void)[] = [
  startStrictlyLater,
  startFromTheInstantAsked,
  keepTheWallTime,
  lastTheirDuration,
  startBeforeTheExpiry,
  comeAsOftenAsAskedInEachPeriod,
  doNotDependOnWhenOneAsks,
];

function startStrictlyLater({ found }: Sample) {
  for (const [index, { start }] of found.entries()) {
    const before = found[index - 1]?.start;
    assert.ok(before === undefined || Date.parse(before) < Date.parse(start), `${before} < ${start}`);
  }
}

function startFromTheInstantAsked({ found, from }: Sample) {
  for (const { start } of found) assert.ok(Date.parse(start) >= Date.parse(from), start);
}

function keepTheWallTime({ found, fields, ianaId }: Sample) {
  for (const { start, localStart, marks } of found) {
    if (marks.includes("gap")) continue;
    assert.equal(localStart.slice(11), fields.startDateTime?.slice(11));
    // Temporal itself finds the same instant for it.
    const zoned = Temporal.PlainDateTime.from(localStart).toZonedDateTime(ianaId);
    assert.equal(zoned.epochMilliseconds, Date.parse(start));
  }
}

function lastTheirDuration({ found, fields, ianaId }: Sample) {
  const [hours = 0, minutes = 0] = (fields.duration ?? "").split(":").map(Number);
  for (const { start, end, localEnd } of found) {
    assert.equal(Date.parse(end) - Date.parse(start), (hours * 60 + minutes) * 60_000);
    const closes = Temporal.Instant.from(end).toZonedDateTimeISO(ianaId).toPlainDateTime();
    assert.equal(localEnd, closes.toString({ smallestUnit: "minute" }).replace("T", " "));
  }
}

function startBeforeTheExpiry({ found, fields, ianaId }: Sample) {
  if (fields.expirationDateTime === undefined) return;
  const expiry = Temporal.PlainDateTime.from(fields.expirationDateTime).toZonedDateTime(ianaId);
  for (const { start } of found) assert.ok(Date.parse(start) < expiry.epochMilliseconds, start);
}

/** Between the first and the last of those found each period that counts has as many as the recurrence asks for, others none. */
function comeAsOftenAsAskedInEachPeriod({ found, fields, recurrence }: Sample) {
  const { of, asked } = periods(recurrence, dateOf(fields.startDateTime ?? ""));
  const counts = Map.groupBy(found, ({ localStart }) => of(dateOf(localStart)));
  const [first, last] = [[...counts.keys()][0], [...counts.keys()].at(-1)];
  if (first === undefined || last === undefined) return;
  for (const period of counts.keys()) assert.equal(period % recurrence.every, 0, `period ${period}`);
  for (let period = first + recurrence.every; period < last; period += recurrence.every) {
    assert.equal(counts.get(period)?.length ?? 0, asked(period), `period ${period}`);
  }
}

/** The period of a date, counted from that of the start, and how many occurrences a period has. */
function periods(recurrence: Recurrence, start: Temporal.PlainDate) {
  switch (recurrence.unit) {
    case "day":
      return { of: (date: Temporal.PlainDate) => start.until(date).days, asked: () => 1 };
    case "week": {
      const sunday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek % 7 });
      const of = (date: Temporal.PlainDate) => sunday(start).until(sunday(date)).days / 7;
      return { of, asked: () => Math.max(1, recurrence.weekdays.length) };
    }
    case "month": {
      const { on } = recurrence;
      const offset = on !== undefined && "offset" in on ? on.offset : 0;
      const first = start.with({ day: 1 });
      return {
        of: (date: Temporal.PlainDate) =>
          first.until(date.subtract({ days: offset }).with({ day: 1 }), { largestUnit: "month" }).months,
        asked: (period: number) =>
          on !== undefined && "days" in on
            ? on.days.filter((day) => day <= first.add({ months: period }).daysInMonth).length
            : 1,
      };
    }
  }
}

function dateOf(wallTime: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(wallTime.slice(0, 10));
}

function doNotDependOnWhenOneAsks({ found, fields }: Sample) {
  const [, second] = found;
  if (second === undefined) return;
  assert.deepEqual(occurrences(fields, { from: second.start, count: found.length - 1 }), found.slice(1));
}
