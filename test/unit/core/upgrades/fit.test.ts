import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { atOnce } from "../../../../src/core/slices.ts";
import {
  estimateWith,
  upgradeEstimate,
  type UpgradeEstimate,
} from "../../../../src/core/upgrades/estimate.ts";
import {
  fitOf,
  fitsInto,
  fittingWindows,
  longestPauseMinutes,
  shortestWindow,
  smallestBatch,
  type Upgrade,
} from "../../../../src/core/upgrades/fit.ts";
import { scaleSet } from "../scaleSets.ts";

function estimateOf(...[parts, history]: [Parameters<typeof scaleSet>[0], object?]): UpgradeEstimate {
  return upgradeEstimate(scaleSet(parts), { upgradeHistory: [], ...history }) ?? assert.fail("no estimate");
}

/** An upgrade of any size, at any pace, with zones and pauses. */
const estimates: fc.Arbitrary<UpgradeEstimate> = fc
  .record({
    capacity: fc.integer({ min: 0, max: 1000 }),
    percent: fc.integer({ min: 5, max: 100 }),
    pauseSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 7200 })),
    zones: fc.subarray(["1", "2", "3"]),
    graceSeconds: fc.constantFrom(0, 600, 750),
    tenthsPerBatch: fc.integer({ min: 1, max: 900 }),
  })
  .map(({ capacity, percent, pauseSeconds, zones, graceSeconds, tenthsPerBatch }) => {
    const estimate = estimateOf({
      capacity,
      zones,
      rollingPolicy: {
        maxBatchInstancePercent: percent,
        pauseTimeBetweenBatches: `PT${String(pauseSeconds)}S`,
      },
      profile: {
        scheduledEventsProfile: {
          osImageNotificationProfile: {
            enable: graceSeconds > 0,
            notBeforeTimeout: `PT${String(graceSeconds)}S`,
          },
        },
      },
    });
    // As it is measured: to a tenth of a minute.
    return estimateWith({ ...estimate, minutesPerBatch: tenthsPerBatch / 10 }, {});
  });

const windows = fc.integer({ min: 300, max: 1439 });

/** One that does not fit, with its window. */
const tooLong = fc
  .tuple(estimates, windows)
  .filter(([estimate, windowMinutes]) => !fitsInto(estimate, windowMinutes));

describe("an upgrade and its window", () => {
  it("fits when its last batch begins before the window closes, and not at that moment", () => {
    // Five batches of ten minutes each, four pauses.
    const paused = (minutes: number) =>
      estimateOf({ capacity: 10, rollingPolicy: { pauseTimeBetweenBatches: `PT${String(minutes)}M` } });
    assert.equal(paused(65).lastBatchMinutes, 300);
    assert.equal(fitsInto(paused(65), 300), false);
    assert.equal(paused(64).minutes, 306);
    assert.equal(fitsInto(paused(64), 300), true);
  });

  it("fits into the window that is proposed, and not into one that is a step shorter", () => {
    fc.assert(
      fc.property(estimates, (estimate) => {
        const { leastMinutes, belowMinutes, stepMinutes } = fittingWindows;
        const minutes = shortestWindow(estimate);
        if (minutes === undefined) return !fitsInto(estimate, belowMinutes - stepMinutes);
        assert.ok(minutes >= leastMinutes && minutes < belowMinutes);
        assert.ok(fitsInto(estimate, minutes));
        return minutes === leastMinutes || !fitsInto(estimate, minutes - stepMinutes);
      }),
    );
  });

  it("fits with the batch that is proposed, and not with one that is a percent smaller", () => {
    fc.assert(
      fc.property(tooLong, ([estimate, windowMinutes]) => {
        const with_ = (batchPercent: number) =>
          fitsInto(estimateWith(estimate, { batchPercent }), windowMinutes);
        const percent = smallestBatch(estimate, windowMinutes);
        if (percent === undefined) return !with_(100);
        assert.ok(percent > estimate.batchPercent && percent <= 100);
        return with_(percent) && !with_(percent - 1);
      }),
    );
  });

  it("fits with the pause that is proposed, and not with one that is a minute longer", () => {
    fc.assert(
      fc.property(tooLong, ([estimate, windowMinutes]) => {
        const with_ = (pauseSeconds: number) =>
          fitsInto(estimateWith(estimate, { pauseSeconds }), windowMinutes);
        const minutes = longestPauseMinutes(estimate, windowMinutes);
        if (minutes === undefined) return !with_(0) || estimate.pauseSeconds === 0;
        assert.ok(minutes >= 0 && minutes * 60 < estimate.pauseSeconds);
        const isWithinAMinute = (minutes + 1) * 60 >= estimate.pauseSeconds;
        return with_(minutes * 60) && (isWithinAMinute || !with_((minutes + 1) * 60));
      }),
    );
  });

  it("keeps the pace that was measured under the policy it had", () => {
    const before = scaleSet({ capacity: 10 });
    const after = scaleSet({ capacity: 10, rollingPolicy: { maxBatchInstancePercent: 50 } });
    const upgradeHistory = [
      {
        properties: {
          runningStatus: {
            code: "Completed",
            startTime: "2026-11-01T00:00:00Z",
            endTime: "2026-11-01T01:40:00Z",
          },
          progress: { successfulInstanceCount: 10 },
        },
      },
    ];
    const { minutesPerBatch, batches, minutes } =
      upgradeEstimate(after, { upgradeHistory }, before) ?? assert.fail();
    assert.deepEqual([minutesPerBatch, batches, minutes], [20, 2, 40]);
  });
});

const anUpgrade: fc.Arbitrary<Upgrade> = fc.record({
  estimate: fc.option(estimates, { nil: undefined, freq: 8 }),
  windowMinutes: fc.option(windows, { nil: undefined, freq: 8 }),
});

describe("many upgrades", () => {
  it("are all counted as too long, unknown or fitting, and the longest is one of the too long while there are some", () => {
    fc.assert(
      fc.property(fc.array(anUpgrade), (upgrades) => {
        const fit = atOnce(fitOf(upgrades));
        const known = upgrades.flatMap(({ estimate, windowMinutes }) =>
          estimate === undefined || windowMinutes === undefined ? [] : [{ estimate, windowMinutes }],
        );
        const late = known.filter((one) => !fitsInto(one.estimate, one.windowMinutes));
        assert.equal(fit.unknown, upgrades.length - known.length);
        assert.equal(fit.tooLong.length, late.length);
        assert.equal(fit.longest === undefined, known.length === 0);
        const { longest } = fit;
        return (
          longest === undefined || fitsInto(longest.estimate, longest.windowMinutes) === (late.length === 0)
        );
      }),
    );
  });

  it("all fit with each remedy that is proposed, and some would not with less of it", () => {
    const late = tooLong.map(([estimate, windowMinutes]): Required<Upgrade> => ({ estimate, windowMinutes }));
    fc.assert(
      fc.property(fc.array(late, { minLength: 1, maxLength: 5 }), (upgrades) => {
        const fit = atOnce(fitOf(upgrades));
        const all = (change: Parameters<typeof estimateWith>[1], window?: number) =>
          upgrades.every(({ estimate, windowMinutes }) =>
            fitsInto(
              estimateWith(estimate ?? assert.fail(), change),
              window ?? windowMinutes ?? assert.fail(),
            ),
          );
        const { windowMinutes, batchPercent, pauseMinutes } = fit;
        if (windowMinutes !== undefined) {
          assert.ok(all({}, windowMinutes));
          assert.ok(!all({}, windowMinutes - fittingWindows.stepMinutes));
        }
        if (batchPercent !== undefined) {
          assert.ok(all({ batchPercent }));
          assert.ok(!all({ batchPercent: batchPercent - 1 }));
        }
        if (pauseMinutes !== undefined) assert.ok(all({ pauseSeconds: pauseMinutes * 60 }));
      }),
    );
  });

  it("have no remedy in common where one of them can't be helped by it", () => {
    const paused = estimateOf({ capacity: 10, rollingPolicy: { pauseTimeBetweenBatches: "PT2H" } });
    const slow = estimateOf({
      capacity: 200,
      rollingPolicy: { maxBatchInstancePercent: 5 },
      profile: dayOfEvents,
    });
    const remedies = (...upgrades: readonly UpgradeEstimate[]) => {
      const fit = atOnce(fitOf(upgrades.map((estimate) => ({ estimate, windowMinutes: 300 }))));
      return [fit.windowMinutes, fit.batchPercent, fit.pauseMinutes];
    };
    assert.deepEqual(remedies(paused), [525, 40, 64]);
    assert.deepEqual(remedies(slow), [undefined, 100, undefined]);
    assert.deepEqual(remedies(paused, slow), [undefined, 100, undefined]);
  });
});

/** Each batch may take hours. */
const dayOfEvents = {
  scheduledEventsProfile: { osImageNotificationProfile: { enable: true, notBeforeTimeout: "PT5H" } },
};
