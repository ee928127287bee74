/** The review of any plan: what its first row says, what it asks once more, and where it says that the plan goes. */
import assert from "node:assert/strict";
import { before, beforeEach, describe, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { dissociateWhile } from "../../../../src/core/plans/kinds/dissociate.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { associate, createResourceGroup, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { registerProvider } from "../../../../src/core/plans/registration.ts";
import {
  addHealthExtension,
  approveUpgrade,
  cancelUpgrade,
  repairs,
  setUpgradePolicy,
  startUpgrade,
  updateInstances,
} from "../../../../src/core/plans/upgradePlans.ts";
import type { ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { deleteConfigurationFlow } from "../../../../src/flows/configurations/deleteConfiguration.ts";
import { removeAssociationFlow } from "../../../../src/flows/associations/removeAssociation.ts";
import type { FlowContext } from "../../../../src/flows/engine/context.ts";
import { isConfirmed } from "../../../../src/flows/review/askAgain.ts";
import { reviewOf } from "../../../../src/flows/review/review.ts";
import { startUpgradeFlow } from "../../../../src/flows/upgrades/startUpgrade.ts";
import { undoFlow } from "../../../../src/flows/plans/undo.ts";
import { configuration, fleet, scaleSet } from "../../azure/support.ts";
import { pick, textsOf } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));

const named = (name: string, id = scaleSet(name)): ScaleSetRecord =>
  world.store.snapshot.scaleSets.get(idKey(id)) ?? assert.fail(name);
const cache = () => named("vmss-cache-prod");
const worker = () => named("vmss-worker-prod");
const web = () => named("vmss-web-prod");
const nightly = { id: configuration("mc-prod-nightly") };

/** The user's own Azure in the place of the sandbox. */
const azure = () => ({ ...world.lab.azure, origin: "azure" as const });
const planned = (...changes: readonly Change[]): Plan => planOf(message("Plan"), changes);

/** What the first row of the review says, with its detail. */
function first(plan: Plan, changes: Partial<FlowContext> = {}): string {
  const { rows } = reviewOf(world.context([], { azure: azure(), ...changes }), plan);
  return textsOf(typeof rows === "function" ? assert.fail() : rows)[0] ?? "";
}

const enable = (set: ScaleSetRecord) => setAutomaticUpgrades(set, true, { tryAnyway: true }).changes;
const disable = (set: ScaleSetRecord) => setAutomaticUpgrades(set, false).changes;
const associated = (set: ScaleSetRecord, { id } = nightly) =>
  associate(set, { id }, [], () => undefined).changes;
const created: Change = {
  id: "createConfiguration",
  kind: "createConfiguration",
  target: configuration("mc-new"),
  title: message("Create"),
  after: {},
  needs: [],
};
const removal = (set: ScaleSetRecord): Change =>
  dissociateWhile({
    id: `${set.id}/providers/Microsoft.Maintenance/configurationAssignments/mc-prod-nightly`,
    properties: { maintenanceConfigurationId: nightly.id },
  });
const health = (set: ScaleSetRecord) =>
  addHealthExtension(set, { protocol: "http", port: 80 }) ?? assert.fail();

describe("the first row says what happens", () => {
  const says: readonly (readonly [string, () => readonly Change[]])[] = [
    [
      "Create resource group rg-web-prod-weu",
      () => [createResourceGroup(cache().id.slice(0, 82), "westeurope")],
    ],
    ["Create mc-new", () => [created]],
    [
      "Create mc-new and associate 2 scale sets",
      () => [created, ...[cache(), worker()].flatMap((set) => associated(set, { id: created.target }))],
    ],
    ["Associate vmss-cache-prod with mc-prod-nightly", () => associated(cache())],
    ["Remove the association of vmss-web-prod", () => [removal(web())]],
    ["Turn on automatic OS upgrades for vmss-cache-prod", () => enable(cache())],
    ["Turn off automatic OS upgrades for vmss-web-prod", () => disable(web())],
    [
      "Turn off automatic OS upgrades for vmss-web-prod and remove the association",
      () => [...disable(web()), removal(web())],
    ],
    [
      "Change the upgrade policy of vmss-cache-prod",
      () => [setUpgradePolicy(cache(), { rollingUpgradePolicy: { maxBatchInstancePercent: 10 } })],
    ],
    ["Add the health extension to 2 scale sets", () => [health(cache()), health(worker())]],
    ["Turn off Windows Update on vmss-worker-prod", () => repairs(worker(), { automaticUpdatesOff: true })],
    [
      "Update the instances of vmss-cache-prod: they may restart now",
      () => [updateInstances(cache(), ["*"])],
    ],
    ["Start the upgrade of vmss-cache-prod: replaces up to 4 OS disks now", () => [startUpgrade(cache())]],
    [
      "Start the upgrade of 2 scale sets: replaces up to 14 OS disks now",
      () => [cache(), worker()].map(startUpgrade),
    ],
    ["Cancel the upgrade of vmss-cache-prod", () => [cancelUpgrade(cache())]],
    ["Approve the deferred upgrade of vmss-cache-prod: can continue now", () => [approveUpgrade(cache())]],
  ];
  for (const [words, changes] of says) {
    test(words, () => {
      const row = first(planned(...changes()));
      assert.ok(row.startsWith(`${words} | `), row);
    });
  }

  test("a plan of several things names the three that matter, and no preparation", () => {
    const plan = planned(
      registerProvider(fleet.production, "Contoso Production"),
      createResourceGroup(configuration("x").split("/providers")[0] ?? "", "westeurope"),
      created,
      ...associated(cache(), { id: created.target }),
      ...enable(cache()),
    );
    assert.equal(
      first(plan),
      "Create mc-new, associate vmss-cache-prod and turn on automatic OS upgrades | 5 changes",
    );
    const more = planned(
      ...repairs(worker(), { automaticUpdatesOff: true }),
      health(worker()),
      ...associated(worker()),
      ...enable(worker()),
      startUpgrade(worker()),
    );
    assert.match(first(more), / and 2 more ·/);
  });

  test("what does not fit on its line is on the second one", () => {
    const sets = Array.from({ length: 20 }, (_, index) => ({ ...worker(), id: `${worker().id}-${index}` }));
    const plan = planned(...sets.flatMap(enable), ...sets.slice(1).map((set) => updateInstances(set, ["*"])));
    assert.equal(
      first(plan),
      "Turn on automatic OS upgrades for 20 scale sets | and update the instances of 19 scale sets · 39 changes",
    );
    const long = { ...cache(), id: `${cache().id}-with-a-name-of-many-characters` };
    assert.equal(
      first(planned(startUpgrade(long))),
      "Start the upgrade of vmss-cache-prod-with-a-name-of-many-characters | replaces OS disks now · 1 change",
    );
  });

  test("in the sandbox it says so", () => {
    assert.equal(
      first(planned(startUpgrade(cache())), { azure: world.lab.azure }),
      "Start the upgrade of vmss-cache-prod in the sandbox | replaces up to 4 OS disks now · 1 change",
    );
  });

  test("where all instances were asked, it has their number", () => {
    const { snapshot } = world.store;
    const freshness = {
      state: "behind",
      newest: "2",
      running: [],
      instancesBehind: 1,
      daysBehind: 9,
    } as const;
    const known = new Map(snapshot.scaleSets).set(idKey(cache().id), { ...cache(), freshness });
    assert.match(
      first(planned(startUpgrade(cache())), { snapshot: () => ({ ...snapshot, scaleSets: known }) }),
      /: replaces 1 OS disk now \|/,
    );
  });
});

describe("what can't be taken back, or acts outside windows, is asked once more", () => {
  const asked = async (plan: Plan, changes: Partial<FlowContext> = {}) => {
    const before = world.confirmations.length;
    const context = world.context([], { azure: azure(), ...changes });
    assert.equal(await isConfirmed(context, plan), true);
    const all = world.confirmations.slice(before);
    assert.ok(all.length <= 1, "a plan is asked about once");
    return all.map(({ question, detail, yes }) => [question, ...detail, yes].map(inEnglish).join("\n"))[0];
  };

  test("a start says what it does, and of one set no list", async () => {
    assert.equal(
      await asked(planned(startUpgrade(cache()))),
      "Start the upgrade of vmss-cache-prod?\nStarts now, outside any maintenance window. Replaced OS disks can't be restored.\nsandbox\nStart Now",
    );
  });

  test("of many sets with their number and the first five", async () => {
    const sets = Array.from({ length: 28 }, (_, index) => ({ ...cache(), id: `${cache().id}-${index}` }));
    const text = await asked(planned(...sets.map(startUpgrade)));
    assert.match(text ?? "", /^Start the upgrade of 28 scale sets\?$/m);
    assert.match(
      text ?? "",
      /^28 scale sets: vmss-cache-prod-0, vmss-cache-prod-1, vmss-cache-prod-2, vmss-cache-prod-3, vmss-cache-prod-4 and 23 more$/m,
    );
  });

  test("so are a cancellation, an approval, updated instances, an extension, a deletion and what no longer exists", async () => {
    const deleted = { ...removal(web()), provided: [{ is: "gone", id: web().id } as const] };
    const deletion: Change = { ...created, kind: "deleteConfiguration" };
    const plans = [
      cancelUpgrade(cache()),
      approveUpgrade(cache()),
      updateInstances(cache(), ["*"]),
      health(cache()),
      deletion,
      deleted,
    ];
    for (const change of plans) assert.ok(await asked(planned(change)), change.kind);
  });

  test("so are upgrades that are left on without a window", async () => {
    const open = /^Without a maintenance window, automatic OS upgrades can start at any time\.$/m;
    assert.match((await asked(planned(removal(web())))) ?? "", open);
    assert.match((await asked(planned(...enable(cache())))) ?? "", open);
    const deletion: Change = {
      ...created,
      kind: "deleteConfiguration",
      target: nightly.id,
      takesAlong: [{ id: removal(web()).target }],
    };
    assert.match(
      (await asked(planned(deletion))) ?? "",
      /20 minutes\.\nWithout a maintenance window, .* at any time\.\nvmss-web-prod\n/,
      "the set, and not once more what the question names",
    );
  });

  test("so is a changed model that Azure brings to the instances at once", async () => {
    const rolling = { ...worker(), resource: withMode("Rolling") };
    const snapshot: Snapshot = {
      ...world.store.snapshot,
      scaleSets: new Map([[idKey(rolling.id), rolling]]),
    };
    const plan = planned(...repairs(rolling, { automaticUpdatesOff: true }));
    assert.match(
      (await asked(plan, { snapshot: () => snapshot })) ?? "",
      /Instances update now, outside any maintenance window/,
    );
    const both = planned(...plan.changes, updateInstances(rolling, ["*"]));
    const said = (await asked(both, { snapshot: () => snapshot })) ?? "";
    assert.equal(said.match(/Instances update now/g)?.length, 1, "the same reason is given once");
    const manual = { ...rolling, resource: withMode("Manual") };
    const kept: Snapshot = { ...snapshot, scaleSets: new Map([[idKey(manual.id), manual]]) };
    assert.equal(await asked(plan, { snapshot: () => kept }), undefined);
  });

  test("what can be undone, and what keeps its window, is not", async () => {
    const plans = [
      planned(
        registerProvider(fleet.production, "x"),
        createResourceGroup(cache().id.slice(0, 82), "westeurope"),
        created,
      ),
      planned(...associated(cache()), ...enable(cache())),
      planned(...disable(web()), removal(web())),
      planned(...associated(web(), { id: configuration("mc-shared-fourth-monday") }), removal(web())),
      planned(setUpgradePolicy(cache(), { rollingUpgradePolicy: { maxBatchInstancePercent: 10 } })),
    ];
    for (const plan of plans) assert.equal(await asked(plan), undefined);
  });
});

const withMode = (mode: string) => {
  const { resource } = worker();
  const properties = resource["properties"] as object;
  return { ...resource, properties: { ...properties, upgradePolicy: { mode } } };
};

describe("a dialog that is left", () => {
  let fresh: World;
  beforeEach(async () => (fresh = await openWorld()));

  test("leads back to the review: the plan is made only when it is confirmed", async () => {
    const answers = [false, true];
    const confirm = () => Promise.resolve(answers.shift() ?? assert.fail("asked again"));
    const start = { scaleSetIds: [cache().id] };
    const run = await fresh.run(
      (context) => startUpgradeFlow(context, start),
      [pick("apply"), pick("apply")],
      { confirm },
    );
    assert.deepEqual(run.titles, ["Review"]);
    assert.equal(run.plan?.changes.length, 1);
    assert.deepEqual(answers, []);
  });

  test("is asked by flows that delete, remove and undo", async () => {
    await fresh.run(
      (context) => removeAssociationFlow(context, { scaleSetIds: [web().id] }),
      [pick("keep"), pick("apply")],
    );
    await fresh.run(
      (context) => deleteConfigurationFlow(context, { configurationIds: [nightly.id] }),
      [pick("disable"), pick("apply")],
    );
    const done = { change: created, outcome: { status: "done", readBack: {} } } as const;
    const now = new Map([[idKey(created.target), { resource: {} }]]);
    const undoing = { planId: "1", title: message("Create"), results: [done], now };
    await fresh.run((context) => undoFlow(context, undoing), [pick("apply")]);
    assert.deepEqual(
      fresh.confirmations.map(({ question }) => inEnglish(question)),
      [
        "Remove the association of vmss-web-prod in the sandbox?",
        "Turn off automatic OS upgrades for 2 scale sets and delete mc-prod-nightly in the sandbox?",
        "Delete mc-new in the sandbox?",
      ],
    );
  });
});

describe("where a plan goes", () => {
  const megan = { id: "1", label: "megan@contoso.com" };
  const through = (tenantName: string, account = megan) => ({ tenantId: tenantName, tenantName, account });
  function reached(throughs: Readonly<Record<string, ReturnType<typeof through>>>): () => Snapshot {
    const { snapshot } = world.store;
    const subscriptions = new Map(
      [...snapshot.subscriptions].map(([id, record]) => [
        id,
        { ...record, subscription: { ...record.subscription, through: throughs[id] ?? through("Contoso") } },
      ]),
    );
    return () => ({ ...snapshot, subscriptions });
  }
  const titleOf = (plan: Plan, changes: Partial<FlowContext>) =>
    inEnglish(reviewOf(world.context([], changes), plan).title);
  const cloud = (name: string) => ({ ...azure(), cloud: { ...world.lab.azure.cloud, name } });
  const both = () =>
    planned(
      startUpgrade(cache()),
      startUpgrade(named("vmss-api-staging", scaleSet("vmss-api-staging", "rg-web-staging", fleet.staging))),
    );

  test("with an account the title has it and its tenant, and the cloud where it is not the public one", () => {
    const plan = planned(startUpgrade(cache()));
    const snapshot = reached({});
    assert.equal(
      titleOf(plan, { azure: cloud("AzureCloud"), snapshot }),
      "Review · megan@contoso.com · Contoso",
    );
    assert.equal(
      titleOf(plan, { azure: cloud("AzureUSGovernment"), snapshot }),
      "Review · megan@contoso.com · Contoso · AzureUSGovernment",
    );
  });

  test("several are those of the plan's targets", () => {
    const staging = { [fleet.staging]: through("Contoso Staging") };
    const context = { azure: cloud("AzureCloud"), snapshot: reached(staging) };
    assert.equal(titleOf(both(), context), "Review · megan@contoso.com · Contoso, Contoso Staging");
    assert.equal(titleOf(planned(startUpgrade(cache())), context), "Review · megan@contoso.com · Contoso");
    const adele = { [fleet.staging]: through("Fabrikam", { id: "2", label: "adele@fabrikam.com" }) };
    assert.equal(
      titleOf(both(), { ...context, snapshot: reached(adele) }),
      "Review · megan@contoso.com · Contoso, adele@fabrikam.com · Fabrikam",
    );
  });

  test("the sandbox has none", async () => {
    assert.equal(titleOf(planned(startUpgrade(cache())), { snapshot: reached({}) }), "Review");
  });
});

test("a plan is exported as code from its review, which stays; one that changes nothing is not", () => {
  const exported: Plan[] = [];
  const context = world.context([], { exportAsCode: async (plan) => void exported.push(plan) });
  const rowOf = (plan: Plan) => {
    const { rows } = reviewOf(context, plan);
    if (typeof rows === "function") return assert.fail();
    return rows.find((row) => row.kind === "action" && inEnglish(row.label) === "Export as Code…");
  };
  const plan = planned(created);
  const row = rowOf(plan);
  assert.ok(row?.kind === "action" && row.asks === true);
  void row.run();
  assert.deepEqual(exported, [plan]);
  assert.equal(rowOf(planned()), undefined);
});
