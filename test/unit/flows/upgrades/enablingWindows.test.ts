/** The window that upgrades are turned on in, and what the review says where there is none. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { ScaleSetRecord } from "../../../../src/fleet/snapshot/snapshot.ts";
import { windowOf } from "../../../../src/flows/associations/assignments.ts";
import { enablingAsItIs } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import { configuration, scaleSet } from "../../azure/support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));
after(() => world.store.dispose());

/** A set, as if its upgrades were off. */
const setOf = (id: string): ScaleSetRecord => {
  const set = world.store.snapshot.scaleSets.get(idKey(id)) ?? assert.fail(id);
  const { upgradePolicy: _, ...properties } = set.resource["properties"] as Record<string, never>;
  return { ...set, resource: { ...set.resource, properties } };
};
const enabled = (id: string) =>
  enablingAsItIs(world.store.snapshot, setOf(id), { anyway: id }, { oneByOne: true });

const ledger = scaleSet("vmss-ledger-prod", "rg-data-prod-weu");

test("an association that leads to a configuration that is gone is no window, and the review says so", () => {
  assert.equal(windowOf(world.store.snapshot, setOf(ledger)), "none");
  const { changes, warnings } = enabled(ledger);
  assert.deepEqual(
    changes.map(({ provided }) => provided),
    [undefined],
  );
  assert.match(warnings.map(inEnglish).join("\n"), /No confirmed window for vmss-ledger-prod/);
});

test("an association whose configuration opens windows is what upgrades are bound to", () => {
  const { changes, warnings } = enabled(scaleSet("vmss-api-prod"));
  const ids = changes[0]?.provided?.map(({ is, id }) => [is, idKey(id)]);
  assert.deepEqual(ids?.[1], ["there", idKey(configuration("mc-prod-nightly"))]);
  assert.doesNotMatch(warnings.map(inEnglish).join("\n"), /No window/);
});
