import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { editedConfiguration } from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { textAt } from "../../../../src/core/resources/json.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { printInstant, readWallClock, sinceEpoch } from "../../../../src/core/windows/calendar.ts";
import { occurrences } from "../../../../src/core/windows/occurrences.ts";
import { offsetsOf } from "../../../../src/core/windows/offsets.ts";
import { pauseOf, pauseTag } from "../../../../src/core/windows/pause.ts";
import {
  pausedConfiguration,
  resumedConfiguration,
  startAgain,
} from "../../../../src/core/windows/pausing.ts";
import type { Pausing } from "../../../../src/core/windows/pausing.ts";
import { parseRecurrence, printRecurrence } from "../../../../src/core/windows/recurrence.ts";
import { readWindow } from "../../../../src/core/windows/window.ts";
import { ianaOf } from "../../../../src/core/windows/zones.ts";
import { anyRecurrence, anyWallTime, anyZone, never } from "./arbitraries.ts";

const configuration = (window: JsonObject, tags: JsonObject = {}): JsonObject => ({
  id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/nightly",
  name: "nightly",
  location: "westeurope",
  tags,
  properties: {
    maintenanceScope: "OSImage",
    maintenanceWindow: {
      startDateTime: "2026-01-05 22:00",
      duration: "05:00",
      timeZone: "UTC",
      recurEvery: "Day",
      ...window,
    },
  },
});

/** The configuration as it stands after a pause or a resumption. */
function after(before: JsonObject, pausing: Pausing): JsonObject {
  if ("problem" in pausing) assert.fail(inEnglish(pausing.problem));
  const written = editedConfiguration(before, pausing.edits);
  assert.equal(readWindow(written).startDateTime, pausing.start);
  return { ...before, ...written };
}

const pause = (before: JsonObject, until: string) => after(before, pausedConfiguration(before, until));
const resume = (before: JsonObject, now: string) => after(before, resumedConfiguration(before, now));
const startOf = (one: JsonObject) => readWindow(one).startDateTime;
const tagOf = (one: JsonObject) => textAt(one, "tags", pauseTag);
const problemOf = (pausing: Pausing) =>
  "problem" in pausing ? inEnglish(pausing.problem) : assert.fail("no problem");

/** The next starts and ends from an instant on. */
const windows = (one: JsonObject, from: string, count = 6) =>
  occurrences(readWindow(one), { from, count }).map(({ start, end }) => `${start} ${end}`);

/** The instant of a configuration's start. */
function instantOf(one: JsonObject): string {
  const { startDateTime = "", timeZone = "" } = readWindow(one);
  const clock = readWallClock(startDateTime);
  if (typeof clock === "string") return assert.fail(startDateTime);
  return printInstant(offsetsOf(ianaOf(timeZone) ?? "").instantOf(sinceEpoch(clock)).instant);
}

const dayAfter = (text: string, days: number) =>
  new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Any configuration of ours that opens windows, and a number of days. */
const anyConfiguration = fc
  .record({ startDateTime: anyWallTime, timeZone: anyZone, recurrence: anyRecurrence })
  .map(({ recurrence, ...window }) =>
    configuration({ ...window, expirationDateTime: never, recurEvery: printRecurrence(recurrence) }),
  );
const anyDays = fc.integer({ min: 1, max: 1500 });

/** Months of which one leads into the next, which a random recurrence seldom is. */
const anyCrossingMonth = fc
  .record({
    startDateTime: anyWallTime,
    timeZone: anyZone,
    every: fc.integer({ min: 1, max: 4 }),
    ordinal: fc.constantFrom("First", "Last"),
    weekday: fc.constantFrom("Sunday", "Wednesday", "Saturday"),
    offset: fc.integer({ min: 3, max: 6 }),
  })
  .map(({ startDateTime, timeZone, every, ordinal, weekday, offset }) => {
    const days = ordinal === "First" ? -offset : offset;
    return configuration({
      startDateTime,
      timeZone,
      recurEvery: `${every}Months ${ordinal} ${weekday} Offset${days}`,
    });
  });
const any = fc.oneof({ weight: 3, arbitrary: anyConfiguration }, { weight: 1, arbitrary: anyCrossingMonth });

describe("a pause", () => {
  it("opens no window before its date, and from its start on those that there would have been", () => {
    fc.assert(
      fc.property(any, anyDays, (original, days) => {
        const until = dayAfter(startOf(original) ?? "", days);
        const pausing = pausedConfiguration(original, until);
        // 12Months day31 and its like have no window at all.
        fc.pre(!("problem" in pausing));
        const paused = after(original, pausing);
        assert.ok((startOf(paused) ?? "") >= until);
        const [first] = occurrences(readWindow(paused), { from: "1970-01-01T00:00:00Z", count: 1 });
        assert.ok((first?.localStart ?? "") >= until);
        assert.deepEqual(windows(paused, "1970-01-01T00:00:00Z"), windows(original, instantOf(paused)));
      }),
      { numRuns: 1500 },
    );
  });

  it("keeps the first original start through any number of pauses", () => {
    fc.assert(
      fc.property(any, anyDays, anyDays, (original, some, more) => {
        const until = dayAfter(startOf(original) ?? "", some);
        const first = pausedConfiguration(original, until);
        fc.pre(!("problem" in first));
        const once = after(original, first);
        const second = pausedConfiguration(once, dayAfter(startOf(once) ?? "", more));
        fc.pre(!("problem" in second));
        const twice = after(once, second);
        assert.equal(tagOf(twice), startOf(original));
        assert.deepEqual(windows(twice, "1970-01-01T00:00:00Z"), windows(original, instantOf(twice)));
      }),
      { numRuns: 500 },
    );
  });

  it("starts on a date that the recurrence has", () => {
    const cases = [
      ["Day", "2026-03-01", "2026-03-01"],
      ["3Days", "2026-03-01", "2026-03-03"], // 57 days from 5 January
      ["Week", "2026-03-01", "2026-03-02"], // a Monday like the start
      ["2Weeks Tuesday,Friday", "2026-03-01", "2026-03-03"], // eight weeks from that of 4 January
      ["2Weeks Tuesday,Friday", "2026-03-08", "2026-03-17"],
      ["3Months day31", "2026-02-01", "2026-07-31"], // April has 30 days
      ["Month Last Sunday Offset-3", "2026-02-01", "2026-02-19"],
    ];
    for (const [recurEvery = "", until = "", date = ""] of cases) {
      assert.equal(startOf(pause(configuration({ recurEvery }), until)), `${date} 22:00`, recurEvery);
    }
  });

  it("starts in the month that a window belongs to where an offset leads into the next", () => {
    // The last Saturday of February 2026 is the 28th, six days later 6 March.
    const crossing = configuration({
      recurEvery: "2Months Last Saturday Offset6",
      startDateTime: "2025-12-01 22:00",
    });
    const paused = pause(crossing, "2026-02-10");
    assert.equal(startOf(paused), "2026-02-10 22:00");
    assert.deepEqual(windows(paused, "1970-01-01T00:00:00Z", 1), [
      "2026-03-06T22:00:00Z 2026-03-07T03:00:00Z",
    ]);
  });

  it("avoids a date on which the clock skips the start", () => {
    const early = configuration({ startDateTime: "2026-01-05 02:30", timeZone: "Pacific Standard Time" });
    assert.equal(startOf(pause(early, "2026-03-08")), "2026-03-09 02:30");
  });

  it("writes the time of day as it was written", () => {
    assert.equal(
      startOf(pause(configuration({ startDateTime: "2026-01-05 22:00:00" }), "2026-03-01")),
      "2026-03-01 22:00:00",
    );
  });

  it("moves a start that is to come only to a later date", () => {
    const future = configuration({ startDateTime: "2027-05-01 22:00" });
    assert.match(
      problemOf(pausedConfiguration(future, "2027-05-01")),
      /No window starts before 2027-05-01 22:00/,
    );
    assert.equal(startOf(pause(future, "2027-05-02")), "2027-05-02 22:00");
  });

  it("takes the start that someone else set meanwhile for the original", () => {
    const moved = { ...pause(configuration({}), "2026-03-01") };
    const changed = {
      ...moved,
      ...editedConfiguration(moved, { window: { startDateTime: "2026-02-15 20:00" } }),
    };
    assert.equal(tagOf(pause(changed, "2026-04-01")), "2026-02-15 20:00");
  });

  it("says why there is none", () => {
    const cases: readonly [JsonObject, RegExp][] = [
      [
        configuration({ expirationDateTime: "2026-03-01 22:00" }),
        /expires at 2026-03-01 22:00, before its first window at 2026-03-01 22:00/,
      ],
      [configuration({ expirationDateTime: "soon" }), /expiry “soon”/],
      [configuration({ recurEvery: "every night" }), /“every night”/],
      [configuration({ recurEvery: "Month" }), /“Month”/],
      [configuration({ startDateTime: "tomorrow" }), /“tomorrow”/],
      [configuration({ startDateTime: undefined }), /start is missing/],
      [configuration({ timeZone: "Mars Standard Time" }), /“Mars Standard Time”/],
      [configuration({}, { [pauseTag]: "last year" }), /scaleSetMaintenance-originalStart.*“last year”/],
      [
        configuration({ startDateTime: "2026-02-05 22:00", recurEvery: "12Months day31" }),
        /No window starts on or after 2026-03-01/,
      ],
    ];
    for (const [one, reason] of cases)
      assert.match(problemOf(pausedConfiguration(one, "2026-03-01")), reason);
    assert.match(problemOf(pausedConfiguration(configuration({}), "soon")), /“soon” isn't a date/);
    assert.match(
      problemOf(pausedConfiguration(pause(configuration({}), "2026-03-01"), "2026-03-01")),
      /Already paused until 2026-03-01 22:00/,
    );
  });

  it("ends before the expiry when one window still opens", () => {
    assert.equal(
      startOf(pause(configuration({ expirationDateTime: "2026-03-01 22:01" }), "2026-03-01")),
      "2026-03-01 22:00",
    );
  });
});

describe("a resumption", () => {
  it("opens the windows that there would have been, from the next date on", () => {
    fc.assert(
      fc.property(any, anyDays, fc.integer({ min: -100, max: 100 }), (original, days, percent) => {
        const pausing = pausedConfiguration(original, dayAfter(startOf(original) ?? "", days));
        fc.pre(!("problem" in pausing));
        const paused = after(original, pausing);
        // From as long before the original start as the pause takes to its end.
        const [from, to] = [Date.parse(instantOf(original)), Date.parse(instantOf(paused))];
        const now = new Date(from + ((to - from) * percent) / 100).toISOString();
        const resumed = resume(paused, now);
        assert.equal(tagOf(resumed), undefined);
        assert.equal(startOf(resumed)?.slice(10), startOf(original)?.slice(10));
        const began = percent < 0 ? instantOf(original) : instantOf(resumed);
        assert.deepEqual(windows(resumed, "1970-01-01T00:00:00Z"), windows(original, began));
        if (percent < 0) assert.equal(startOf(resumed), startOf(original));
        else assert.ok(Date.parse(instantOf(resumed)) > Date.parse(now) || percent === 100);
        assert.ok(Date.parse(instantOf(resumed)) <= to);
      }),
      { numRuns: 1500 },
    );
  });

  it("loses no daily or weekly window but one that the clock would skip", () => {
    const regular = anyConfiguration.filter(
      (one) => parseRecurrence(readWindow(one).recurEvery ?? "")?.unit !== "month",
    );
    fc.assert(
      fc.property(regular, anyDays, fc.integer({ min: 1, max: 99 }), (original, days, percent) => {
        const paused = pause(original, dayAfter(startOf(original) ?? "", days));
        const [from, to] = [Date.parse(instantOf(original)), Date.parse(instantOf(paused))];
        const now = new Date(from + ((to - from) * percent) / 100 + 1).toISOString();
        const next = occurrences(readWindow(original), { from: now, count: 9 }).filter(
          ({ marks }) => !marks.includes("gap"),
        );
        assert.equal(instantOf(resume(paused, now)), next[0]?.start);
      }),
      { numRuns: 500 },
    );
  });

  it("takes today's date while today's time of day is to come, in the configuration's zone", () => {
    const paused = pause(configuration({ timeZone: "Tokyo Standard Time" }), "2026-06-01"); // 22:00 there is 13:00 UTC
    assert.equal(startOf(resume(paused, "2026-03-10T12:59:00Z")), "2026-03-10 22:00");
    assert.equal(startOf(resume(paused, "2026-03-10T13:00:00Z")), "2026-03-11 22:00");
    assert.equal(startOf(resume(paused, "2026-03-10T16:00:00Z")), "2026-03-11 22:00"); // the 11th in Tokyo
  });

  it("takes off only the tag when the pause has run out", () => {
    const paused = pause(configuration({}), "2026-03-01");
    const { edits, start } = resumedConfiguration(paused, "2026-03-05T00:00:00Z") as Extract<
      Pausing,
      { start: string }
    >;
    assert.deepEqual([edits, start], [{ tags: { [pauseTag]: undefined } }, "2026-03-01 22:00"]);
  });

  it("finds the tag in whatever casing Azure has it, and leaves the other tags alone", () => {
    const paused = configuration(
      { startDateTime: "2026-03-01 22:00" },
      { owner: "ops", "SCALESETMAINTENANCE-ORIGINALSTART": "2026-01-05 22:00" },
    );
    assert.deepEqual(resume(paused, "2026-02-01T00:00:00Z")["tags"], { owner: "ops" });
    assert.deepEqual(Object.keys(pause(paused, "2026-04-01")["tags"] as JsonObject).length, 2);
  });

  it("says why there is none", () => {
    const paused = pause(configuration({}), "2026-03-01");
    const edited = (window: JsonObject) => ({ ...paused, ...editedConfiguration(paused, { window }) });
    const cases: readonly [JsonObject, RegExp][] = [
      [configuration({}), /Not paused/],
      [edited({ startDateTime: "2026-01-05 22:00" }), /Not paused/],
      [
        edited({ startDateTime: "2026-03-01 20:00" }),
        /changed during the pause: “2026-03-01 20:00” doesn't follow from “2026-01-05 22:00”/,
      ],
      [edited({ recurEvery: "Week" }), /changed during the pause/],
      [edited({ recurEvery: "every night" }), /“every night”/],
      [edited({ startDateTime: "in March" }), /“in March”/],
      [edited({ expirationDateTime: "2026-02-01 22:00" }), /expires at 2026-02-01 22:00/],
      [{ ...paused, tags: { [pauseTag]: "in January" } }, /“in January”/],
    ];
    for (const [one, reason] of cases)
      assert.match(problemOf(resumedConfiguration(one, "2026-02-01T12:00:00Z")), reason);
  });
});

describe("what is said of a paused configuration", () => {
  const paused = pause(configuration({}), "2026-03-01");

  it("is the original start and the day on which windows open again", () => {
    assert.deepEqual(pauseOf(paused), { originalStart: "2026-01-05 22:00", until: "2026-03-01" });
    assert.equal(pauseOf(configuration({})), undefined);
  });
});

describe("the start to create a configuration anew with", () => {
  it("is to come, and its windows are those that there would have been", () => {
    fc.assert(
      fc.property(any, anyDays, (original, days) => {
        const now = `${dayAfter(startOf(original) ?? "", days)}T12:00:00Z`;
        const again = startAgain(original, now);
        fc.pre(!("problem" in again));
        const created = after(original, {
          edits: { window: { startDateTime: again.start } },
          start: again.start,
        });
        assert.ok(instantOf(created) > now);
        assert.deepEqual(windows(created, "1970-01-01T00:00:00Z"), windows(original, instantOf(created)));
      }),
      { numRuns: 500 },
    );
  });

  it("is the one that it had, where that is to come", () => {
    const again = startAgain(configuration({}), "2026-01-05T21:59:00Z");
    assert.deepEqual(again, { start: "2026-01-05 22:00" });
  });

  it("is none where no window would open before the expiry", () => {
    const expired = configuration({ expirationDateTime: "2026-02-01 22:00" });
    const again = startAgain(expired, "2026-02-02T00:00:00Z");
    assert.match("problem" in again ? inEnglish(again.problem) : "", /^It expires at 2026-02-01 22:00/);
  });
});
