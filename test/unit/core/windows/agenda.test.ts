import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce } from "../../../../src/core/slices.ts";
import { agendaOf } from "../../../../src/core/windows/agenda.ts";
import { windowsUntil } from "../../../../src/core/windows/facts.ts";
import type { Occurrence } from "../../../../src/core/windows/types.ts";
import { window } from "./arbitraries.ts";

const now = "2026-11-23T06:00:00Z";
const at = (start: string, end: string): Occurrence => ({
  start,
  end,
  localStart: "",
  localEnd: "",
  marks: [],
});
const agenda = (schedules: Readonly<Record<string, readonly Occurrence[]>>, zone = "UTC") =>
  atOnce(agendaOf(Object.entries(schedules), { now, zone }));
const names = (windows: readonly { readonly key: string }[] = []) => windows.map(({ key }) => key).join();

describe("the agenda", () => {
  it("has what is open apart, and the rest under the user's day on which it opens, in order", () => {
    const schedules = {
      late: [at("2026-11-23T23:30:00Z", "2026-11-24T04:30:00Z")],
      open: [at("2026-11-22T22:00:00Z", "2026-11-23T06:00:01Z")],
      early: [at("2026-11-23T09:00:00Z", "2026-11-23T14:00:00Z")],
    };
    const { open, days } = agenda(schedules);
    assert.equal(names(open), "open");
    assert.deepEqual([...days.keys()], ["2026-11-23"]);
    assert.equal(names(days.get("2026-11-23")), "early,late");
    const berlin = agenda(schedules, "Europe/Berlin");
    assert.equal(names(berlin.days.get("2026-11-24")), "late");
    const samoa = agenda(schedules, "Pacific/Pago_Pago");
    assert.equal(names(samoa.days.get("2026-11-22")), "early");
  });

  it("passes by what is over and what opens 14 days from now or later", () => {
    const { open, days } = agenda({
      over: [at("2026-11-23T01:00:00Z", now)],
      just: [at("2026-12-07T05:59:59Z", "2026-12-07T11:00:00Z")],
      beyond: [at("2026-12-07T06:00:00Z", "2026-12-07T11:00:00Z")],
    });
    assert.equal(names([...open, ...[...days.values()].flat()]), "just");
  });

  it("opens a window at the very moment of its start", () => {
    assert.equal(names(agenda({ a: [at(now, "2026-11-23T11:00:00Z")] }).open), "a");
  });

  it("gives each day of a daily configuration one window, across a change of offset in the user's zone", () => {
    const clock = { now: "2026-10-30T12:00:00Z", zone: "America/New_York" };
    const daily = windowsUntil(
      window({ startDateTime: "2026-01-01 23:30", timeZone: "Eastern Standard Time" }),
      clock.now,
      "2026-11-20T00:00:00Z",
    );
    const { days } = atOnce(agendaOf([["a", daily]], clock));
    assert.deepEqual(
      [...days.values()].map(({ length }) => length),
      Array.from({ length: 14 }, () => 1),
    );
    assert.deepEqual([[...days.keys()][0], [...days.keys()][13]], ["2026-10-30", "2026-11-12"]);
  });
});

describe("windowsUntil", () => {
  const starts = (until: string, atLeast?: number) =>
    windowsUntil(
      window({ startDateTime: "2026-11-01 22:00", recurEvery: "Week Sunday" }),
      now,
      until,
      atLeast,
    ).map(({ start }) => start.slice(0, 10));
  it("gives what opens before the instant, and not at it", () => {
    assert.deepEqual(starts("2026-12-06T22:00:00Z"), ["2026-11-29"]);
    assert.deepEqual(starts("2026-12-06T22:00:01Z"), ["2026-11-29", "2026-12-06"]);
  });
  it("gives at least so many, where there are as many", () => {
    assert.equal(starts("2026-11-24T00:00:00Z", 3).length, 3);
    assert.deepEqual(starts("2026-11-24T00:00:00Z"), []);
  });
});
