import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inEnglish } from "../../src/core/text/message.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { checked } from "../../src/flows/review/check.ts";
import { fleet } from "../unit/azure/support.ts";
import { associateAll, threeSteps } from "./support/plans.ts";
import { createWorld, trustSandbox, type World, writeCounts } from "./support/world.ts";

trustSandbox();

const never = new AbortController().signal;
const provider = (subscriptionId: string) =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.Maintenance`;
const unregister = (world: World, subscriptionId: string) =>
  world.ask("POST", `${provider(subscriptionId)}/unregister?api-version=2021-04-01`);

/** The plan as it is reviewed. */
const reviewed = (world: World, plan: Plan): Promise<Plan> =>
  checked({ azure: world.azure, snapshot: () => world.store.snapshot }, plan, never);

const kinds = ({ changes }: Plan) => changes.map(({ kind }) => kind);
const warnings = (plan: Plan) => plan.warnings.map(inEnglish).join("\n");

describe("Microsoft.Maintenance is not registered", { concurrency: true }, () => {
  test("in the configuration's subscription: the review has the registration first, it is waited for, and the plan goes on", async () => {
    await using world = await createWorld();
    await unregister(world, fleet.shared);
    const plan = await reviewed(world, threeSteps(world));
    assert.equal(kinds(plan)[0], "registerProvider");
    assert.deepEqual(writeCounts(await world.requests()), {}, "nothing is sent before it is confirmed");
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["done", "done", "done", "done", "done"], report);
    const counts = Object.entries(writeCounts(await world.requests()));
    assert.deepEqual(counts[0], ["POST Microsoft.Maintenance/register", [1, 1]]);
    assert.ok(
      counts.every(([, [sent, applied]]) => sent === 1 && applied === 1),
      JSON.stringify(counts),
    );
    await world.assertTreeIsTrue();
  });

  test("and its registration takes twelve minutes: it is waited for", async () => {
    await using world = await createWorld();
    await unregister(world, fleet.production);
    const plan = await reviewed(world, associateAll(world, "vmss-cache-prod"));
    const start = world.clock.now();
    await world.order({
      match: { method: "GET", path: `${provider(fleet.production)}\\?` },
      times: 30,
      do: { status: 200, body: { namespace: "Microsoft.Maintenance", registrationState: "Registering" } },
    });
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["done", "done"], report);
    assert.ok(world.clock.now() - start > 12 * 60_000, `${world.clock.now() - start} ms`);
    await world.assertTreeIsTrue();
  });

  test("in both subscriptions: each is registered once", async () => {
    await using world = await createWorld();
    await unregister(world, fleet.shared);
    await unregister(world, fleet.production);
    const plan = await reviewed(world, threeSteps(world));
    assert.deepEqual(kinds(plan).slice(0, 2), ["registerProvider", "registerProvider"]);
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(new Set(outcomes), new Set(["done"]), report);
    assert.deepEqual(writeCounts(await world.requests())["POST Microsoft.Maintenance/register"], [2, 2]);
    await world.assertTreeIsTrue();
  });

  test("and the user may not register it: the warning says so, and where she goes on what needs it is not sent", async () => {
    await using world = await createWorld();
    await unregister(world, fleet.production);
    const action = "Microsoft.Maintenance/register/action";
    await world.ask("POST", "/sandbox/denials", { scope: `/subscriptions/${fleet.production}`, action });
    const plan = await reviewed(world, associateAll(world, "vmss-cache-prod"));
    assert.match(warnings(plan), new RegExp(action));
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["failed", "skipped"]);
    assert.match(report, /Azure answered: 403 AuthorizationFailed/);
    assert.deepEqual(writeCounts(await world.requests()), { "POST Microsoft.Maintenance/register": [1, 0] });
    await world.assertTreeIsTrue();
  });

  test("cannot be found out: the review warns, and the plan is offered all the same", async () => {
    await using world = await createWorld();
    await world.order({
      match: { path: "/providers/Microsoft.Maintenance\\?" },
      times: "always",
      do: { status: 403 },
    });
    const plan = await reviewed(world, associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(kinds(plan), ["associate"]);
    assert.match(warnings(plan), /Couldn't check whether Microsoft\.Maintenance/);
  });
});

describe("a permission is missing", { concurrency: true }, () => {
  test("for a set: the review names the action, the set and a role, sends nothing, and does not keep her from it", async () => {
    await using world = await createWorld();
    const action = "Microsoft.Maintenance/configurationAssignments/write";
    const scope = `/subscriptions/${fleet.production}/resourceGroups/rg-web-prod-weu`;
    await world.ask("POST", "/sandbox/denials", { scope, action });
    const plan = await reviewed(world, associateAll(world, "vmss-worker-prod"));
    assert.deepEqual(writeCounts(await world.requests()), {});
    assert.match(warnings(plan), new RegExp(`not have permission ${action} on vmss-worker-prod`));
    assert.match(warnings(plan), /The role Scheduled Patching Contributor has it\./);
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /Azure denied access\./);
    await world.assertTreeIsTrue();
  });

  test("on a whole subscription: one warning names the action and a role that has it", async () => {
    await using world = await createWorld();
    const action = "Microsoft.Maintenance/configurationAssignments/*";
    await world.ask("POST", "/sandbox/denials", { scope: `/subscriptions/${fleet.production}`, action });
    const plan = await reviewed(world, associateAll(world, "vmss-cache-prod", "vmss-worker-prod"));
    assert.match(
      warnings(plan),
      /Microsoft\.Maintenance\/configurationAssignments\/write.* 2 of these changes/,
    );
    assert.equal(plan.warnings.length, 1, warnings(plan));
  });

  test("cannot be found out: the review warns, and the plan is offered and applied all the same", async () => {
    await using world = await createWorld();
    await world.order({
      match: { path: "Microsoft.Authorization/permissions" },
      times: "always",
      do: { status: 400 },
    });
    const plan = await reviewed(world, associateAll(world, "vmss-cache-prod"));
    assert.match(warnings(plan), /Couldn't check all your permissions/);
    assert.deepEqual((await world.apply(plan)).outcomes, ["done"]);
    await world.assertTreeIsTrue();
  });
});
