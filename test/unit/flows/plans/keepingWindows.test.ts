/** Plans that are made of earlier ones, and the windows of their scale sets as things are now. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import { dissociate, dissociateWhile } from "../../../../src/core/plans/kinds/dissociate.ts";
import type { Change } from "../../../../src/core/plans/plan.ts";
import { associate, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { assignmentId, idKey, type ScaleSetId } from "../../../../src/core/resources/ids.ts";
import { at } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { ScaleSetRecord } from "../../../../src/fleet/snapshot/snapshot.ts";
import { keepingWindows, withRemovalConditions } from "../../../../src/flows/plans/keepingWindows.ts";
import { configuration, scaleSet } from "../../azure/support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));
after(() => world.store.dispose());

const nightly = configuration("mc-prod-nightly");
const setNamed = (name: string): ScaleSetRecord =>
  world.store.snapshot.scaleSets.get(idKey(scaleSet(name))) ?? assert.fail(name);
const removalOf = (set: ScaleSetRecord) => {
  assert.ok("known" in set.assignments && set.assignments.known.length === 1, set.name);
  const [assignment = {}] = set.assignments.known;
  return dissociate(assignment);
};
const enablingOf = (set: ScaleSetRecord): readonly Change[] => {
  const off = { ...set, resource: { ...set.resource, properties: {} } };
  return setAutomaticUpgrades(off, true, { tryAnyway: true }).changes;
};
const kept = (changes: readonly Change[]) => {
  const { snapshot } = world.store;
  const { warnings, ...parts } = keepingWindows(withRemovalConditions(changes, snapshot), snapshot);
  return { ...parts, warnings: warnings.map(inEnglish) };
};

test("a removal that leaves a set with upgrades on without a window turns them off first", () => {
  const { changes, warnings } = kept([removalOf(setNamed("vmss-api-prod"))]);
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ["setUpgradePolicy", "dissociate"],
  );
  const switched = at(changes[0]?.after, "properties", "upgradePolicy", "automaticOSUpgradePolicy");
  assert.deepEqual(switched, { enableAutomaticOSUpgrade: false });
  assert.deepEqual(changes[1]?.provided, [{ is: "off", id: setNamed("vmss-api-prod").id }]);
  assert.match(warnings.join(), /^Turns off automatic OS upgrades first, .*: vmss-api-prod/);
});

test("a removal beside an association that is made relies on that one, and upgrades stay on", () => {
  const set = setNamed("vmss-api-prod");
  const other = { id: configuration("mc-shared-fourth-monday") };
  const made = associate(set, other, [], () => "OSImage").changes;
  const { changes, warnings } = kept([...made, removalOf(set)]);
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ["associate", "dissociate"],
  );
  assert.deepEqual(changes[1]?.provided, [
    { is: "associated", id: made[0]?.target, configurationId: other.id },
    { is: "there", id: other.id },
  ]);
  assert.deepEqual(warnings, []);
});

test("a removal whose replacement is neither there nor made is left out", () => {
  const set = setNamed("vmss-api-prod");
  const { before: assignment = {} } = removalOf(set);
  const replacement = assignmentId(set.id as ScaleSetId, "mc-new");
  const removal = dissociateWhile(assignment, {
    is: "associated",
    id: replacement,
    configurationId: configuration("mc-new"),
  });
  const { changes, leftOut } = kept([removal]);
  assert.deepEqual(changes, []);
  assert.deepEqual(
    leftOut.map(({ reason }) => inEnglish(reason)),
    ["Its replacement, association mc-new, is missing. Start from the scale set instead."],
  );
});

test("a deletion of a configuration that sets still use, which it did not show, is left out", () => {
  const { resource } = world.store.snapshot.configurations.get(idKey(nightly)) ?? assert.fail();
  const { changes, leftOut } = kept([deleteConfiguration(resource, [], [])]);
  assert.deepEqual(changes, []);
  assert.match(leftOut.map(({ reason }) => inEnglish(reason)).join(), /^Still used by .*vmss-api-prod/);
});

test("upgrades that are turned on are bound to the window that the set has now", () => {
  const set = setNamed("vmss-api-prod");
  const { changes, warnings } = kept(enablingOf(set));
  const [{ provided: [associated, configured] = [] } = assert.fail()] = changes;
  assert.deepEqual([associated?.is, configured?.is], ["associated", "there"]);
  assert.equal(idKey(configured?.id ?? ""), idKey(nightly));
  assert.deepEqual(warnings, []);
});

test("upgrades that are turned on without a window are told so", () => {
  const set = setNamed("vmss-cache-prod");
  const stale = enablingOf(set).map((change): Change => ({
    ...change,
    provided: [{ is: "there", id: nightly }],
  }));
  const { changes, warnings } = kept(stale);
  assert.equal(changes[0]?.provided, undefined);
  assert.deepEqual(warnings, ["No confirmed window for vmss-cache-prod: upgrades may start at any time."]);
});
