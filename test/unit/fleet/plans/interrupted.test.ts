import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { resumePlan } from "../../../../src/fleet/plans/interrupted.ts";
import { Journal } from "../../../../src/fleet/plans/journal.ts";
import { folderInMemory } from "../../../../src/fleet/plans/planFolder.ts";
import * as fake from "../fakes.ts";

const change = (id: string, more: Partial<Change> = {}): Change => ({
  id,
  kind: "setUpgradePolicy",
  target: fake.web.id,
  title: verbatim(id),
  after: { properties: { upgradePolicy: { mode: "Rolling" } } },
  needs: [],
  ...more,
});
const plan: Plan = {
  title: verbatim("Move"),
  changes: [
    change("remove"),
    change("associate", { needs: ["remove"] }),
    change("restore", { onFailureOf: "associate" }),
    change("enable", { needs: ["associate"] }),
  ],
  leftOut: [],
  warnings: [],
};
const done: Outcome = { status: "done" };
const failed: Outcome = { status: "failed", problem: fake.problem() };

/** Goes on with the plan after these have ended: what is sent then, and what each waits for, and the end of each change. */
async function resumed(known: Readonly<Record<string, Outcome>>) {
  const journal = new Journal({
    folder: folderInMemory(),
    owner: "window",
    now: () => Date.parse("2026-11-26T12:00:00Z"),
    every: () => ({ dispose: () => undefined }),
    log: fake.silentLog,
  });
  const run = await journal.begin(plan, "azure");
  const sent: (readonly [string, ...string[]])[] = [];
  const azure = fake.fakeAzure({
    apply: async ({ changes }, { onOutcome }) => {
      const results = changes.map((one) => ({ change: one, outcome: done }));
      for (const { id, needs, onFailureOf } of changes)
        sent.push([id, ...needs, ...(onFailureOf === undefined ? [] : [`failure of ${onFailureOf}`])]);
      for (const result of results) onOutcome?.(result);
      return results;
    },
  });
  const store = await fake.readStore(azure);
  const kept = await journal.plan(run.id);
  assert.ok(kept);
  const so = { ...kept, outcomes: new Map(Object.entries(known)) };
  const results = await resumePlan(azure, store, so, run, { signal: fake.noSignal() });
  await run.close();
  const ends = results.map(({ change: { id }, outcome }) => `${id} ${outcome.status}`);
  return { sent, ends };
}

describe("going on with a plan whose window was closed", () => {
  it("waits for a failure that is still to be known", async () => {
    const { sent } = await resumed({ remove: done });
    assert.deepEqual(sent, [["associate"], ["restore", "failure of associate"], ["enable", "associate"]]);
  });

  it("makes good a failure that is known, and skips what needed the change", async () => {
    const { sent, ends } = await resumed({ remove: done, associate: failed });
    assert.deepEqual(sent, [["restore"]]);
    assert.deepEqual(ends, ["remove done", "associate failed", "restore done", "enable skipped"]);
  });

  it("sends nothing that makes good what was done", async () => {
    const { sent, ends } = await resumed({ remove: done, associate: done });
    assert.deepEqual(sent, [["enable"]]);
    assert.deepEqual(ends, ["remove done", "associate done", "restore notStarted", "enable done"]);
  });
});
