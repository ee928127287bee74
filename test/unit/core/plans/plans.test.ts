import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import { updateConfiguration } from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { assignmentId, resourceGroupId } from "../../../../src/core/resources/ids.ts";
import type { ScaleSetId } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { associate, createResourceGroup, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import { dissociate } from "../../../../src/core/plans/kinds/dissociate.ts";
import { planOf, plansTogether } from "../../../../src/core/plans/planNeeds.ts";
import type { PlanPart } from "../../../../src/core/plans/plans.ts";
import { configurationIdOf, healthExtension, scaleSet, scaleSetId, subscriptionId } from "../scaleSets.ts";
import type { Wish } from "../scaleSets.ts";

const set = (wish: Wish = {}) => {
  const resource = scaleSet(wish);
  return { id: resource.id, resource };
};

const assignment = (configuration: string, name = configuration, scaleSetName = "web"): JsonObject => ({
  id: assignmentId(scaleSetId(scaleSetName) as ScaleSetId, name),
  name,
  properties: { maintenanceConfigurationId: configurationIdOf(configuration) },
});

/** Scopes by the configurations' names: `host…` is of scope Host, `elsewhere` is not known. */
const scopeOf = (id: string) => {
  const name = id.split("/").at(-1)?.toLowerCase() ?? "";
  return name === "elsewhere" ? undefined : name.startsWith("host") ? "Host" : "osimage";
};

const nightly = { id: configurationIdOf("nightly") };
const kinds = ({ changes }: Plan | PlanPart) =>
  changes.map(({ kind, target }) => `${kind} ${target.split("/").at(-1)}`);
const reasons = ({ leftOut }: PlanPart) => leftOut.map(({ reason }) => inEnglish(reason));
const aks = { tags: { "aks-managed-poolName": "np1" } };

describe("associate", () => {
  it("puts an assignment named after the configuration, at the set's location", () => {
    const { changes, leftOut, warnings } = associate(set(), nightly, [], scopeOf);
    assert.deepEqual([leftOut, warnings], [[], []]);
    assert.deepEqual(changes, [
      {
        id: `associate:${scaleSetId()}/providers/Microsoft.Maintenance/configurationAssignments/nightly`.toLowerCase(),
        kind: "associate",
        target: `${scaleSetId()}/providers/Microsoft.Maintenance/configurationAssignments/nightly`,
        title: message("Associate scale set {0} with maintenance configuration {1}", "web", "nightly"),
        after: {
          location: "westeurope",
          properties: { maintenanceConfigurationId: nightly.id, resourceId: scaleSetId() },
        },
        needs: [],
      },
    ] satisfies Change[]);
  });

  it("leaves out a set that has the configuration, in whatever casing and by whatever name", () => {
    const held = {
      ...assignment("nightly", "other-name"),
      properties: { maintenanceConfigurationId: nightly.id.toUpperCase() },
    };
    const part = associate(set(), nightly, [held], scopeOf);
    assert.deepEqual(kinds(part), []);
    assert.deepEqual(reasons(part), ["Already associated with nightly."]);
  });

  it("replaces another OSImage configuration: the new one first, then the old one goes", () => {
    const part = associate(set(), nightly, [assignment("weekly")], scopeOf);
    assert.deepEqual(kinds(part), ["associate nightly", "dissociate weekly"]);
    const [made, removed] = planOf(message("Move"), part.changes).changes;
    assert.deepEqual(removed?.needs, [made?.id]);
    assert.deepEqual(removed?.before, assignment("weekly"));
    assert.equal(removed?.after, undefined);
  });

  it("removes a second OSImage configuration from a set that has the wanted one", () => {
    const part = associate(set(), nightly, [assignment("nightly"), assignment("weekly")], scopeOf);
    assert.deepEqual(kinds(part), ["dissociate weekly"]);
  });

  it("does not touch assignments of another scope", () => {
    assert.deepEqual(kinds(associate(set(), nightly, [assignment("host-patching")], scopeOf)), [
      "associate nightly",
    ]);
  });

  it("warns of an assignment whose scope is not known, and leaves it", () => {
    const part = associate(set(), nightly, [assignment("elsewhere")], scopeOf);
    assert.deepEqual(kinds(part), ["associate nightly"]);
    assert.match(inEnglish(part.warnings[0] ?? message("")), /elsewhere of unknown scope/);
  });

  it("overwrites an OSImage assignment of the same name in one call, keeping what was there as `before`", () => {
    const held = {
      ...assignment("nightly"),
      properties: { maintenanceConfigurationId: configurationIdOf("nightly", "rg-other") },
    };
    const part = associate(set(), nightly, [held], scopeOf);
    assert.deepEqual(kinds(part), ["associate nightly"]);
    assert.deepEqual(part.changes[0]?.before, held);
  });

  it("never overwrites an assignment of the same name that is for something else", () => {
    const part = associate(set(), nightly, [assignment("host-patching", "nightly")], scopeOf);
    assert.deepEqual(kinds(part), []);
    assert.match(reasons(part)[0] ?? "", /“nightly” is for .*host-patching.*another name/);
  });
});

describe("setAutomaticUpgrades", () => {
  const body = (enableAutomaticOSUpgrade: boolean) => ({
    properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade } } },
  });

  it("patches nothing but the switch", () => {
    const [change] = setAutomaticUpgrades(set({ upgrades: false }), true).changes;
    assert.equal(change?.id, `setUpgradePolicy:${scaleSetId().toLowerCase()}`);
    assert.deepEqual([change.target, change.before, change.after], [scaleSetId(), body(false), body(true)]);
  });

  it("has nothing before where no policy was ever set", () => {
    assert.ok(!("before" in (setAutomaticUpgrades(set({ upgrades: null }), true).changes[0] ?? {})));
  });

  it("leaves out what is already so", () => {
    assert.deepEqual(reasons(setAutomaticUpgrades(set({ upgrades: true }), true)), [
      "Automatic OS upgrades are already on.",
    ]);
    assert.deepEqual(reasons(setAutomaticUpgrades(set({ upgrades: null }), false)), [
      "Automatic OS upgrades are already off.",
    ]);
  });

  it("leaves out a blocked set with reason and way out, unless it is tried anyway", () => {
    const blocked = set({ extensions: [] });
    assert.match(
      reasons(setAutomaticUpgrades(blocked, true))[0] ?? "",
      /health extension was not specified.*Add the Application Health extension/,
    );
    assert.equal(setAutomaticUpgrades(blocked, true, { tryAnyway: true }).changes.length, 1);
  });

  it("disables a set that could not be enabled", () => {
    assert.equal(setAutomaticUpgrades(set({ extensions: [], upgrades: true }), false).changes.length, 1);
  });
});

describe("a set that another service manages", () => {
  it("is left out of every part unless it was picked one by one", () => {
    const part = (picking = {}) => [
      associate(set(aks), nightly, [], scopeOf, picking),
      setAutomaticUpgrades(set(aks), true, picking),
    ];
    for (const one of part()) assert.match(reasons(one)[0] ?? "", /Managed by Azure Kubernetes Service/);
    for (const one of part({ oneByOne: true })) assert.equal(one.changes.length, 1);
  });
});

describe("planOf", () => {
  const group = createResourceGroup(resourceGroupId(subscriptionId, "rg-ops"), "westeurope");
  const configuration = createConfiguration(nightly.id.toLowerCase(), {
    location: "westeurope",
    properties: {},
  });
  const link = associate(set(), nightly, [], scopeOf).changes;
  const enable = setAutomaticUpgrades(set(), true).changes;
  const disable = setAutomaticUpgrades(set({ upgrades: true }), false).changes;
  const unlink = dissociate(assignment("weekly"));
  const needsOf = (changes: readonly Change[]) =>
    planOf(message("Plan"), changes).changes.map(({ kind, needs }) => [
      kind,
      ...needs.map((id) => id.split(":")[0]),
    ]);

  it("goes from group to configuration to association to upgrades", () => {
    assert.deepEqual(needsOf([...enable, ...link, configuration, group]), [
      ["setUpgradePolicy", "associate"],
      ["associate", "createConfiguration"],
      ["createConfiguration", "createResourceGroup"],
      ["createResourceGroup"],
    ]);
  });

  it("takes upgrades off before the association goes", () => {
    assert.deepEqual(needsOf([unlink, ...disable]), [
      ["dissociate", "setUpgradePolicy"],
      ["setUpgradePolicy"],
    ]);
  });

  it("deletes a configuration when its sets have been taken care of, and not where that failed", () => {
    const remove = deleteConfiguration({ id: nightly.id });
    const weekly = { id: configurationIdOf("weekly") };
    const moved = associate(set({ name: "api" }), weekly, [assignment("nightly", "nightly", "api")], scopeOf);
    assert.deepEqual(needsOf([remove, dissociate(assignment("nightly")), ...disable, ...moved.changes]), [
      ["deleteConfiguration", "dissociate", "setUpgradePolicy", "associate", "dissociate"],
      ["dissociate", "setUpgradePolicy"],
      ["setUpgradePolicy"],
      ["associate"],
      ["dissociate", "associate"],
    ]);
  });

  it("edits a configuration at once", () => {
    const edit = updateConfiguration({ id: nightly.id }, {});
    assert.deepEqual(needsOf([edit, ...disable]), [["updateConfiguration"], ["setUpgradePolicy"]]);
  });

  it("makes no set wait for another", () => {
    const other = set({ name: "api" });
    const changes = [
      ...associate(other, nightly, [], scopeOf).changes,
      ...enable,
      dissociate(assignment("weekly", "weekly", "db")),
    ];
    assert.deepEqual(needsOf(changes), [["associate"], ["setUpgradePolicy"], ["dissociate"]]);
  });

  it("sends one change once", () => {
    assert.equal(planOf(message("Plan"), [group, group, ...enable, ...enable]).changes.length, 2);
  });

  it("put together with another plan, sends what both ask for once, after all that either needs", () => {
    const plans = [[configuration, ...link], link, [group, configuration]].map((changes) =>
      planOf(message("Plan"), changes),
    );
    const { changes } = plansTogether(message("Plans"), plans);
    const idsOf = (those: readonly Change[]) => those.map(({ id }) => id);
    assert.deepEqual(idsOf(changes), idsOf([configuration, ...link, group]));
    assert.deepEqual(
      changes.map(({ needs }) => needs),
      [[group.id], [configuration.id], []],
    );
  });

  it("keeps what was left out and what to know", () => {
    const leftOut = [{ target: "x", reason: message("Because.") }];
    const { leftOut: kept, warnings } = planOf(message("Plan"), [], leftOut, [message("Mind.")]);
    assert.deepEqual([kept, warnings], [leftOut, [message("Mind.")]]);
  });

  it("has needs only within the plan and no circle, whatever is wished for", () => {
    const names = fc.constantFrom("web", "api", "db");
    const configurations = fc.constantFrom("nightly", "weekly", "host-patching", "elsewhere");
    const wish = fc.record({
      name: names,
      wanted: configurations,
      held: fc.uniqueArray(configurations, { maxLength: 3 }),
      upgrades: fc.constantFrom(true, false, null),
      turn: fc.constantFrom(true, false, undefined),
      isNew: fc.boolean(),
      managed: fc.boolean(),
      removes: fc.boolean(),
      isBlocked: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
        const parts = wishes.map(
          ({ name, wanted, held, upgrades, turn, isNew, managed, removes, isBlocked }) => {
            const one = set({
              name,
              upgrades,
              ...(managed ? aks : {}),
              extensions: isBlocked ? [] : [healthExtension("Linux")],
            });
            const now = held.map((configuration) => assignment(configuration, configuration, name));
            return [
              ...(isNew ? [group, createConfiguration(configurationIdOf(wanted), {})] : []),
              ...associate(one, { id: configurationIdOf(wanted) }, now, scopeOf).changes,
              ...(turn === undefined ? [] : setAutomaticUpgrades(one, turn).changes),
              ...(removes ? now.map(dissociate) : []),
              ...(removes ? [deleteConfiguration({ id: configurationIdOf(wanted) })] : []),
              ...(isNew ? [] : [updateConfiguration({ id: configurationIdOf(wanted) }, {})]),
            ];
          },
        );
        const { changes } = planOf(message("Plan"), parts.flat());
        const ids = changes.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        const done = new Set<string>();
        for (let progress = true; progress;) {
          const ready = changes.filter(
            ({ id, needs }) => !done.has(id) && needs.every((need) => done.has(need)),
          );
          progress = ready.length > 0;
          for (const { id } of ready) done.add(id);
        }
        assert.equal(done.size, changes.length, "every change can be reached");
        // The same wishes, made again, give the same plan.
        assert.deepEqual(planOf(message("Plan"), changes).changes, changes);
      }),
    );
  });
});
