import { strict as assert } from "node:assert";
import { associate, createResourceGroup, setAutomaticUpgrades } from "../../../src/core/plans/plans.ts";
import { createConfiguration } from "../../../src/core/plans/kinds/createConfiguration.ts";
import { dissociate } from "../../../src/core/plans/kinds/dissociate.ts";
import { planOf } from "../../../src/core/plans/planNeeds.ts";
import { configurationId, resourceGroupId } from "../../../src/core/resources/ids.ts";
import { verbatim } from "../../../src/core/text/message.ts";
import type { Plan } from "../../../src/core/plans/plan.ts";
import { scopeOf } from "../../../src/core/windows/window.ts";
import type { ConfigurationRecord, ScaleSetRecord } from "../../../src/fleet/snapshot/snapshot.ts";
import { fleet } from "../../unit/azure/support.ts";
import type { World } from "./world.ts";

type Holder = Pick<World, "store">;

export function setNamed({ store }: Holder, name: string): ScaleSetRecord {
  const set = [...store.snapshot.scaleSets.values()].find((one) => one.name === name);
  assert.ok(set, name);
  return set;
}

export function configurationNamed({ store }: Holder, name: string): ConfigurationRecord {
  const configuration = [...store.snapshot.configurations.values()].find((one) => one.name === name);
  assert.ok(configuration, name);
  return configuration;
}

/** The three steps from nothing: group `rg-new` → configuration `mc-new` → associate `vmss-cache-prod` → its upgrades on. */
export function threeSteps(world: Holder): Plan {
  const set = setNamed(world, "vmss-cache-prod");
  const id = configurationId(fleet.shared, "rg-new", "mc-new");
  const window = { startDateTime: "2099-01-01 22:00", duration: "05:00", timeZone: "UTC", recurEvery: "Day" };
  const properties = { maintenanceScope: "OSImage", maintenanceWindow: window };
  const changes = [
    createResourceGroup(resourceGroupId(fleet.shared, "rg-new"), "westeurope"),
    createConfiguration(id, { location: "westeurope", properties }),
    ...associate(set, { id }, [], () => "OSImage").changes,
    ...setAutomaticUpgrades(set, true).changes,
  ];
  assert.equal(changes.length, 4);
  return planOf(verbatim("Set up"), changes);
}

/** Associates sets that have no configuration with `mc-prod-nightly`. */
export function associateAll(world: Holder, ...names: readonly string[]): Plan {
  const configuration = configurationNamed(world, "mc-prod-nightly");
  const changes = names.flatMap(
    (name) =>
      associate(setNamed(world, name), configuration, [], () => scopeOf(configuration.resource)).changes,
  );
  assert.equal(changes.length, names.length);
  return planOf(verbatim("Associate"), changes);
}

export function enable(world: Holder, ...names: readonly string[]): Plan {
  const changes = names.flatMap((name) => setAutomaticUpgrades(setNamed(world, name), true).changes);
  assert.equal(changes.length, names.length);
  return planOf(verbatim("Enable"), changes);
}

/** Removes all associations of a set. */
export function dissociateAll(world: Holder, name: string): Plan {
  const { assignments } = setNamed(world, name);
  assert.ok("known" in assignments && assignments.known.length > 0);
  return planOf(verbatim("Remove"), assignments.known.map(dissociate));
}
