import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { attemptOf } from "../../../../src/core/upgrades/attempts.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { progressOf } from "../../../../src/core/upgrades/upgrade.ts";
import {
  durationInWords,
  endingOf,
  moreInWords,
  outcomeName,
  progressInWords,
} from "../../../../src/core/upgrades/upgradeInWords.ts";

const began = "2026-11-23T09:00:00Z";
const upgrade = (
  code: string,
  [successful, failed, inProgress, pending]: readonly [number, number, number, number],
  more: JsonObject = {},
): JsonObject => ({
  properties: {
    runningStatus: { code, startTime: began },
    progress: {
      successfulInstanceCount: successful,
      failedInstanceCount: failed,
      inProgressInstanceCount: inProgress,
      pendingInstanceCount: pending,
    },
    ...more,
  },
});
const view = {
  virtualMachine: {
    statusesSummary: [
      { code: "HealthState/healthy", count: 9 },
      { code: "HealthState/unhealthy", count: 1 },
      { code: "ProvisioningState/succeeded", count: 10 },
    ],
  },
};
const ending = (of: JsonObject | undefined) => {
  const { outcome, text, next } = endingOf(of && attemptOf(of));
  return [outcome, inEnglish(text), next && inEnglish(next)];
};

describe("progress", () => {
  it("says the batch, the counts, the health against the limit and the time", () => {
    const progress = progressOf(upgrade("RollingForward", [3, 1, 2, 4]), "2026-11-23T09:20:00Z", {
      instanceView: view,
    });
    assert.deepEqual(progressInWords(progress).map(inEnglish), [
      "batch 3 of 5",
      "4 of 10 instances done",
      "1 failed",
    ]);
    assert.deepEqual(moreInWords(progress).map(inEnglish), [
      "unhealthy: 1 of 10 (10 %, limit 20 %)",
      "running for 20 min",
      "about 30 min left",
    ]);
  });

  it("says that the health of the instances is unknown where Azure tells of provisioning only", () => {
    const provisioned = {
      virtualMachine: { statusesSummary: [{ code: "ProvisioningState/succeeded", count: 10 }] },
    };
    const progress = progressOf(upgrade("RollingForward", [0, 0, 2, 8]), began, {
      instanceView: provisioned,
    });
    assert.deepEqual(moreInWords(progress).map(inEnglish), [
      "health unknown",
      "running for less than a minute",
    ]);
  });

  it("of one that is being cancelled says so", () => {
    const status = { code: "RollingForward", startTime: began, lastAction: "Cancel" };
    const cancelling = upgrade("RollingForward", [2, 0, 2, 6], { runningStatus: status });
    assert.deepEqual(progressInWords(progressOf(cancelling, began)).map(inEnglish), [
      "cancelling",
      "batch 2 of 5",
      "2 of 10 instances done",
    ]);
    const cancelled = { ...status, code: "Cancelled" };
    assert.equal(
      attemptOf(upgrade("Cancelled", [2, 0, 0, 8], { runningStatus: cancelled })).isBeingCancelled,
      undefined,
    );
  });

  it("says that it rolls back, and where there is nothing to do", () => {
    const back = progressOf(upgrade("RollingBack", [0, 0, 0, 0]), began);
    assert.deepEqual(progressInWords(back).map(inEnglish), ["rolling back", "nothing to upgrade"]);
  });

  it("tells times in minutes and hours", () => {
    assert.deepEqual(
      [20_000, 60_000, 59 * 60_000, 125 * 60_000].map((time) => inEnglish(durationInWords(time))),
      ["less than a minute", "1 min", "59 min", "2 h 5 min"],
    );
  });
});

describe("an end", () => {
  it("that is good asks for nothing", () => {
    assert.deepEqual(ending(upgrade("Completed", [10, 0, 0, 0])), [
      "completed",
      "Upgrade completed: 10 of 10 instances.",
      undefined,
    ]);
    assert.match(String(ending(upgrade("completed", [0, 0, 0, 0]))[1]), /^Nothing to upgrade/);
  });

  it("with instances that failed says so", () => {
    assert.deepEqual(ending(upgrade("Completed", [9, 1, 0, 0])), [
      "partly",
      "Upgrade ended: 9 of 10 instances upgraded, 1 failed.",
      "Check the instance view of the instances that weren't upgraded.",
    ]);
  });

  it("by cancelling says what the others run", () => {
    assert.deepEqual(ending(upgrade("Cancelled", [4, 0, 0, 6])), [
      "cancelled",
      "Upgrade cancelled after 4 of 10 instances. The others keep their image.",
      "Wait for the next window, or start an upgrade now, outside any window.",
    ]);
  });

  it("by an error says what it means and what to do, and what was rolled back", () => {
    const [outcome, text, next] = ending(
      upgrade("Faulted", [2, 2, 0, 6], {
        error: { code: "RollingUpgradeTimeoutError", message: "Timed out." },
        rollbackInfo: { successfullyRolledbackInstanceCount: 2 },
      }),
    );
    assert.equal(outcome, "failed");
    assert.equal(
      text,
      "Upgrade failed: 2 of 10 instances upgraded, 2 failed. The upgrade took longer than Azure allows. Rolled back: 2.",
    );
    assert.match(String(next), /Shorten the pause between batches/);
  });

  it("without an error, or that nobody knows, is said to be so", () => {
    assert.match(String(ending(upgrade("Faulted", [0, 1, 0, 9]))[1]), /Azure gave no error/);
    assert.deepEqual(ending(undefined)[0], "open");
    assert.match(String(ending(upgrade("Paused", [1, 0, 0, 9]))[1]), /Azure reports “Paused”: 1 of 10/);
    assert.equal(inEnglish(outcomeName("open", "Paused")), "Paused");
  });
});
