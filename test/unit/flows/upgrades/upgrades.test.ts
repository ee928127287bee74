/** Starting, cancelling and approving upgrades, against the sandbox's fleet. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import { applyPlan } from "../../../../src/fleet/plans/applyPlan.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { approveUpgradeFlow } from "../../../../src/flows/upgrades/approveUpgrade.ts";
import { cancelUpgradeFlow } from "../../../../src/flows/upgrades/cancelUpgrade.ts";
import type { FlowContext } from "../../../../src/flows/engine/context.ts";
import { startUpgradeFlow } from "../../../../src/flows/upgrades/startUpgrade.ts";
import { never, scaleSet } from "../../azure/support.ts";
import { cancel, pick, textsOf, tick, type Asked } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => (world = await openWorld()));
afterEach(() => world.store.dispose());

const cache = scaleSet("vmss-cache-prod");
const worker = scaleSet("vmss-worker-prod");
const web = scaleSet("vmss-web-prod");
const orders = scaleSet("vmss-orders-prod", "rg-data-prod-weu");
const payments = scaleSet("vmss-payments-prod", "rg-data-prod-weu");
const aks = scaleSet("aks-systempool-31415926-vmss", "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope");

const start =
  (...scaleSetIds: readonly string[]) =>
  (context: FlowContext) =>
    startUpgradeFlow(context, { scaleSetIds });
const cancelling =
  (...scaleSetIds: readonly string[]) =>
  (context: FlowContext) =>
    cancelUpgradeFlow(context, { scaleSetIds });
const approve =
  (...scaleSetIds: readonly string[]) =>
  (context: FlowContext) =>
    approveUpgradeFlow(context, { scaleSetIds });

const changesOf = (plan: Plan | undefined) =>
  plan?.changes.map(({ kind, target }) => `${kind} ${nameOf(target)}`);
const leftOutOf = (plan: Plan | undefined) =>
  Object.fromEntries(plan?.leftOut.map(({ target, reason }) => [nameOf(target), inEnglish(reason)]) ?? []);
const reviewText = (asked: readonly Asked[]) =>
  textsOf(asked.at(-1)?.rows ?? [])
    .join("\n")
    .replaceAll(/\s+/g, " ");
const rowLabels = (asked: Asked | undefined) =>
  (asked?.rows ?? []).flatMap((row) => (row.kind === "choice" ? [inEnglish(row.label)] : []));

/** Begins an upgrade and knows of it. */
async function begin(id: string): Promise<void> {
  const { plan } = await world.run(start(id), [pick("apply")]);
  assert.ok(plan);
  const results = await applyPlan(world.lab.azure, world.store, plan, { signal: never });
  assert.deepEqual(
    results.map(({ outcome }) => outcome.status),
    ["done"],
  );
  await world.store.readUpgrade(id, true);
}

describe("a start", () => {
  test("says when it begins, that nothing is rolled back, what is replaced and in how many batches", async () => {
    const { plan, asked } = await world.run(start(cache), [pick("apply")]);
    assert.deepEqual(changesOf(plan), ["startUpgrade vmss-cache-prod"]);
    const review = reviewText(asked);
    assert.match(review, /Starts now, outside any maintenance window/);
    assert.match(review, /No automatic rollback/);
    assert.match(review, /Data on OS disks is lost.*Data disks stay/);
    assert.match(review, /4 of 4 OS disks · from [\d.]+ to [\d.]+ · 4 batches of at most 1 · about 40 min/);
  });

  test("of some instances counts those that run an older image", async () => {
    const { asked } = await world.run(start(worker), [cancel]);
    assert.match(reviewText(asked), /[1-9] of 10 OS disks .* [1-5] batches of at most 2/);
  });

  test("leaves out what Azure would refuse, what is current, and what others manage, each with its reason", async () => {
    const { plan } = await world.run(start(cache, orders, payments, web, aks), [
      pick("leaveOut"),
      pick("apply"),
    ]);
    assert.deepEqual(changesOf(plan), ["startUpgrade vmss-cache-prod"]);
    const left = leftOutOf(plan);
    assert.match(left["vmss-orders-prod"] ?? "", /latest/);
    assert.match(left["vmss-payments-prod"] ?? "", /health/i);
    assert.match(left["vmss-web-prod"] ?? "", /^All instances run the latest image, /);
    assert.match(left["aks-systempool-31415926-vmss"] ?? "", /Managed by/);
  });

  test("warns of instances that no upgrade reaches", async () => {
    const one = { properties: { protectionPolicy: { protectFromScaleSetActions: true } } };
    const eligibilityFacts = { at: "2026-11-23T09:00:00Z", facts: { instances: [one, one] }, unread: {} };
    const { plan } = await world.run(start(cache), [pick("apply")], {
      readEligibilityFacts: async () => world.store.putEligibilityFacts(cache, { eligibilityFacts }),
    });
    assert.deepEqual(
      plan?.warnings.map(inEnglish).filter((text) => /protected/.test(text)),
      ["vmss-cache-prod: 2 of 2 instances are protected from scale set actions, so upgrades skip them."],
    );
  });

  test("says that health is unknown where Azure tells how the machines were provisioned only", async () => {
    const instanceView = {
      virtualMachine: { statusesSummary: [{ code: "ProvisioningState/succeeded", count: 4 }] },
    };
    const eligibilityFacts = { at: "2026-11-23T09:00:00Z", facts: { instanceView }, unread: {} };
    const { asked } = await world.run(start(cache), [cancel], {
      readEligibilityFacts: async () =>
        world.store.putEligibilityFacts(cache, { eligibilityFacts, instanceView, health: undefined }),
    });
    assert.match(reviewText(asked), /At most 4 OS disks.*health unknown/);
  });

  test("says that it does not know where the instances could not be read", async () => {
    const { asked } = await world.run(start(cache), [cancel], {
      readEligibilityFacts: () => Promise.resolve(),
    });
    assert.match(reviewText(asked), /At most 4 OS disks \(versions unknown\)/);
  });

  test("from the palette lists the sets that no upgrade runs in", async () => {
    await begin(cache);
    const { asked } = await world.run((context) => startUpgradeFlow(context), [tick(worker), cancel]);
    const labels = rowLabels(asked[0]);
    assert.ok(labels.includes("vmss-worker-prod"));
    assert.ok(!labels.includes("vmss-cache-prod"));
    const again = await world.run(start(cache), [pick("close")]);
    assert.deepEqual(leftOutOf(again.plan ?? undefined), {});
    assert.match(reviewText(again.asked), /An upgrade is already running/);
  });
});

describe("a cancellation", () => {
  test("says how far the upgrade is and that nothing is rolled back", async () => {
    await begin(cache);
    const { plan, asked } = await world.run(cancelling(cache), [pick("apply")]);
    assert.deepEqual(changesOf(plan), ["cancelUpgrade vmss-cache-prod"]);
    assert.match(reviewText(asked), /A cancelled upgrade can't continue/);
    assert.match(reviewText(asked), /vmss-cache-prod now: batch 1 of 4, 0 of 4 instances done/);
  });

  test("asks Azure, which knows more than the fleet", async () => {
    await begin(cache);
    const stale = {
      snapshot: (): Snapshot => {
        const { scaleSets, ...rest } = world.store.snapshot;
        const { upgrade: _, ...record } = scaleSets.get(idKey(cache)) ?? assert.fail();
        return { ...rest, scaleSets: new Map([...scaleSets, [idKey(cache), record]]) };
      },
    };
    const { plan } = await world.run(cancelling(cache), [pick("apply")], stale);
    assert.deepEqual(changesOf(plan), ["cancelUpgrade vmss-cache-prod"]);
  });

  test("leaves out sets without a running upgrade", async () => {
    const { plan, asked } = await world.run(cancelling(web, cache), [pick("close")]);
    assert.equal(plan, undefined);
    assert.match(reviewText(asked), /No upgrade is running/);
  });

  test("from the palette lists the running upgrades alone", async () => {
    await begin(cache);
    const { asked } = await world.run((context) => cancelUpgradeFlow(context), [cancel]);
    assert.deepEqual(rowLabels(asked[0]), ["vmss-cache-prod"]);
  });
});

describe("an approval", () => {
  const deferring = () => ({
    snapshot: (): Snapshot => {
      const { scaleSets, ...rest } = world.store.snapshot;
      const record = scaleSets.get(idKey(cache)) ?? assert.fail();
      const resource = {
        ...record.resource,
        properties: { upgradePolicy: { automaticOSUpgradePolicy: { osRollingUpgradeDeferral: true } } },
      };
      return { ...rest, scaleSets: new Map([...scaleSets, [idKey(cache), { ...record, resource }]]) };
    },
  });

  test("is marked as experimental, and lists the sets that defer upgrades", async () => {
    const { plan, asked } = await world.run(
      (context) => approveUpgradeFlow(context),
      [tick(cache), pick("apply")],
      deferring(),
    );
    assert.deepEqual(rowLabels(asked[0]), ["vmss-cache-prod"]);
    assert.deepEqual(changesOf(plan), ["approveUpgrade vmss-cache-prod"]);
    assert.match(inEnglish(asked[0]?.place.flow ?? assert.fail()), /\(Experimental\)/);
    assert.match(reviewText(asked), /Experimental: /);
  });

  test("of one set that defers nothing is left to Azure, of several such sets are left out", async () => {
    const one = await world.run(approve(worker), [pick("apply")]);
    assert.match(reviewText(one.asked), /doesn't defer upgrades: Azure may refuse/);
    const two = await world.run(approve(worker, cache), [pick("apply")], deferring());
    assert.deepEqual(changesOf(two.plan), ["approveUpgrade vmss-cache-prod"]);
    assert.match(leftOutOf(two.plan)["vmss-worker-prod"] ?? "", /doesn't defer/);
  });
});
