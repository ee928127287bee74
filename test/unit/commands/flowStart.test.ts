/** What a flow is started on, by the nodes of the tree. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { idKey, nameOf } from "../../../src/core/resources/ids.ts";
import { startOnBoth, startOnSets, type ShownFleet } from "../../../src/commands/flowStart.ts";
import type { Grouping } from "../../../src/tree/fleet/grouping.ts";
import type { TreeNode } from "../../../src/tree/treeNode.ts";
import { configuration, fleet, scaleSet } from "../azure/support.ts";
import { openWorld, type World } from "../flows/world.ts";

let world: World;
before(async () => (world = await openWorld()));

/** The view with this filter's result, and grouped so. */
const shown = (ids?: readonly string[], grouping: Grouping = { by: "state" }): ShownFleet => ({
  store: world.store,
  fleetView: { filter: ids === undefined ? "" : "text", grouping, shownScaleSets: () => ids ?? [] },
});

const node = (kind: string, more: object) => ({ kind, ...more }) as unknown as TreeNode;
const nightly = configuration("mc-prod-nightly");
const web = scaleSet("vmss-web-prod");
const subscription = node("subscription", {
  subscriptionId: fleet.staging,
  resourceId: `/subscriptions/${fleet.staging}`,
});
const namesOf = (ids: readonly string[] = []) => ids.map(nameOf).toSorted();
const namesIn = (test: (id: string) => boolean) =>
  [...world.store.snapshot.scaleSets.values()]
    .filter(({ id }) => test(id))
    .map(({ name }) => name)
    .toSorted();

test("nothing from the palette, and scale sets as they were picked", () => {
  assert.deepEqual(startOnSets([], shown()), { scaleSetIds: [] });
  assert.deepEqual(startOnSets([node("scaleSet", { resourceId: web }), subscription], shown()), {
    scaleSetIds: [web],
  });
});

test("a subscription and a configuration stand for their sets, as far as the filter shows them", () => {
  const staging = namesIn((id) => id.includes(fleet.staging));
  assert.deepEqual(namesOf(startOnSets([subscription], shown()).among), staging);
  const of = startOnSets([node("configuration", { resourceId: nightly })], shown()).among;
  const keys = world.store.snapshot.configurations.get(idKey(nightly))?.scaleSets ?? [];
  assert.deepEqual(of?.map(idKey).toSorted(), [...keys].toSorted());
  assert.deepEqual(
    startOnSets([node("configuration", { resourceId: nightly })], shown([web.toUpperCase()])).among,
    [world.store.snapshot.scaleSets.get(idKey(web))?.id],
  );
});

test("a group stands for the sets that are in it", () => {
  const broken = [...world.store.snapshot.scaleSets.values()].filter(
    ({ coverage }) => coverage.state === "broken",
  );
  assert.ok(broken.length > 0);
  const { among } = startOnSets([node("group", { grouping: "state", value: "broken" })], shown());
  assert.deepEqual(namesOf(among), broken.map(({ name }) => name).toSorted());
});

test("where a configuration is what the sets get, it stands for itself", () => {
  const start = startOnBoth([node("configuration", { resourceId: nightly }), subscription], shown());
  assert.deepEqual(start.configurationIds, [nightly]);
  assert.deepEqual(
    namesOf(start.among),
    namesIn((id) => id.includes(fleet.staging)),
  );
  assert.deepEqual(startOnBoth([node("configuration", { resourceId: nightly })], shown()), {
    scaleSetIds: [],
    configurationIds: [nightly],
  });
});
