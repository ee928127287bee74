import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { hourMs } from "../../../../src/core/milliseconds.ts";
import { offsetsOf } from "../../../../src/core/windows/offsets.ts";
import { allZones } from "../../../../src/core/windows/zones.ts";

const zones = allZones().map(({ ianaId }) => ianaId);

describe("offsetsOf", () => {
  it("gives Temporal's own offset at any instant, zone by zone", () => {
    const instant = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2045, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        assert.equal(offsetsOf(zone).offsetAt(at), zoned.offsetNanoseconds / 1e6);
      }),
      { numRuns: 3000 },
    );
  });

  it("sees a clock that follows the moon go forward for one week, and a window through it", () => {
    const offsets = offsetsOf("Asia/Hebron");
    const [before, during, after] = ["2040-10-19", "2040-10-23", "2040-10-28"].map((day) =>
      Date.parse(`${day}T12:00Z`),
    );
    assert.ok(before !== undefined && during !== undefined && after !== undefined);
    assert.deepEqual([before, during, after].map(offsets.offsetAt), [2 * hourMs, 3 * hourMs, 2 * hourMs]);
    assert.equal(offsets.isConstant(before, after), false);
    assert.equal(offsets.isConstant(before, before + hourMs), true);
  });

  it("gives Temporal's own offset far in the past and in the future", () => {
    for (const year of ["0001", "1850", "1969", "2036", "2037", "2100", "9999"]) {
      for (const zone of ["America/Los_Angeles", "Asia/Hebron", "Etc/UTC"]) {
        for (const month of ["01", "07", "12"]) {
          const at = Temporal.Instant.from(`${year}-${month}-31T12:00Z`);
          const expected = at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
          assert.equal(offsetsOf(zone).offsetAt(at.epochMilliseconds), expected, `${zone} ${year}-${month}`);
        }
      }
    }
  });

  it("finds the instant of a wall time as Temporal does, around every change of the next years", () => {
    let changes = 0;
    for (const zone of zones) {
      const offsets = offsetsOf(zone);
      let change = Temporal.Instant.from("2026-01-01T00:00Z")
        .toZonedDateTimeISO(zone)
        .getTimeZoneTransition("next");
      for (; change !== null && change.year < 2029; change = change.getTimeZoneTransition("next")) {
        changes++;
        for (let step = -3 * hourMs; step <= 3 * hourMs; step += hourMs / 4) {
          const wall = change.toPlainDateTime().add({ milliseconds: step });
          const wallTime = wall.toZonedDateTime("UTC").epochMilliseconds;
          const { instant, mark, later: second } = offsets.instantOf(wallTime);
          const expected = wall.toZonedDateTime(zone, { disambiguation: "compatible" });
          const later = wall.toZonedDateTime(zone, { disambiguation: "later" });
          const earlier = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
          const isGap = !expected.toPlainDateTime().equals(wall);
          const isOverlap = !isGap && !later.equals(earlier);
          assert.equal(instant, expected.epochMilliseconds, `${zone} ${wall.toString()}`);
          assert.equal(second, isOverlap ? later.epochMilliseconds : undefined, `${zone} ${wall.toString()}`);
          assert.equal(mark, isGap ? "gap" : isOverlap ? "overlap" : undefined, `${zone} ${wall.toString()}`);
        }
      }
    }
    assert.ok(changes > 150, `only ${changes} changes were looked at`);
  });
});
