/** What becomes of Windows Update where automatic OS upgrades go off, and where Azure refuses to enable them beside it. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { comparedByUndo, readByUndo } from "../../../../src/core/plans/inverses.ts";
import { toRetry } from "../../../../src/core/plans/leftToDo.ts";
import type { ChangeResult, Plan } from "../../../../src/core/plans/plan.ts";
import type { Now } from "../../../../src/core/plans/undo.ts";
import { isRefusedForWindowsUpdate } from "../../../../src/core/plans/windowsUpdate.ts";
import { idKey, type IdKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { at, type JsonObject } from "../../../../src/core/resources/json.ts";
import { windowsUpdatePath } from "../../../../src/core/resources/scaleSet.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { removeAssociationFlow } from "../../../../src/flows/associations/removeAssociation.ts";
import { deleteConfigurationFlow } from "../../../../src/flows/configurations/deleteConfiguration.ts";
import { pauseConfigurationFlow } from "../../../../src/flows/configurations/pauseConfiguration.ts";
import type { FlowContext } from "../../../../src/flows/engine/context.ts";
import { retryFlow } from "../../../../src/flows/plans/retry.ts";
import { undoFlow } from "../../../../src/flows/plans/undo.ts";
import { disableUpgradesFlow } from "../../../../src/flows/upgrades/disableUpgrades.ts";
import { enableUpgradesFlow } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import { answer, configuration, never } from "../../azure/support.ts";
import { planText } from "../../../support/planText.ts";
import { look, pick, textOf, type Move } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.store.dispose());

const named = (name: string) =>
  [...world.store.snapshot.scaleSets.values()].find((set) => set.name === name) ?? assert.fail(name);
const firstRow: Move = ({ rows }) => {
  const [first] = rows.flatMap((row) => (row.kind === "choice" ? [row.value] : []));
  return { kind: "value", value: first ?? assert.fail("there is no row") };
};
const restore = "Also turn Windows Update on again";
const disable = (id: string) => (context: FlowContext) => disableUpgradesFlow(context, { scaleSetIds: [id] });
const enable = (id: string) => (context: FlowContext) => enableUpgradesFlow(context, { scaleSetIds: [id] });
const kindsOf = (plan: Plan | undefined) =>
  plan?.changes.map(({ kind, target }) => `${kind} ${nameOf(target)}`) ?? [];
const warningsOf = (plan: Plan | undefined) => (plan?.warnings ?? []).map(inEnglish);
const heldUpdates = async (id: string) =>
  at((await world.lab.ask("GET", `${id}?api-version=2024-07-01`)).json, ...windowsUpdatePath);

async function apply(plan: Plan | undefined): Promise<readonly ChangeResult[]> {
  const results = await world.lab.azure.apply(plan ?? assert.fail("there is no plan"), { signal: never });
  await world.store.refresh(never);
  await world.store.settled();
  return results;
}

/** A result as the journal has it for undoing. */
function asKept({ change, outcome }: ChangeResult): ChangeResult {
  const readBack = outcome.status === "done" && outcome.readBack && comparedByUndo(change, outcome.readBack);
  return {
    change,
    outcome:
      readBack === undefined || readBack === false ? outcome : { ...outcome, status: "done", readBack },
  };
}

const isDone = ({ outcome }: ChangeResult) => outcome.status === "done";

/** What is there now of these, as the commands read it. */
async function nowOf(ids: readonly string[]): Promise<ReadonlyMap<IdKey, Now>> {
  const read = ids.map(
    async (id) => [idKey(id), { resource: await world.lab.azure.read(id, never) }] as const,
  );
  return new Map<IdKey, Now>(await Promise.all(read));
}

describe("disabling upgrades of a Windows set", () => {
  test("says that Windows Update stays off, and turns it on again only where that is chosen", async () => {
    const { id } = named("vmss-api-prod");
    const { plan, last } = await world.run(disable(id), [pick("apply")]);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-api-prod"]);
    assert.deepEqual(warningsOf(plan), [
      "Observed: Windows Update stays off on vmss-api-prod after you turn off automatic OS upgrades.",
    ]);
    assert.match(
      last,
      /^Also turn Windows Update on again \| vmss-api-prod \| A second change after upgrades are off\. In upgrade mode Automatic or Rolling, it affects running instances now\.$/m,
    );
    assert.ok((await apply(plan)).every(isDone));
    assert.equal(await heldUpdates(id), false, "recorded: disabling leaves it off");
  });

  test("turns it on again as a second change, which needs the first and upgrades that are off", async () => {
    const { id } = named("vmss-api-prod");
    const { plan, titles } = await world.run(disable(id), [
      pick(restore),
      look(
        (asked) => assert.match(textOf(asked), /^Keep Windows Update off \| vmss-api-prod$/m),
        pick("apply"),
      ),
    ]);
    assert.deepEqual(titles, ["Review", "Review"]);
    const [off, on] = plan?.changes ?? [];
    assert.ok(off && on);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-api-prod", "setAutomaticUpdates vmss-api-prod"]);
    assert.deepEqual(on.needs, [off.id]);
    assert.deepEqual(on.provided, [{ is: "off", id }]);
    assert.doesNotMatch(warningsOf(plan).join("\n"), /stays off/);
    assert.ok((await apply(plan)).every(isDone));
    assert.equal(await heldUpdates(id), true);
  });

  test("says what that does to running machines, by the upgrade mode", async () => {
    const set = named("vmss-api-prod");
    const inMode = (mode: string) => ({
      snapshot: () => {
        const { properties } = set.resource as { readonly properties: JsonObject };
        const upgradePolicy = { ...(properties["upgradePolicy"] as JsonObject), mode };
        const resource = { ...set.resource, properties: { ...properties, upgradePolicy } };
        return { ...world.store.snapshot, scaleSets: new Map([[idKey(set.id), { ...set, resource }]]) };
      },
    });
    for (const [mode, says] of [
      ["Automatic", /With upgrade mode Automatic, the instances of vmss-api-prod get .*right away/],
      ["Rolling", /With upgrade mode Rolling, the instances .* right away, batch by batch/],
      ["Manual", /With upgrade mode Manual, the instances of vmss-api-prod keep their model/],
    ] as const) {
      const { plan } = await world.run(disable(set.id), [pick(restore), pick("apply")], inMode(mode));
      assert.match(warningsOf(plan).join("\n"), says);
    }
  });

  test("is left off again when that is chosen, and is no matter of Linux", async () => {
    const leave = [pick(restore), pick("Keep Windows Update off"), pick("apply")];
    const { plan } = await world.run(disable(named("vmss-api-prod").id), leave);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-api-prod"]);
    const linux = await world.run(disable(named("vmss-checkout-prod").id), [pick("apply")]);
    assert.doesNotMatch(linux.last, /Windows Update/);
  });
});

describe("other ways to the end of upgrades", () => {
  test("deleting a configuration offers it, with the deletion waiting for neither more nor less", async () => {
    const ids = [configuration("mc-prod-nightly")];
    const { plan, last } = await world.run(
      (context) => deleteConfigurationFlow(context, { configurationIds: ids }),
      [pick("disable"), pick(restore), pick("apply")],
    );
    const kinds = kindsOf(plan);
    assert.ok(kinds.includes("setAutomaticUpdates vmss-api-prod"), kinds.join());
    assert.match(last, /Keep Windows Update off/);
    const deletion = plan?.changes.at(-1);
    assert.equal(deletion?.kind, "deleteConfiguration");
    assert.ok(deletion.needs.length > 0 && deletion.needs.every((id) => id.startsWith("setUpgradePolicy")));
  });

  test("deleting says that it stays off where nothing is chosen", async () => {
    const ids = [configuration("mc-prod-nightly")];
    const { plan } = await world.run(
      (context) => deleteConfigurationFlow(context, { configurationIds: ids }),
      [pick("disable"), pick("apply")],
    );
    assert.match(warningsOf(plan).join("\n"), /^Observed: Windows Update stays off on vmss-api-prod/m);
    assert.ok(!kindsOf(plan).some((kind) => kind.startsWith("setAutomaticUpdates")));
  });

  test("removing an association and pausing offer it too", async () => {
    const { id } = named("vmss-api-prod");
    const removal = await world.run(
      (context) => removeAssociationFlow(context, { scaleSetIds: [id] }),
      [pick("disable"), pick(restore), pick("apply")],
    );
    assert.ok(kindsOf(removal.plan).includes("setAutomaticUpdates vmss-api-prod"));
    const pause = await world.run(
      (context) => pauseConfigurationFlow(context, { configurationIds: [configuration("mc-prod-nightly")] }),
      [firstRow, pick("disable"), pick(restore), pick("apply")],
    );
    assert.ok(kindsOf(pause.plan).includes("setAutomaticUpdates vmss-api-prod"));
  });
});

describe("enabling and its undoing", () => {
  const undoing = async (results: readonly ChangeResult[], title: Plan["title"]) => ({
    planId: "p",
    title,
    results: results.map(asKept),
    now: await nowOf(results.flatMap(({ change }) => readByUndo(change))),
  });

  test("the review says what Azure does, the results whether it did, and undoing offers the way back", async () => {
    const { id } = named("vmss-reporting-prod");
    assert.equal(await heldUpdates(id), true);
    const { plan, last } = await world.run(enable(id), [pick("apply")]);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-reporting-prod"]);
    assert.match(last, /^Azure turns off Windows Update on vmss-reporting-prod with this change\.$/m);
    const results = await apply(plan);
    assert.match(
      planText(plan ?? assert.fail(), results),
      /✓ Done · .*\nTurn on automatic OS upgrades .*\n(?:.*\n)*Azure turned off Windows Update\.$/m,
    );
    assert.equal(await heldUpdates(id), false);
    const undo = await undoing(results, plan?.title ?? assert.fail());
    const plain = await world.run((context) => undoFlow(context, undo), [pick("apply")]);
    assert.deepEqual(kindsOf(plain.plan), ["setUpgradePolicy vmss-reporting-prod"]);
    assert.deepEqual(warningsOf(plain.plan), [
      "Observed: Windows Update stays off on vmss-reporting-prod after you turn off automatic OS upgrades.",
    ]);
    const back = await world.run((context) => undoFlow(context, undo), [pick(restore), pick("apply")]);
    assert.deepEqual(kindsOf(back.plan), [
      "setUpgradePolicy vmss-reporting-prod",
      "setAutomaticUpdates vmss-reporting-prod",
    ]);
    assert.ok((await apply(back.plan)).every(isDone));
    assert.equal(await heldUpdates(id), true);
  });

  test("undoing a disabling enables again, which turns a Windows Update off that was restored", async () => {
    const { id } = named("vmss-api-prod");
    const { plan } = await world.run(disable(id), [pick(restore), pick("apply")]);
    const results = await apply(plan);
    const [off] = results;
    const undo = await undoing(off === undefined ? [] : [off], plan?.title ?? assert.fail());
    const undone = await world.run((context) => undoFlow(context, undo), [pick("apply")]);
    assert.match(undone.last, /^Azure turns off Windows Update on vmss-api-prod with this change\.$/m);
    assert.equal(at(undone.plan?.changes[0]?.before, ...windowsUpdatePath), true);
  });

  test("undoing has nothing to say where Windows Update was off before", async () => {
    const { id } = named("vmss-api-prod");
    await apply((await world.run(disable(id), [pick("apply")])).plan);
    const { plan, last } = await world.run(enable(id), [pick("apply")]);
    assert.doesNotMatch(last, /Windows Update/);
    const undo = await undoing(await apply(plan), plan?.title ?? assert.fail());
    const undone = await world.run((context) => undoFlow(context, undo), [pick("apply")]);
    assert.doesNotMatch(undone.last, /Windows Update/);
  });
});

describe("where Azure refuses all the same", () => {
  /** Word for word as reported in Azure/aks-engine #1795. */
  const refusal = {
    error: {
      code: "BadRequest",
      message:
        "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
    },
  };

  test("the retry turns Windows Update off first and says what that does; a plain retry sends the same", async () => {
    const { id } = named("vmss-reporting-prod");
    const { plan } = await world.run(enable(id), [pick("apply")]);
    assert.ok(plan);
    world.lab.fault = (request) => (request.method === "PATCH" ? answer(request, 400, refusal) : undefined);
    const results = await apply(plan);
    assert.deepEqual(results.map(isRefusedForWindowsUpdate), [true]);
    assert.match(planText(plan, results), /Turn Windows Update Off and Retry/);
    world.lab.fault = undefined;
    const { changes } = toRetry(results);
    const again = { planId: "p", title: plan.title, changes, now: await nowOf([id]) };
    const plain = await world.run((context) => retryFlow(context, again), [pick("apply")]);
    assert.deepEqual(kindsOf(plain.plan), ["setUpgradePolicy vmss-reporting-prod"]);
    assert.match(
      warningsOf(plain.plan).join("\n"),
      /^Azure turns off Windows Update on vmss-reporting-prod/m,
    );
    const off = { ...again, updatesOff: new Set([idKey(id)]) };
    const retried = await world.run((context) => retryFlow(context, off), [pick("apply")]);
    assert.deepEqual(kindsOf(retried.plan), [
      "setAutomaticUpdates vmss-reporting-prod",
      "setUpgradePolicy vmss-reporting-prod",
    ]);
    const [first, second] = retried.plan?.changes ?? [];
    assert.deepEqual(second?.needs, [first?.id]);
    assert.match(
      warningsOf(retried.plan).join("\n"),
      /^With upgrade mode Manual, the instances of vmss-reporting-prod keep/m,
    );
    assert.doesNotMatch(warningsOf(retried.plan).join("\n"), /Azure turns off Windows Update/);
    const done = await apply(retried.plan);
    assert.ok(done.every(isDone));
    assert.doesNotMatch(JSON.stringify(done), /Azure turned off Windows Update/, "we did");
    assert.equal(await heldUpdates(id), false);
  });

  test("another refusal offers nothing of the kind", async () => {
    const { id } = named("vmss-reporting-prod");
    const { plan } = await world.run(enable(id), [pick("apply")]);
    world.lab.fault = (request) =>
      request.method === "PATCH"
        ? answer(request, 400, { error: { code: "BadRequest", message: "No." } })
        : undefined;
    assert.deepEqual((await apply(plan)).map(isRefusedForWindowsUpdate), [false]);
  });
});
