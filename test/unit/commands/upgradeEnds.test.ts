import assert from "node:assert/strict";
import { test } from "node:test";
import { endOfMany, endOfOne } from "../../../src/commands/upgrades/upgradeEnds.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { inEnglish } from "../../../src/core/text/message.ts";

const ended = (name: string, code?: string, error?: JsonObject) => ({
  scaleSetId: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`,
  isFollowed: true,
  upgrade:
    code === undefined
      ? undefined
      : {
          properties: {
            runningStatus: { code },
            progress: { successfulInstanceCount: 3, pendingInstanceCount: code === "Completed" ? 0 : 1 },
            ...(error && { error }),
          },
        },
});

test("one end says what happened and what to do", () => {
  const good = endOfOne(ended("web", "Completed"));
  assert.deepEqual([inEnglish(good.text), good.isGood], ["web: Upgrade completed: 3 of 3 instances.", true]);
  const bad = endOfOne(ended("web", "Faulted", { code: "InternalExecutionError" }));
  assert.equal(bad.isGood, false);
  assert.match(
    inEnglish(bad.text),
    /^web: Upgrade failed: .*Unexpected error in Azure.* Try again in the next window/,
  );
});

test("several ends are counted, and the first failure is told", () => {
  const { text, isGood } = endOfMany([
    ended("a", "Completed"),
    ended("b", "Cancelled"),
    ended("c", "Faulted"),
    ended("d"),
  ]);
  assert.equal(isGood, false);
  assert.match(
    inEnglish(text),
    /^4 OS upgrades ended: 1 completed, 1 failed, 1 cancelled, 1 unknown\. c: Upgrade failed/,
  );
  assert.deepEqual(
    [inEnglish(endOfMany([ended("a", "Completed"), ended("b", "Completed")]).text)],
    ["2 OS upgrades ended: 2 completed."],
  );
});
