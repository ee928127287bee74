import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseRecurrence, printRecurrence, shortestPeriod } from "../../../../src/core/windows/recurrence.ts";
import type { Recurrence } from "../../../../src/core/windows/recurrence.ts";
import { anyRecurrence, looselyWritten } from "./arbitraries.ts";

const ordinal = (name: string, weekday: number, offset = 0, every = 1) =>
  ({ unit: "month", every, on: { ordinal: name, weekday, offset } }) as Recurrence;

describe("parseRecurrence", () => {
  const understood: readonly (readonly [text: string, recurrence: Recurrence, printed: string])[] = [
    ["Day", { unit: "day", every: 1 }, "Day"],
    ["3Days", { unit: "day", every: 3 }, "3Days"],
    ["5days", { unit: "day", every: 5 }, "5Days"],
    ["1day", { unit: "day", every: 1 }, "Day"],
    [" 2 days ", { unit: "day", every: 2 }, "2Days"],
    ["Week", { unit: "week", every: 1, weekdays: [] }, "Week"],
    ["3Weeks", { unit: "week", every: 3, weekdays: [] }, "3Weeks"],
    ["1Week Monday", { unit: "week", every: 1, weekdays: [1] }, "Week Monday"],
    ["week Monday, Tuesday", { unit: "week", every: 1, weekdays: [1, 2] }, "Week Monday,Tuesday"],
    ["Week Saturday,Sunday", { unit: "week", every: 1, weekdays: [0, 6] }, "Week Sunday,Saturday"],
    ["2WEEKS friday , FRIDAY", { unit: "week", every: 2, weekdays: [5] }, "2Weeks Friday"],
    ["Month", { unit: "month", every: 1, on: undefined }, "Month"],
    ["2Months", { unit: "month", every: 2, on: undefined }, "2Months"],
    ["Month day23,day24", { unit: "month", every: 1, on: { days: [23, 24] } }, "Month day23,day24"],
    ["month Day31, day 1", { unit: "month", every: 1, on: { days: [1, 31] } }, "Month day1,day31"],
    ["Month Last Sunday", ordinal("Last", 0), "Month Last Sunday"],
    ["Month Fourth Monday", ordinal("Fourth", 1), "Month Fourth Monday"],
    ["Month Last Sunday Offset-3", ordinal("Last", 0, -3), "Month Last Sunday Offset-3"],
    ["Month Third Sunday Offset6", ordinal("Third", 0, 6), "Month Third Sunday Offset6"],
    ["3months first tuesday offset +2", ordinal("First", 2, 2, 3), "3Months First Tuesday Offset2"],
    ["Month Last Sunday Offset - 3", ordinal("Last", 0, -3), "Month Last Sunday Offset-3"],
    ["Month day1 ,\t day2", { unit: "month", every: 1, on: { days: [1, 2] } }, "Month day1,day2"],
    ["Month Second Wednesday Offset-0", ordinal("Second", 3), "Month Second Wednesday"],
    ["Month  Second   Wednesday  Offset 0", ordinal("Second", 3), "Month Second Wednesday"],
  ];
  for (const [text, recurrence, printed] of understood) {
    it(`understands “${text}” and prints it as ${printed}`, () => {
      assert.deepEqual(parseRecurrence(text), recurrence);
      assert.equal(printRecurrence(recurrence), printed);
    });
  }

  const notUnderstood = [
    "",
    "every day",
    "daily",
    "0Days",
    "-1Day",
    "1.5Days",
    "Day Monday",
    "Week Someday",
    "Week Monday,",
    "Week Mon",
    "Month day0",
    "Month day32",
    "Month 23",
    "Month Fifth Sunday",
    "Month Last Someday",
    "Month Last Sunday Offset7",
    "Month Last Sunday Offset-7",
    "Month Last Sunday Offset",
    "Year",
    "Days3",
    "99999999999999999999Days",
    "Month day5,Monday",
    "WeekMonday",
  ];
  for (const text of notUnderstood) {
    it(`does not pretend to understand “${text}”`, () => assert.equal(parseRecurrence(text), undefined));
  }

  it("reads back what it prints, in every form of the grammar", () => {
    fc.assert(
      fc.property(anyRecurrence, (recurrence) => {
        const printed = printRecurrence(recurrence);
        assert.deepEqual(parseRecurrence(printed), recurrence);
      }),
    );
  });

  it("understands the same written in any case, with a 1, a plural or spaces", () => {
    const written = anyRecurrence.chain((recurrence) =>
      fc.tuple(fc.constant(recurrence), looselyWritten(recurrence)),
    );
    fc.assert(
      fc.property(written, ([recurrence, text]) => assert.deepEqual(parseRecurrence(text), recurrence)),
    );
  });
});

describe("shortestPeriod", () => {
  const cases: readonly (readonly [text: string, days: number])[] = [
    ["Day", 1],
    ["5Days", 5],
    ["Week", 7],
    ["2Weeks Monday", 14],
    ["Week Saturday,Sunday", 1],
    ["2Weeks Monday,Thursday", 3],
    ["Month day1,day31", 1],
    ["Month day2,day30", 2],
    ["Month day10,day15", 5],
    ["Month Last Sunday", 28],
    ["2Months day1", 56],
  ];
  for (const [text, days] of cases) {
    it(`is ${days} days for ${text}`, () =>
      assert.equal(shortestPeriod(parseRecurrence(text) as Recurrence), days));
  }
});
