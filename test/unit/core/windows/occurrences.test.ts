import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { occurrences } from "../../../../src/core/windows/occurrences.ts";
import { printRecurrence } from "../../../../src/core/windows/recurrence.ts";
import type { Occurrence } from "../../../../src/core/windows/types.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { ianaOf } from "../../../../src/core/windows/zones.ts";
import { anyDuration, anyRecurrence, anyWallTime, anyZone, never, window } from "./arbitraries.ts";

interface Case {
  readonly why: string;
  readonly fields: Partial<WindowFields>;
  readonly from: string;
  /** `localStart start marks`, of as many occurrences as there are lines. */
  readonly opens: readonly string[];
  /** There are no more than those. */
  readonly thenNone?: boolean;
}

const line = ({ localStart, start, marks }: Occurrence) => [localStart, start, ...marks].join(" ");

const pacific = "Pacific Standard Time";
const berlin = "W. Europe Standard Time";
const sydney = "AUS Eastern Standard Time";
const lordHowe = "Lord Howe Standard Time";

const cases: readonly Case[] = [
  // Days
  {
    why: "a daily window's first occurrence is its start",
    fields: {},
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z", "2026-11-02 22:00 2026-11-02T22:00:00Z"],
  },
  {
    why: "one that starts at the very instant asked from counts",
    fields: {},
    from: "2026-11-05T22:00:00Z",
    opens: ["2026-11-05 22:00 2026-11-05T22:00:00Z"],
  },
  {
    why: "a second later it is the next day's",
    fields: {},
    from: "2026-11-05T22:00:01Z",
    opens: ["2026-11-06 22:00 2026-11-06T22:00:00Z"],
  },
  {
    why: "n days count from the start date, however long ago that is",
    fields: { startDateTime: "2020-10-01 00:00", recurEvery: "3Days" },
    from: "2026-11-23T00:00:00Z",
    opens: ["2026-11-23 00:00 2026-11-23T00:00:00Z", "2026-11-26 00:00 2026-11-26T00:00:00Z"],
  },
  {
    why: "the wall time stays through the end of daylight saving, the instant moves",
    fields: { timeZone: pacific, startDateTime: "2026-10-31 22:00" },
    from: "2026-10-31T00:00:00Z",
    opens: ["2026-10-31 22:00 2026-11-01T05:00:00Z shift", "2026-11-01 22:00 2026-11-02T06:00:00Z"],
  },
  {
    why: "the zone's date may lag that of UTC",
    fields: { timeZone: "Samoa Standard Time", startDateTime: "2026-06-01 00:30" },
    from: "2026-05-31T11:30:00Z",
    opens: ["2026-06-01 00:30 2026-05-31T11:30:00Z"],
  },
  // Daylight saving
  {
    why: "a start that spring skips moves forward by the gap",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 02:30" },
    from: "2026-03-07T00:00:00Z",
    opens: [
      "2026-03-07 02:30 2026-03-07T10:30:00Z",
      "2026-03-08 03:30 2026-03-08T10:30:00Z gap",
      "2026-03-09 02:30 2026-03-09T09:30:00Z",
    ],
  },
  {
    why: "the first minute of the gap is skipped, the one before it is not",
    fields: { timeZone: berlin, startDateTime: "2026-03-29 02:00" },
    from: "2026-03-29T00:00:00Z",
    opens: ["2026-03-29 03:00 2026-03-29T01:00:00Z gap"],
  },
  {
    why: "the end of the gap exists",
    fields: { timeZone: berlin, startDateTime: "2026-03-29 03:00" },
    from: "2026-03-29T00:00:00Z",
    opens: ["2026-03-29 03:00 2026-03-29T01:00:00Z"],
  },
  {
    why: "of a start that comes twice the first is taken, and the offset changes while it is open",
    fields: { timeZone: pacific, startDateTime: "2026-11-01 01:30" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 01:30 2026-11-01T08:30:00Z overlap shift", "2026-11-02 01:30 2026-11-02T09:30:00Z"],
  },
  {
    why: "the second pass of that hour is no occurrence",
    fields: { timeZone: pacific, startDateTime: "2026-11-01 01:30" },
    from: "2026-11-01T08:30:01Z",
    opens: ["2026-11-02 01:30 2026-11-02T09:30:00Z"],
  },
  {
    why: "the hour in which the overlap ends comes once",
    fields: { timeZone: berlin, startDateTime: "2026-10-25 03:00" },
    from: "2026-10-25T00:00:00Z",
    opens: ["2026-10-25 03:00 2026-10-25T02:00:00Z"],
  },
  {
    why: "south of the equator spring is in October",
    fields: { timeZone: sydney, startDateTime: "2026-10-04 02:15" },
    from: "2026-10-03T00:00:00Z",
    opens: ["2026-10-04 03:15 2026-10-03T16:15:00Z gap"],
  },
  {
    why: "and autumn in April",
    fields: { timeZone: sydney, startDateTime: "2026-04-05 02:15" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-05 02:15 2026-04-04T15:15:00Z overlap shift"],
  },
  {
    why: "Lord Howe's clocks skip half an hour",
    fields: { timeZone: lordHowe, startDateTime: "2026-10-04 02:10" },
    from: "2026-10-03T00:00:00Z",
    opens: ["2026-10-04 02:40 2026-10-03T15:40:00Z gap", "2026-10-05 02:10 2026-10-04T15:10:00Z"],
  },
  {
    why: "and repeat half an hour",
    fields: { timeZone: lordHowe, startDateTime: "2026-04-05 01:45" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-05 01:45 2026-04-04T14:45:00Z overlap shift"],
  },
  {
    why: "a quarter-hour zone",
    fields: { timeZone: "Nepal Standard Time", startDateTime: "2026-05-01 22:00" },
    from: "2026-05-01T00:00:00Z",
    opens: ["2026-05-01 22:00 2026-05-01T16:15:00Z"],
  },
  {
    why: "a 45-minute zone with daylight saving",
    fields: { timeZone: "Chatham Islands Standard Time", startDateTime: "2026-09-27 03:00" },
    from: "2026-09-26T00:00:00Z",
    opens: ["2026-09-27 04:00 2026-09-26T14:15:00Z gap"],
  },
  {
    why: "a zone whose clocks change at midnight has no midnight that day",
    fields: { timeZone: "Middle East Standard Time", startDateTime: "2026-03-29 00:00" },
    from: "2026-03-28T00:00:00Z",
    opens: ["2026-03-29 01:00 2026-03-28T22:00:00Z gap"],
  },
  {
    why: "a zone that gave up daylight saving keeps one offset",
    fields: { timeZone: "E. South America Standard Time", startDateTime: "2018-10-01 00:30" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 00:30 2026-11-01T03:30:00Z"],
  },
  {
    why: "a day that a zone skipped whole gives no second window on the next one",
    fields: { timeZone: "Samoa Standard Time", startDateTime: "2011-12-29 10:00" },
    from: "2011-12-29T00:00:00Z",
    opens: [
      "2011-12-29 10:00 2011-12-29T20:00:00Z",
      "2011-12-31 10:00 2011-12-30T20:00:00Z gap",
      "2012-01-01 10:00 2011-12-31T20:00:00Z",
    ],
  },
  // Weeks
  {
    why: "a week without weekdays repeats the weekday of the start",
    fields: { startDateTime: "2026-11-04 22:00", recurEvery: "Week" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-04 22:00 2026-11-04T22:00:00Z", "2026-11-11 22:00 2026-11-11T22:00:00Z"],
  },
  {
    why: "the first of a weekly window is the first asked weekday at or after the start",
    fields: { startDateTime: "2026-11-04 22:00", recurEvery: "Week Monday" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-09 22:00 2026-11-09T22:00:00Z"],
  },
  {
    why: "a start on the asked weekday counts",
    fields: { startDateTime: "2026-11-02 22:00", recurEvery: "1Week Monday" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-02 22:00 2026-11-02T22:00:00Z", "2026-11-09 22:00 2026-11-09T22:00:00Z"],
  },
  {
    why: "weeks begin on Sunday: Sunday after a Saturday start is in the next week",
    fields: { startDateTime: "2026-11-07 22:00", recurEvery: "2Weeks Saturday,Sunday" },
    from: "2026-01-01T00:00:00Z",
    opens: [
      "2026-11-07 22:00 2026-11-07T22:00:00Z",
      "2026-11-15 22:00 2026-11-15T22:00:00Z",
      "2026-11-21 22:00 2026-11-21T22:00:00Z",
      "2026-11-29 22:00 2026-11-29T22:00:00Z",
    ],
  },
  {
    why: "weeks count from the start's week even where its asked weekday has passed",
    fields: { startDateTime: "2026-11-06 22:00", recurEvery: "2Weeks Monday" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-16 22:00 2026-11-16T22:00:00Z", "2026-11-30 22:00 2026-11-30T22:00:00Z"],
  },
  {
    why: "asking from the middle of a week keeps the phase",
    fields: { startDateTime: "2020-01-01 22:00", recurEvery: "3Weeks Wednesday" },
    from: "2026-11-19T00:00:00Z",
    opens: ["2026-11-25 22:00 2026-11-25T22:00:00Z"],
  },
  // Months
  {
    why: "months by day numbers",
    fields: { recurEvery: "Month day23,day24" },
    from: "2026-11-24T00:00:00Z",
    opens: ["2026-11-24 22:00 2026-11-24T22:00:00Z", "2026-12-23 22:00 2026-12-23T22:00:00Z"],
  },
  {
    why: "months without the asked day are skipped",
    fields: { startDateTime: "2026-01-31 22:00", recurEvery: "Month day31" },
    from: "2026-01-01T00:00:00Z",
    opens: ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"].map(
      (day) => `2026-${day} 22:00 2026-${day}T22:00:00Z`,
    ),
  },
  {
    why: "29 February comes in leap years",
    fields: { startDateTime: "2024-02-29 22:00", recurEvery: "12Months day29" },
    from: "2024-03-01T00:00:00Z",
    opens: ["2028-02-29 22:00 2028-02-29T22:00:00Z", "2032-02-29 22:00 2032-02-29T22:00:00Z"],
  },
  {
    why: "n months count from the start's month, though its day has passed",
    fields: { startDateTime: "2026-11-20 22:00", recurEvery: "2Months day10" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2027-01-10 22:00 2027-01-10T22:00:00Z", "2027-03-10 22:00 2027-03-10T22:00:00Z"],
  },
  {
    why: "the year's end is passed",
    fields: { startDateTime: "2026-12-31 22:00", recurEvery: "Month day31" },
    from: "2026-12-31T00:00:00Z",
    opens: ["2026-12-31 22:00 2026-12-31T22:00:00Z", "2027-01-31 22:00 2027-01-31T22:00:00Z"],
  },
  {
    why: "the fourth Monday",
    fields: { recurEvery: "Month Fourth Monday" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-23 22:00 2026-11-23T22:00:00Z", "2026-12-28 22:00 2026-12-28T22:00:00Z"],
  },
  {
    why: "the last Sunday is the fifth where there are five",
    fields: { recurEvery: "Month Last Sunday" },
    from: "2026-11-01T00:00:00Z",
    opens: [
      "2026-11-29 22:00 2026-11-29T22:00:00Z",
      "2026-12-27 22:00 2026-12-27T22:00:00Z",
      "2027-01-31 22:00 2027-01-31T22:00:00Z",
    ],
  },
  {
    why: "an offset counts days back",
    fields: { recurEvery: "Month Last Sunday Offset-6" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-23 22:00 2026-11-23T22:00:00Z", "2026-12-21 22:00 2026-12-21T22:00:00Z"],
  },
  {
    why: "an offset can lead into the month before, and a first one before the start is left out",
    fields: { startDateTime: "2026-11-01 22:00", recurEvery: "Month First Sunday Offset-3" },
    from: "2026-01-01T00:00:00Z",
    opens: [
      "2026-12-03 22:00 2026-12-03T22:00:00Z",
      "2026-12-31 22:00 2026-12-31T22:00:00Z",
      "2027-02-04 22:00 2027-02-04T22:00:00Z",
    ],
  },
  {
    why: "an offset can lead into the month after, also where one asks from there",
    fields: { startDateTime: "2026-01-01 22:00", recurEvery: "Month Last Saturday Offset6" },
    from: "2026-12-04T00:00:00Z",
    opens: ["2026-12-04 22:00 2026-12-04T22:00:00Z", "2027-01-01 22:00 2027-01-01T22:00:00Z"],
  },
  {
    why: "a bare Month has no occurrences",
    fields: { recurEvery: "Month" },
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  {
    why: "a day that its months never have gives none",
    fields: { startDateTime: "2026-02-01 22:00", recurEvery: "12Months day30" },
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  // Expiry
  {
    why: "an occurrence at the expiry does not open",
    fields: { expirationDateTime: "2026-11-03 22:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z", "2026-11-02 22:00 2026-11-02T22:00:00Z"],
    thenNone: true,
  },
  {
    why: "one a minute before it does, and may end after it",
    fields: { expirationDateTime: "2026-11-03 22:01" },
    from: "2026-11-03T00:00:00Z",
    opens: ["2026-11-03 22:00 2026-11-03T22:00:00Z"],
    thenNone: true,
  },
  {
    why: "the expiry is a wall time of the zone",
    fields: { timeZone: pacific, expirationDateTime: "2026-11-02 22:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-02T06:00:00Z"],
    thenNone: true,
  },
  {
    why: "Azure's default expiry is none",
    fields: { expirationDateTime: never, timeZone: pacific },
    from: "2030-06-01T00:00:00Z",
    opens: ["2030-05-31 22:00 2030-06-01T05:00:00Z"],
  },
  {
    why: "an expiry before the start leaves none",
    fields: { expirationDateTime: "2026-10-01 00:00" },
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  // Tolerance and refusal
  {
    why: "seconds in the start are read",
    fields: { startDateTime: "2026-11-01 22:00:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z"],
  },
  {
    why: "a zone id is read in any casing",
    fields: { timeZone: "pacific standard time" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-02T06:00:00Z"],
  },
  ...(
    [
      ["a start that is missing", { startDateTime: undefined }],
      ["a start that does not exist", { startDateTime: "2026-02-30 22:00" }],
      ["a malformed start", { startDateTime: "tomorrow" }],
      ["an unknown zone", { timeZone: "Middle-earth Standard Time" }],
      ["a missing zone", { timeZone: undefined }],
      ["a recurrence that is prose", { recurEvery: "every day" }],
      ["a missing recurrence", { recurEvery: undefined }],
      ["a missing duration", { duration: undefined }],
      ["a malformed duration", { duration: "five hours" }],
      ["a malformed expiry", { expirationDateTime: "soon" }],
    ] as const
  ).map(([what, fields]) => ({
    why: `${what} gives none rather than wrong ones`,
    fields,
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  })),
];

describe("occurrences", () => {
  for (const { why, fields, from, opens, thenNone } of cases) {
    it(why, () => {
      const count = thenNone === true ? opens.length + 3 : opens.length;
      assert.deepEqual(occurrences(window(fields), { from, count }).map(line), opens);
    });
  }

  it("ends after the duration has elapsed, whatever the clock did meanwhile", () => {
    const [spring] = occurrences(window({ timeZone: pacific, startDateTime: "2026-03-07 22:00" }), {
      from: "2026-03-08T00:00:00Z",
      count: 1,
    });
    assert.deepEqual(spring, {
      start: "2026-03-08T06:00:00Z",
      end: "2026-03-08T11:00:00Z",
      localStart: "2026-03-07 22:00",
      localEnd: "2026-03-08 04:00",
      marks: ["shift"],
    });
    const [autumn] = occurrences(window({ timeZone: pacific, startDateTime: "2026-10-31 22:00" }), {
      from: "2026-11-01T00:00:00Z",
      count: 1,
    });
    assert.equal(autumn?.localEnd, "2026-11-01 02:00");
  });

  it("keeps its promises for every zone and form of the grammar", () => {
    const input = fc.record({
      recurrence: anyRecurrence,
      start: anyWallTime,
      zone: anyZone,
      duration: anyDuration,
      from: anyWallTime,
    });
    fc.assert(
      fc.property(input, fc.option(anyWallTime), ({ recurrence, start, zone, duration, from }, expiry) => {
        const fields = window({
          startDateTime: start,
          timeZone: zone,
          duration,
          recurEvery: printRecurrence(recurrence),
          expirationDateTime: expiry ?? undefined,
        });
        const query = { from: `${from.replace(" ", "T")}:00Z`, count: 12 };
        const found = occurrences(fields, query);
        const iana = ianaOf(zone) ?? "";
        const [hours, minutes] = duration.split(":").map(Number);
        const expires =
          expiry === null ? undefined : Temporal.PlainDateTime.from(expiry).toZonedDateTime(iana);
        for (const [index, { start: opens, end, localStart, marks }] of found.entries()) {
          assert.ok(opens >= query.from);
          const previous = found[index - 1];
          assert.ok(previous === undefined || previous.start < opens, "starts strictly increase");
          assert.equal(Date.parse(end) - Date.parse(opens), ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000);
          if (!marks.includes("gap"))
            assert.equal(localStart.slice(11), start.slice(11), "the wall time stays");
          // Temporal itself finds the same instant for the wall time that was asked.
          const asked = marks.includes("gap")
            ? undefined
            : Temporal.PlainDateTime.from(localStart).toZonedDateTime(iana);
          if (asked !== undefined) assert.equal(asked.epochMilliseconds, Date.parse(opens));
          if (expires !== undefined)
            assert.ok(Date.parse(opens) < expires.epochMilliseconds, "none at or past the expiry");
        }
        // Asking from a later moment gives the same windows.
        const [, second] = found;
        if (second !== undefined) {
          const later = occurrences(fields, { from: second.start, count: found.length - 1 });
          assert.deepEqual(later, found.slice(1));
        }
      }),
      { numRuns: 600 },
    );
  });
});
