import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tomorrowEvening, wallClockIn } from "../../../../src/flows/schedule/localTime.ts";

describe("time", () => {
  test("tomorrow evening is tomorrow of the zone, not of the machine", () => {
    assert.equal(tomorrowEvening("Asia/Tokyo", "2026-12-31T20:00:00Z"), "2027-01-02 22:00");
    assert.equal(tomorrowEvening("America/Los_Angeles", "2026-12-31T05:00:00Z"), "2026-12-31 22:00");
  });

  test("midnight is written 00:00", () => {
    assert.equal(wallClockIn("Europe/Berlin", "2026-06-30T22:00:00Z"), "2026-07-01 00:00");
  });
});
