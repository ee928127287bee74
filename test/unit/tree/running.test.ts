import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "../../../src/core/plans/plan.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../src/core/text/message.ts";
import type { AppliedPlan } from "../../../src/fleet/plans/planBoard.ts";
import { runningInWords, type RunningState } from "../../../src/tree/activity/running.ts";
import * as fake from "../fleet/fakes.ts";
import { clock } from "./walk.ts";

const store = await fake.readStore();
const idle: RunningState = { snapshot: store.snapshot, followed: [], plans: [], clock };

const upgrade = (code: string, done: number): JsonObject => ({
  properties: {
    runningStatus: { code, startTime: "2026-11-23T05:30:00Z" },
    progress: { successfulInstanceCount: done, pendingInstanceCount: 10 - done },
  },
});
const change = (id: number): Change => ({
  id: String(id),
  kind: "setUpgradePolicy",
  target: fake.web.id,
  title: message("Change"),
  needs: [],
});
function plan(all: number, ended: number, over: Partial<AppliedPlan> = {}): AppliedPlan {
  const changes = Array.from({ length: all }, (_, index) => change(index));
  return {
    id: `${all}`,
    at: "2026-11-23T05:00:00Z",
    origin: "azure",
    plan: { title: message("Set up"), changes, leftOut: [], warnings: [] },
    results: changes.slice(0, ended).map((one) => ({ change: one, outcome: { status: "done" } })),
    state: "here",
    ...over,
  };
}
const said = (state: Partial<RunningState>) => {
  const running = runningInWords({ ...idle, ...state });
  return running && [inEnglish(running.text), ...running.lines.map(inEnglish)];
};

test("while nothing runs here there is nothing to say", () => {
  const plans = [plan(3, 3, { state: "ended" }), plan(3, 1, { state: "elsewhere" })];
  assert.equal(said({ plans }), undefined);
});

test("upgrades are counted, with the share of their instances that is done, and named", async () => {
  const world = await fake.readStore();
  await world.putEligibilityFacts(fake.web.id, { upgrade: upgrade("RollingForward", 4) });
  const state = { snapshot: world.snapshot };
  assert.deepEqual(said(state), ["1 upgrade, 40 %", "web: batch 3 of 5, 4 of 10 instances done"]);
  assert.deepEqual(said({ ...state, followed: [{ scaleSetId: fake.idle.id }] }), [
    "2 upgrades, 40 %",
    "web: batch 3 of 5, 4 of 10 instances done",
    "api: starting…",
  ]);
  await world.putEligibilityFacts(fake.web.id, { upgrade: upgrade("Cancelled", 4) });
  const followed = [{ scaleSetId: fake.web.id, start: "2026-11-23T05:30:00Z" }];
  assert.equal(said({ snapshot: world.snapshot, followed }), undefined);
});

test("a plan says how many of its changes have ended, several together, and once it is cancelled what it finishes", () => {
  assert.deepEqual(said({ plans: [plan(50, 12)] }), [
    "12 of 50 changes",
    "Set up: running, 12 of 50 changes done",
  ]);
  assert.equal(said({ plans: [plan(1, 0)] })?.[0], "1 change");
  assert.equal(said({ plans: [plan(50, 12), plan(30, 8)] })?.[0], "2 plans: 20 of 80 changes");
  assert.equal(said({ plans: [plan(50, 12, { inFlight: 8 })] })?.[0], "Cancelling: finishing 8…");
  assert.equal(said({ plans: [plan(50, 12, { inFlight: 0 })] })?.[0], "Cancelling…");
});
