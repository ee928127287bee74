import assert from "node:assert/strict";
import { test } from "node:test";
import { isoInZone, isoWithClock } from "../../../../src/core/text/zonedTime.ts";

test("an instant has the offset that its zone has then, on either side of a change of the clocks", () => {
  for (const [instant, zone, expected] of [
    ["2026-11-30T21:00:05.900Z", "Europe/Berlin", "2026-11-30T22:00:05+01:00"],
    ["2026-07-01T21:00:05Z", "Europe/Berlin", "2026-07-01T23:00:05+02:00"],
    ["2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00+01:00"],
    ["2026-01-01T02:00:00Z", "America/St_Johns", "2025-12-31T22:30:00-03:30"],
    ["2026-01-01T00:00:00+00:00", "UTC", "2026-01-01T00:00:00+00:00"],
    ["2026-01-01T00:00:00Z", "Asia/Kathmandu", "2026-01-01T05:45:00+05:45"],
  ] as const) {
    assert.equal(isoInZone(instant, zone), expected);
    assert.equal(isoInZone(Date.parse(instant), zone), expected);
  }
});

test("a window's time has the offset at which its clock shows it", () => {
  assert.equal(isoWithClock("2026-11-24T06:00:00Z", "2026-11-23 22:00"), "2026-11-23T22:00:00-08:00");
  assert.equal(isoWithClock("2026-11-23T16:30:00Z", "2026-11-23 22:00"), "2026-11-23T22:00:00+05:30");
});

test("text that is no instant stays as Azure wrote it", () => {
  assert.equal(isoInZone("soon", "UTC"), "soon");
});
