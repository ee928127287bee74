import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reportOf } from "./report.ts";
import { runScenario, type Run } from "./run.ts";
import { scenarios, wishes } from "./scenario.ts";
import { verdictOn } from "./verdict.ts";

const runs = 1000;
const seed = 20261130;

test("every promise is kept in 1,000 worlds, whatever others, the network and Azure do", async (t) => {
  const reached = new Reached();
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    const run = await runScenario(scenario);
    reached.add(run);
    const verdict = verdictOn(run);
    assert.ok(verdict.violations.length === 0, reportOf(run, verdict));
  });
  await fc.assert(property, { seed, numRuns: runs });

  await t.test("and they reach what they are to try", () => {
    assert.deepEqual(
      wishes.filter((flow) => !reached.wishes.has(flow)),
      [],
      "flows that never came to a plan",
    );
    assert.deepEqual(
      expectedKinds.filter((kind) => !reached.kinds.has(kind)),
      [],
      "kinds of changes that were never sent",
    );
    assert.ok(reached.plans > runs / 2, `only ${reached.plans} plans were applied`);
    assert.ok(reached.follow > runs / 20, `only ${reached.follow} plans were undone or tried again`);
    assert.ok(reached.resumed > 0, "no window was closed in time");
    assert.ok(reached.byOthers > runs / 10, `others wrote in only ${reached.byOthers} runs`);
    assert.ok(reached.faults > runs / 10, `writes met a fault in only ${reached.faults} runs`);
  });
});

const expectedKinds = [
  "createResourceGroup",
  "createConfiguration",
  "updateConfiguration",
  "deleteConfiguration",
  "associate",
  "dissociate",
  "setUpgradePolicy",
  "setImageReference",
  "setAutomaticUpdates",
  "startUpgrade",
  "cancelUpgrade",
];

/** What the runs have come to: a model that tries nothing breaks no promise. */
class Reached {
  readonly wishes = new Set<string>();
  readonly kinds = new Set<string>();
  plans = 0;
  follow = 0;
  resumed = 0;
  byOthers = 0;
  faults = 0;

  add({ scenario, plans, world }: Run): void {
    const { entries, exchanges } = world.history;
    if (plans.length > 0) this.wishes.add(scenario.wish.flow);
    for (const { plan } of plans) for (const { kind } of plan.changes) this.kinds.add(kind);
    this.plans += plans.length;
    this.follow += plans.length > 1 ? 1 : 0;
    this.resumed += plans.some(({ isResumed }) => isResumed) ? 1 : 0;
    this.byOthers += entries.some(({ by }) => by === "others") ? 1 : 0;
    this.faults += exchanges.some(({ isWrite, fate }) => isWrite && fate !== undefined) ? 1 : 0;
  }
}
