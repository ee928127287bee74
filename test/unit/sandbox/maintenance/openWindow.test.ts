import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen } from "../../../../src/sandbox/maintenance/openWindow.ts";

const nightly = {
  startDateTime: "2026-07-26 22:00",
  duration: "05:00",
  timeZone: "W. Europe Standard Time",
  recurEvery: "Day",
};

const cases: readonly (readonly [what: string, window: object, instant: string, open: boolean])[] = [
  ["opens at its hour, in its zone", nightly, "2026-11-23T21:00Z", true],
  ["is closed before it", nightly, "2026-11-23T20:59Z", false],
  ["crosses midnight", nightly, "2026-11-24T01:59Z", true],
  ["closes at its end", nightly, "2026-11-24T02:00Z", false],
  ["follows daylight saving", nightly, "2026-08-01T20:00Z", true],
  [
    "has not begun before its start",
    { ...nightly, startDateTime: "2026-12-01 22:00" },
    "2026-11-23T22:00Z",
    false,
  ],
  ["has expired", { ...nightly, expirationDateTime: "2026-11-01 00:00" }, "2026-11-23T22:00Z", false],
  ["is not there", {}, "2026-11-23T22:00Z", false],
  ["comes every third day", { ...nightly, recurEvery: "3Days" }, "2026-07-29T21:00Z", true],
  ["not between them", { ...nightly, recurEvery: "3Days" }, "2026-07-30T21:00Z", false],
  [
    "on weekdays that it names",
    { ...nightly, recurEvery: "Week Saturday,Sunday" },
    "2026-11-22T22:00Z",
    true,
  ],
  [
    "on weekdays with a blank between",
    { ...nightly, recurEvery: "week Monday, Tuesday" },
    "2026-11-24T22:00Z",
    true,
  ],
  ["on no others", { ...nightly, recurEvery: "Week Saturday,Sunday" }, "2026-11-23T22:00Z", false],
  ["in every second week", { ...nightly, recurEvery: "2Weeks Sunday" }, "2026-08-09T21:00Z", true],
  ["not in the week between", { ...nightly, recurEvery: "2Weeks Sunday" }, "2026-08-02T21:00Z", false],
  ["on days of the month", { ...nightly, recurEvery: "Month day23,day24" }, "2026-11-23T22:00Z", true],
  ["on the fourth Monday", { ...nightly, recurEvery: "Month Fourth Monday" }, "2026-11-23T22:00Z", true],
  ["not on the third", { ...nightly, recurEvery: "Month Fourth Monday" }, "2026-11-16T22:00Z", false],
  ["on the last Sunday", { ...nightly, recurEvery: "Month Last Sunday" }, "2026-11-29T22:00Z", true],
  ["days before it", { ...nightly, recurEvery: "Month Last Sunday Offset-3" }, "2026-11-26T22:00Z", true],
];

for (const [what, window, instant, open] of cases) {
  test(`a window ${what}`, () => {
    assert.equal(isOpen(window as Parameters<typeof isOpen>[0], Date.parse(instant)), open);
  });
}
