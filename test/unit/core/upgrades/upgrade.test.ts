import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { upgradeEstimate } from "../../../../src/core/upgrades/estimate.ts";
import { isRunning, isSameUpgrade, lastAttempt, progressOf } from "../../../../src/core/upgrades/upgrade.ts";

const startTime = "2026-11-23T09:00:00.0000000+00:00";

function upgrade(code: string, counts: readonly number[], more: JsonObject = {}): JsonObject {
  const [successful = 0, failed = 0, inProgress = 0, pending = 0] = counts;
  return {
    properties: {
      policy: {
        maxBatchInstancePercent: 20,
        maxUnhealthyInstancePercent: 30,
        maxUnhealthyUpgradedInstancePercent: 10,
        pauseTimeBetweenBatches: "PT0S",
      },
      runningStatus: { code, startTime, lastAction: "Start" },
      progress: {
        successfulInstanceCount: successful,
        failedInstanceCount: failed,
        inProgressInstanceCount: inProgress,
        pendingInstanceCount: pending,
      },
      ...more,
    },
  };
}

const view = (healthy: number, unhealthy: number): JsonObject => ({
  virtualMachine: {
    statusesSummary: [
      { code: "ProvisioningState/succeeded", count: healthy + unhealthy },
      { code: "HealthState/healthy", count: healthy },
      { code: "HealthState/unhealthy", count: unhealthy },
    ],
  },
});
const now = "2026-11-23T09:20:00Z";

describe("progress of an upgrade", () => {
  it("counts instances, batches, the unhealthy against their limits, and time", () => {
    const progress = progressOf(upgrade("RollingForward", [3, 1, 2, 4]), now, { instanceView: view(8, 2) });
    assert.equal(progress.isRunning, true);
    assert.deepEqual([progress.done, progress.total], [4, 10]);
    assert.deepEqual(progress.batch, { current: 3, count: 5, size: 2 });
    assert.deepEqual(progress.unhealthy, { count: 2, of: 10, percent: 20, limitPercent: 30 });
    assert.deepEqual(progress.unhealthyUpgraded, { count: 1, of: 4, percent: 25, limitPercent: 10 });
    assert.equal(progress.elapsed, 20 * 60_000);
  });

  it("takes health from the instances where the view tells of provisioning only, and is unknown without", () => {
    const provisioned: JsonObject = {
      virtualMachine: { statusesSummary: [{ code: "ProvisioningState/succeeded", count: 10 }] },
    };
    const running = upgrade("RollingForward", [2, 0, 2, 6]);
    assert.equal(progressOf(running, now, { instanceView: provisioned }).unhealthy, undefined);
    const { unhealthy, batch } = progressOf(running, now, {
      instanceView: provisioned,
      health: { unhealthy: 4, total: 10 },
    });
    assert.deepEqual(unhealthy, { count: 4, of: 10, percent: 40, limitPercent: 30 });
    assert.equal(batch?.size, 2);
  });

  it("estimates what is left by the pace so far, and says so", () => {
    const { remaining } = progressOf(upgrade("RollingForward", [4, 0, 2, 4]), now);
    assert.equal(remaining?.milliseconds, 30 * 60_000);
    assert.equal(inEnglish(remaining.basis), "Assumes the pace of the first 4 of 10 instances (20 min).");
    assert.equal(progressOf(upgrade("RollingForward", [0, 0, 2, 8]), now).remaining, undefined);
    assert.equal(progressOf(upgrade("Completed", [10]), now).remaining, undefined);
  });

  it("takes the size of a batch from the whole set, of which the upgrade may be about a part only", () => {
    const part = upgrade("RollingForward", [0, 0, 4, 2]);
    assert.deepEqual(progressOf(part, now).batch, { current: 1, count: 6, size: 1 });
    assert.deepEqual(progressOf(part, now, { instanceView: view(20, 0) }).batch, {
      current: 1,
      count: 2,
      size: 4,
    });
  });

  it("counts the batches of each zone apart, as the estimate does, unless they may cross zones", () => {
    const set = (crosses: boolean): JsonObject => ({
      zones: ["1", "2", "3"],
      sku: { capacity: 10 },
      properties: { upgradePolicy: { rollingUpgradePolicy: { enableCrossZoneUpgrade: crosses } } },
    });
    const batchOf = (done: number, crosses: boolean) =>
      progressOf(upgrade("RollingForward", [done, 0, 1, 9 - done]), now, { resource: set(crosses) }).batch;
    assert.deepEqual(batchOf(0, false), { current: 1, count: 6, size: 2 });
    assert.deepEqual(batchOf(4, false), { current: 3, count: 6, size: 2 });
    assert.deepEqual(batchOf(6, false), { current: 4, count: 6, size: 2 });
    assert.deepEqual(batchOf(7, false), { current: 5, count: 6, size: 2 });
    assert.deepEqual(batchOf(4, true), { current: 3, count: 5, size: 2 });
    assert.equal(upgradeEstimate(set(false), {})?.batches, 6);
    assert.equal(upgradeEstimate(set(true), {})?.batches, 5);
  });

  it("tells the last batch as the last, and none where there is nothing to do", () => {
    assert.deepEqual(
      progressOf(upgrade("RollingForward", [9, 0, 1, 0]), now, { instanceView: view(10, 0) }).batch,
      {
        current: 5,
        count: 5,
        size: 2,
      },
    );
    assert.deepEqual(progressOf(upgrade("Completed", [10]), now, { instanceView: view(10, 0) }).batch, {
      current: 5,
      count: 5,
      size: 2,
    });
    assert.equal(progressOf(upgrade("Completed", []), now).batch, undefined);
  });

  it("knows how long an upgrade took only where Azure says when it ended", () => {
    assert.equal(progressOf(upgrade("Completed", [10]), now).elapsed, undefined);
    for (const name of ["endTime", "completedTime"]) {
      const status = { code: "Faulted", startTime, [name]: "2026-11-23T09:07:00Z" };
      assert.equal(progressOf(upgrade("Faulted", [1], { runningStatus: status }), now).elapsed, 7 * 60_000);
    }
  });

  it("stands what is not there and what is odd", () => {
    for (const odd of [
      {},
      { properties: null },
      { properties: { progress: "none", policy: [], runningStatus: 7 } },
    ]) {
      const progress = progressOf(odd as JsonObject, now);
      assert.deepEqual(
        [progress.total, progress.isRunning, progress.batch, progress.elapsed],
        [0, false, undefined, undefined],
      );
      assert.equal(progress.unhealthyUpgraded.limitPercent, 20);
    }
  });
});

it("an upgrade runs while Azure rolls it forward or back", () => {
  const running = [
    "RollingForward",
    "RollingBack",
    "rollingforward",
    "Cancelled",
    "Completed",
    "Faulted",
  ].filter((code) => isRunning(upgrade(code, [])));
  assert.deepEqual(running, ["RollingForward", "RollingBack", "rollingforward"]);
  assert.equal(isRunning(undefined), false);
  assert.equal(isRunning(null), false);
});

it("one upgrade is told from another by when it began, however that is written", () => {
  const at = (time: string) => ({ properties: { runningStatus: { startTime: time } } });
  assert.ok(isSameUpgrade(at(startTime), at("2026-11-23T09:00:00Z")));
  assert.ok(!isSameUpgrade(at(startTime), at("2026-11-23T09:00:01Z")));
  assert.ok(!isSameUpgrade({}, {}));
  assert.ok(!isSameUpgrade(undefined, at(startTime)));
});

it("of one upgrade the later state counts, whether it was read as the latest or in the history", () => {
  const [running, cancelled] = [upgrade("RollingForward", [4, 0, 2, 4]), upgrade("Cancelled", [4, 0, 0, 6])];
  const older = upgrade("Completed", [10], { runningStatus: { code: "Completed", startTime: "2026-11-20" } });
  assert.equal(lastAttempt(cancelled, [running, older])?.status, "Cancelled");
  assert.equal(lastAttempt(running, [cancelled, older])?.status, "Cancelled");
  assert.equal(lastAttempt(older, [running])?.status, "RollingForward");
  assert.equal(lastAttempt(running, [older])?.status, "RollingForward");
  assert.equal(lastAttempt(null, []), undefined);
});
