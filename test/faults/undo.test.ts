import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { problemOf } from "../../src/azure/errors/errors.ts";
import { again } from "../../src/core/plans/again.ts";
import { writable } from "../../src/core/plans/kinds/configuration.ts";
import { deleteConfiguration } from "../../src/core/plans/kinds/deleteConfiguration.ts";
import { editedConfiguration, updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import {
  assignmentId,
  configurationId,
  idKey,
  type IdKey,
  type ScaleSetId,
} from "../../src/core/resources/ids.ts";
import { readByUndo } from "../../src/core/plans/inverses.ts";
import { at, textAt, type JsonObject } from "../../src/core/resources/json.ts";
import { inEnglish, message, verbatim } from "../../src/core/text/message.ts";
import type { Change, ChangeResult, Plan } from "../../src/core/plans/plan.ts";
import { associate, setAutomaticUpgrades } from "../../src/core/plans/plans.ts";
import { createConfiguration } from "../../src/core/plans/kinds/createConfiguration.ts";
import { dissociate } from "../../src/core/plans/kinds/dissociate.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { saysNotFound } from "../../src/core/text/problem.ts";
import type { Now } from "../../src/core/plans/undo.ts";
import { setUpgradePolicy } from "../../src/core/plans/upgradePlans.ts";
import { scopeOf } from "../../src/core/windows/window.ts";
import { folderInMemory } from "../../src/fleet/plans/planFolder.ts";
import { undoFlow } from "../../src/flows/plans/undo.ts";
import type { FlowContext } from "../../src/flows/engine/context.ts";
import type { Question, Reply } from "../../src/flows/engine/question.ts";
import { fleet } from "../unit/azure/support.ts";
import { journalOver } from "./support/kept.ts";
import { configurationNamed, setNamed } from "./support/plans.ts";
import { createWorld, trustSandbox, type World, writeCounts } from "./support/world.ts";

trustSandbox();
const never = new AbortController().signal;

/** Applies a plan and reads it back from its journal, as another window would. */
async function applied(world: World, plan: Plan): Promise<readonly ChangeResult[]> {
  const journal = journalOver(folderInMemory());
  const run = await journal.begin(plan, "sandbox");
  await world.apply(plan, { run });
  await run.close();
  const kept = await journal.plan(run.id);
  assert.ok(kept);
  return kept.plan.changes.map((change) => {
    const outcome = kept.outcomes.get(change.id);
    assert.ok(outcome);
    return { change, outcome };
  });
}

async function readNow(world: World, changes: readonly Change[]): Promise<ReadonlyMap<IdKey, Now>> {
  const now = new Map<IdKey, Now>();
  for (const target of changes.flatMap(readByUndo)) {
    const found = await world.azure.read(target, never).then(
      (resource): Now => ({ resource }),
      (error: unknown): Now =>
        saysNotFound(problemOf(error)) ? "gone" : { unread: problemOf(error).summary },
    );
    now.set(idKey(target), found);
  }
  return now;
}

/** Confirms every plan. */
function contextOf({ azure, store }: World, picked: readonly string[] | string): FlowContext {
  const ask = async (question: Question): Promise<Reply> => {
    assert.ok(question.kind === "pick");
    const rows =
      typeof question.rows === "function" ? await question.rows(never, () => undefined) : question.rows;
    if (question.many !== undefined) return { kind: "value", value: picked };
    const [first] = rows;
    assert.ok(first?.kind === "choice");
    return { kind: "value", value: first.value };
  };
  const drafts = { load: () => undefined, save: async () => undefined, clear: async () => undefined };
  const now = () => new Date().toISOString();
  return { azure, snapshot: () => store.snapshot, now, prompter: { ask }, drafts } as unknown as FlowContext;
}

/** The plan that undoes: `picked` answers what is asked of what was changed since. */
async function undoing(
  world: World,
  results: readonly ChangeResult[],
  picked: readonly string[] | string = "none",
): Promise<Plan> {
  const now = await readNow(
    world,
    results.map(({ change }) => change),
  );
  const plan = await undoFlow(contextOf(world, picked), {
    planId: "1",
    title: verbatim("Plan"),
    results,
    now,
  });
  return plan ?? planOf(verbatim("nothing"), []);
}

/** What can be written of the fleet, as Azure has it: assignments by where they lead, configurations, upgrade policies. */
async function holdings(world: World): Promise<unknown> {
  await world.refresh();
  const { configurations, scaleSets } = world.store.snapshot;
  return {
    configurations: Object.fromEntries(
      [...configurations].map(([key, { resource }]) => [key, { tags: {}, ...writable(resource) }]),
    ),
    scaleSets: Object.fromEntries(
      [...scaleSets].map(([key, { resource, assignments }]) => [
        key,
        {
          assignments:
            "known" in assignments
              ? assignments.known
                  .map(
                    (one) =>
                      `${textAt(one, "name")} ${idKey(textAt(one, "properties", "maintenanceConfigurationId") ?? "")}`,
                  )
                  .sort()
              : "unknown",
          policy: {
            mode: at(resource, "properties", "upgradePolicy", "mode"),
            isOn:
              at(
                resource,
                "properties",
                "upgradePolicy",
                "automaticOSUpgradePolicy",
                "enableAutomaticOSUpgrade",
              ) ?? false,
            batch:
              at(
                resource,
                "properties",
                "upgradePolicy",
                "rollingUpgradePolicy",
                "maxBatchInstancePercent",
              ) ?? 20,
          },
        },
      ]),
    ),
  };
}

const window = { startDateTime: "2099-01-01 22:00", duration: "05:00", timeZone: "UTC", recurEvery: "Day" };

/** Plans over a few sets and configurations of the small fleet, each as its flow would make it. */
const wishes: Readonly<Record<string, (world: World) => readonly Change[]>> = {
  associate: (world) =>
    associate(
      setNamed(world, "vmss-cache-prod"),
      configurationNamed(world, "mc-prod-nightly"),
      [],
      () => "OSImage",
    ).changes,
  move: (world) => {
    const set = setNamed(world, "vmss-search-prod");
    assert.ok("known" in set.assignments);
    const scope = (id: string) => {
      const found = world.store.snapshot.configurations.get(idKey(id));
      return found && scopeOf(found.resource);
    };
    return associate(set, configurationNamed(world, "mc-staging-daily"), set.assignments.known, scope)
      .changes;
  },
  remove: (world) => {
    const { assignments } = setNamed(world, "vmss-web-prod");
    return "known" in assignments ? assignments.known.map(dissociate) : [];
  },
  enable: (world) => setAutomaticUpgrades(setNamed(world, "vmss-cache-prod"), true).changes,
  disable: (world) => setAutomaticUpgrades(setNamed(world, "vmss-web-prod"), false).changes,
  policy: (world) => [
    setUpgradePolicy(setNamed(world, "vmss-worker-prod"), {
      rollingUpgradePolicy: { maxBatchInstancePercent: 35 },
    }),
  ],
  create: () => [
    createConfiguration(configurationId(fleet.shared, "rg-maintenance", "mc-made"), {
      location: "westeurope",
      properties: { maintenanceScope: "OSImage", maintenanceWindow: window },
    }),
  ],
  edit: (world) => {
    const { resource } = configurationNamed(world, "mc-staging-daily");
    return [
      updateConfiguration(
        resource,
        editedConfiguration(resource, { tags: { edited: "yes", environment: undefined } }),
      ),
    ];
  },
};

test("property: a plan and then its inverse leave what was there before", async () => {
  const names = fc.subarray(Object.keys(wishes), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(names, async (chosen) => {
      await using world = await createWorld();
      const before = await holdings(world);
      const plan = planOf(
        message("Plan"),
        chosen.flatMap((name) => wishes[name]?.(world) ?? []),
      );
      const results = await applied(world, plan);
      assert.ok(
        results.every(({ outcome }) => outcome.status === "done"),
        JSON.stringify(results.map(({ outcome }) => outcome)),
      );
      assert.notDeepEqual(await holdings(world), before);
      const undo = await undoing(world, results);
      assert.equal(undo.changes.length, plan.changes.length);
      const undone = await applied(world, undo);
      assert.ok(
        undone.every(({ outcome }) => outcome.status === "done"),
        JSON.stringify(undone.map(({ change, outcome }) => [inEnglish(change.title), outcome])),
      );
      assert.deepEqual(await holdings(world), before);
    }),
    { numRuns: 12 },
  );
});

describe("undoing", () => {
  const reasons = ({ leftOut }: Plan) => leftOut.map(({ reason }) => inEnglish(reason));

  test("a deletion creates the configuration again, and says that Azure may refuse its name for a while", async () => {
    await using world = await createWorld();
    const { resource } = configurationNamed(world, "mc-staging-daily");
    const results = await applied(world, planOf(message("Delete"), [deleteConfiguration(resource)]));
    const undo = await undoing(world, results);
    assert.deepEqual(
      undo.changes.map(({ kind }) => kind),
      ["createConfiguration"],
    );
    assert.match(undo.warnings.map(inEnglish).join(), /about 20 minutes/);
  });

  test("a deletion associates the sets again whose associations Azure removed with the configuration", async () => {
    await using world = await createWorld();
    const before = await holdings(world);
    const { resource, scaleSets } = configurationNamed(world, "mc-prod-nightly");
    const assignments = scaleSets.flatMap((key) => {
      const set = world.store.snapshot.scaleSets.get(key);
      if (set === undefined || !("known" in set.assignments)) return [];
      return set.assignments.known.filter((one) => textAt(one, "name") === "mc-prod-nightly");
    });
    assert.ok(assignments.length > 1);
    const results = await applied(
      world,
      planOf(message("Delete"), [deleteConfiguration(resource, assignments)]),
    );
    assert.notDeepEqual(await holdings(world), before);
    const undo = await undoing(world, results);
    assert.equal(undo.changes.length, 1 + assignments.length);
    await world.ask("POST", "/sandbox/clock", { advance: "PT30M" }); // Azure refuses the name before
    const undone = await applied(world, undo);
    assert.deepEqual(
      undone.filter(({ outcome }) => outcome.status !== "done"),
      [],
    );
    await world.refresh();
    const again = configurationNamed(world, "mc-prod-nightly");
    assert.match(
      undo.changes.map(({ title }) => inEnglish(title)).join("\n"),
      /Create maintenance configuration mc-prod-nightly again, starting \d{4}-\d\d-\d\d 22:00/,
    );
    const startOf = (one: JsonObject) =>
      textAt(one, "properties", "maintenanceWindow", "startDateTime") ?? "";
    const withStart = JSON.stringify(await holdings(world)).replace(
      startOf(again.resource),
      startOf(resource),
    );
    assert.deepEqual(JSON.parse(withStart), JSON.parse(JSON.stringify(before)));
  });

  test("leaves out what was changed since, and takes it back where that is picked", async () => {
    await using world = await createWorld();
    const plan = planOf(message("Plan"), [
      ...(wishes["enable"]?.(world) ?? []),
      ...(wishes["policy"]?.(world) ?? []),
    ]);
    const results = await applied(world, plan);
    const set = setNamed(world, "vmss-worker-prod");
    await world.ask("PATCH", `${set.id}?api-version=2024-07-01`, {
      properties: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 50 } } },
    });
    const undo = await undoing(world, results);
    assert.deepEqual(
      undo.changes.map(({ target }) => idKey(target)),
      [idKey(setNamed(world, "vmss-cache-prod").id)],
    );
    assert.deepEqual(reasons(undo), ["It has changed again since."]);
    const both = await undoing(world, results, [plan.changes[1]?.id ?? ""]);
    assert.equal(both.changes.length, 2);
  });

  test("warns where a set that is associated again has got another configuration since", async () => {
    await using world = await createWorld();
    const set = setNamed(world, "vmss-api-prod");
    assert.ok("known" in set.assignments);
    const [assignment] = set.assignments.known;
    assert.ok(assignment);
    const results = await applied(world, planOf(message("Remove"), [dissociate(assignment)]));
    await world.refresh();
    assert.deepEqual((await undoing(world, results)).warnings, []);
    const other = configurationNamed(world, "mc-staging-daily");
    const link = assignmentId(set.id as ScaleSetId, "mc-staging-daily");
    await world.ask("PUT", `${link}?api-version=2023-04-01`, {
      location: "westeurope",
      properties: { maintenanceConfigurationId: other.id, resourceId: set.id },
    });
    await world.refresh();
    const undo = await undoing(world, results);
    assert.equal(undo.changes.length, 1);
    assert.match(undo.warnings.map(inEnglish).join(), /now have another configuration.*: vmss-api-prod/);
  });

  test("leaves out an association whose configuration has been deleted since", async () => {
    await using world = await createWorld();
    const set = setNamed(world, "vmss-api-prod");
    assert.ok("known" in set.assignments);
    const [assignment] = set.assignments.known;
    assert.ok(assignment);
    const changes = [dissociate(assignment), ...(wishes["enable"]?.(world) ?? [])];
    const results = await applied(world, planOf(message("Remove"), changes));
    const { id } = configurationNamed(world, "mc-prod-nightly");
    await world.ask("DELETE", `${id}?api-version=2023-04-01`);
    const undo = await undoing(world, results);
    assert.deepEqual(
      undo.changes.map(({ kind }) => kind),
      ["setUpgradePolicy"],
    );
    assert.deepEqual(reasons(undo), ["Its configuration mc-prod-nightly was deleted."]);
  });

  test("says of what has no inverse why, and of a configuration who else uses it", async () => {
    await using world = await createWorld();
    const changes = [...(wishes["create"]?.(world) ?? []), ...(wishes["enable"]?.(world) ?? [])];
    const results = await applied(world, planOf(message("Create"), changes));
    const id = configurationId(fleet.shared, "rg-maintenance", "mc-made");
    const user = setNamed(world, "vmss-cache-prod");
    const link = assignmentId(user.id as ScaleSetId, "mc-made");
    await world.ask("PUT", `${link}?api-version=2023-04-01`, {
      location: "westeurope",
      properties: { maintenanceConfigurationId: id, resourceId: user.id },
    });
    await world.refresh();
    const started: ChangeResult = {
      change: { id: "s", kind: "startUpgrade", target: user.id, title: verbatim("Start"), needs: [] },
      outcome: { status: "done" },
    };
    const undo = await undoing(world, [...results, started]);
    assert.equal(undo.changes.length, 1, "the upgrades, which are on, are off again");
    const [upgrade, used] = reasons(undo);
    assert.match(upgrade ?? "", /can't go back to the earlier image/);
    assert.match(used ?? "", /Other scale sets now use it: vmss-cache-prod/);
  });
});

test("making failed changes again sends them once, with what is there now, and leaves out what is done already", async () => {
  await using world = await createWorld();
  const changes = ["associate", "enable"].flatMap((name) => wishes[name]?.(world) ?? []);
  const plan = planOf(message("Plan"), changes);
  await world.order({ match: { method: "PUT", path: "/configurationAssignments/" }, do: { status: 400 } });
  const results = await applied(world, plan);
  assert.deepEqual(
    results.map(({ outcome }) => outcome.status),
    ["failed", "skipped"],
  );
  await world.requests();
  const now = await readNow(world, changes);
  const retried = changes.map((change) => again(change, now.get(idKey(change.target)) ?? "gone"));
  const second = planOf(
    message("Again"),
    retried.flatMap((part) => ("change" in part ? [part.change] : [])),
  );
  assert.deepEqual((await world.apply(second)).outcomes, ["done", "done"]);
  assert.deepEqual(writeCounts(await world.requests()), {
    "PUT configurationAssignments/mc-prod-nightly": [1, 1],
    "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1],
  });
  const later = await readNow(world, changes);
  for (const change of changes)
    assert.ok("reason" in again(change, later.get(idKey(change.target)) ?? "gone"));
});
