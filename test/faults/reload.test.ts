import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import { deleteConfiguration } from "../../src/core/plans/kinds/deleteConfiguration.ts";
import { editedConfiguration, updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { followInterrupted, resumePlan } from "../../src/fleet/plans/interrupted.ts";
import { folderInMemory } from "../../src/fleet/plans/planFolder.ts";
import type { Match } from "./support/holding.ts";
import { journalOver } from "./support/kept.ts";
import { configurationNamed, enable, setNamed, threeSteps } from "./support/plans.ts";
import {
  createWorld,
  type Recorded,
  appliedPlan,
  trustSandbox,
  type World,
  writeCounts,
} from "./support/world.ts";

trustSandbox();

const never = new AbortController().signal;
const patch = { method: "PATCH", path: "/virtualMachineScaleSets/" };
const poll = { method: "GET", path: "/operations/" };
const creation = { method: "PUT", path: "/maintenanceConfigurations/mc-new" };

/** Applies a plan, and closes the window while it waits for the answer to what matches. What was kept until then is answered. */
async function closedDuring(world: World, match: Match, plan: Plan): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const controller = new AbortController();
  const run = await journalOver(folderInMemory(files)).begin(plan, "sandbox");
  const held = world.hold(match);
  const applying = world.apply(plan, { run, signal: controller.signal });
  await held.reached();
  const kept = new Map(files);
  controller.abort();
  held.release();
  await applying;
  await run.close();
  return kept;
}

/** Opens a window again: what it tells of the plan, and what it sends. */
async function reopened(world: World, kept: ReadonlyMap<string, string>) {
  await world.requests();
  await using window = await createWorld({
    connect: () => connectToEndpoint({ origin: "sandbox", endpoint: world.url, token: world.token }),
    clock: world.clock,
  });
  const [plan, ...others] = await journalOver(folderInMemory(new Map(kept))).plans();
  assert.ok(plan);
  assert.deepEqual(others, []);
  const results = await followInterrupted(window.azure, window.store, plan, never);
  const sent: readonly Recorded[] = await world.requests();
  assert.deepEqual(writeCounts(sent), {}, "nothing is sent again");
  return { ...appliedPlan(plan.plan, results), coverage: setNamed(window, "vmss-cache-prod").coverage.state };
}

describe("the window is reloaded", { concurrency: true }, () => {
  test("during a long operation: the next window follows it to its end and shows what it did", async () => {
    await using world = await createWorld({ operationSeconds: 2 });
    const kept = await closedDuring(world, poll, enable(world, "vmss-cache-prod"));
    const { outcomes, coverage } = await reopened(world, kept);
    assert.deepEqual([outcomes, coverage], [["done"], "uncontrolled"]);
  });

  test("while a PATCH was on its way that was never applied: told as not confirmed", async () => {
    await using world = await createWorld();
    await world.order({ match: patch, do: { status: 500 } });
    const kept = await closedDuring(world, patch, enable(world, "vmss-cache-prod"));
    const { outcomes, report, coverage } = await reopened(world, kept);
    assert.deepEqual([outcomes, coverage], [["notConfirmed"], "unmanaged"]);
    assert.match(
      report,
      /\? Not confirmed · .*\nTurn on automatic OS upgrades for scale set vmss-cache-prod/,
    );
  });

  for (const applied of [true, false]) {
    test(`while a configuration was being deleted or edited that ${applied ? "was" : "was not"}: told by what Azure has`, async () => {
      await using world = await createWorld();
      const { resource } = configurationNamed(world, "mc-staging-daily");
      const edit = editedConfiguration(resource, { tags: { environment: undefined } });
      const fault = { status: 500, applied };
      for (const [method, change] of [
        ["PUT", updateConfiguration(resource, edit)],
        ["DELETE", deleteConfiguration(configurationNamed(world, "mc-prod-nightly").resource)],
      ] as const) {
        await world.requests();
        const match = { method, path: "/maintenanceConfigurations/" };
        await world.order({ match, do: fault });
        const kept = await closedDuring(world, match, planOf(change.title, [change]));
        const { outcomes, report } = await reopened(world, kept);
        assert.deepEqual(outcomes, [applied ? "done" : "notConfirmed"], method);
        if (!applied) assert.match(report, /VS Code closed before Azure answered/);
      }
    });
  }

  test("in the middle of a plan: what was done is told as done, the rest as not sent, and nothing is sent again", async () => {
    await using world = await createWorld();
    const plan = threeSteps(world);
    const kept = await closedDuring(world, creation, plan);
    const { outcomes, report } = await reopened(world, kept);
    assert.deepEqual(outcomes, ["done", "done", "notStarted", "notStarted"]);
    assert.match(report, /2 of 4 changes done, 2 not sent/);
    assert.equal((await world.ask("GET", `${plan.changes[1]?.target}?api-version=2023-04-01`)).status, 200);
  });

  test("in the middle of a plan, which is resumed: what was sent is not sent again, and the rest is", async () => {
    await using world = await createWorld();
    const kept = await closedDuring(world, creation, threeSteps(world));
    await world.requests();
    const journal = journalOver(folderInMemory(new Map(kept)));
    const [seen] = await journal.plans();
    assert.ok(seen);
    const taken = await journal.takeOver(seen);
    assert.ok(taken);
    const results = await resumePlan(world.azure, world.store, taken.plan, taken.run, { signal: never });
    await taken.run.close();
    assert.deepEqual(appliedPlan(seen.plan, results).outcomes, ["done", "done", "done", "done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-new": [1, 1],
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1],
    });
    assert.equal((await journal.plans())[0]?.state, "closed");
    await world.assertTreeIsTrue();
  });

  test("after the plan had ended: there is nothing to follow", async () => {
    await using world = await createWorld();
    const journal = journalOver(folderInMemory());
    const plan = enable(world, "vmss-cache-prod");
    const run = await journal.begin(plan, "sandbox");
    assert.deepEqual((await world.apply(plan, { run })).outcomes, ["done"]);
    await run.close();
    assert.deepEqual(
      (await journal.plans()).map(({ state }) => state),
      ["closed"],
    );
  });
});
