import { merged } from "../../core/plans/merging.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { objectAt, textAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import { rollingPercents } from "../../core/resources/rollingPolicy.ts";
import { extensionItems } from "./azurermKinds.ts";
import type { Argument, Block, HclValue } from "./hcl.ts";

/** What of a change is written into the block that owns a scale set. */
export interface Owned {
  readonly items: Block["items"];
  /** Members that azurerm has no argument for. */
  readonly unsaid: readonly string[];
}

/** azurerm renamed arguments from 4.x to 5.x. */
export type AzurermMajor = 4 | 5;

/**
 * A change of a scale set as arguments of `azurerm_linux_virtual_machine_scale_set` and `azurerm_windows_…`; undefined where it is none.
 * Blocks have all of their required arguments: what the change does not name is as it was.
 */
export function ownedByAzurerm(
  { kind, target, before, after }: Change,
  major: AzurermMajor,
): Owned | undefined {
  if (after === undefined) return undefined;
  switch (kind) {
    case "setUpgradePolicy":
      return upgradePolicy(
        objectAt(after, "properties", "upgradePolicy") ?? {},
        objectAt(before, "properties", "upgradePolicy") ?? {},
        major,
      );
    case "setImageReference":
      return {
        items: image(objectAt(after, ...profile, "storageProfile", "imageReference") ?? {}),
        unsaid: [],
      };
    case "setAutomaticUpdates":
    case "setPatchSettings":
      return updates(objectAt(after, ...profile, "osProfile") ?? {}, major);
    case "addHealthExtension": {
      const items = extensionItems(nameOf(target), objectAt(after, "properties") ?? {});
      return items && { items: [{ head: "extension", items }], unsaid: [] };
    }
    default:
      return undefined;
  }
}

const profile = ["properties", "virtualMachineProfile"] as const;

/** The arguments for members of an object, in the order of `names`, and which members have none. */
function argumentsFor(
  object: JsonObject,
  names: Readonly<Record<string, string>>,
): { readonly items: readonly Argument[]; readonly unsaid: readonly string[] } {
  const items = Object.entries(names).map(([member, name]) => [name, valueOf(object[member])] as const);
  return { items, unsaid: Object.keys(object).filter((member) => !Object.hasOwn(names, member)) };
}

function upgradePolicy(policy: JsonObject, before: JsonObject, major: AzurermMajor): Owned {
  const { automaticOSUpgradePolicy: _automatic, rollingUpgradePolicy: _rolling, ...rest } = policy;
  const own = argumentsFor(rest, { mode: "upgrade_mode" });
  const parts: Owned[] = [];
  const automatic = objectAt(policy, "automaticOSUpgradePolicy");
  if (automatic !== undefined) {
    const known = {
      disableAutomaticRollback: false,
      enableAutomaticOSUpgrade: false,
      ...objectAt(before, "automaticOSUpgradePolicy"),
    };
    parts.push(automaticPolicy(merged(known, automatic), Object.keys(automatic), major));
  }
  const rolling = objectAt(policy, "rollingUpgradePolicy");
  if (rolling !== undefined) {
    const defaults = Object.fromEntries(
      Object.entries(rollingPercents).map(([name, { azureDefault }]) => [name, azureDefault]),
    );
    const known = {
      ...defaults,
      pauseTimeBetweenBatches: "PT0S",
      ...objectAt(before, "rollingUpgradePolicy"),
    };
    const { items, unsaid } = argumentsFor(merged(known, rolling), rollingArguments);
    parts.push({ items: [{ head: "rolling_upgrade_policy", items }], unsaid });
  }
  return {
    items: [...own.items, ...parts.flatMap(({ items }) => items)],
    unsaid: [...own.unsaid, ...parts.flatMap(({ unsaid }) => unsaid)],
  };
}

function automaticPolicy(policy: JsonObject, changed: readonly string[], major: AzurermMajor): Owned {
  const { disableAutomaticRollback, enableAutomaticOSUpgrade } = policy;
  const isDisabled = disableAutomaticRollback === true;
  const items: readonly Argument[] =
    major === 4
      ? [
          ["disable_automatic_rollback", isDisabled],
          ["enable_automatic_os_upgrade", valueOf(enableAutomaticOSUpgrade)],
        ]
      : [
          ["automatic_os_upgrade_enabled", valueOf(enableAutomaticOSUpgrade)],
          // Its sense is the other way round than in 4.x.
          ["automatic_rollback_enabled", !isDisabled],
        ];
  const sayable = ["disableAutomaticRollback", "enableAutomaticOSUpgrade"];
  return {
    items: [{ head: "automatic_os_upgrade_policy", items }],
    unsaid: changed.filter((member) => !sayable.includes(member)),
  };
}

const rollingArguments = {
  enableCrossZoneUpgrade: "cross_zone_upgrades_enabled",
  maxBatchInstancePercent: "max_batch_instance_percent",
  maxUnhealthyInstancePercent: "max_unhealthy_instance_percent",
  maxUnhealthyUpgradedInstancePercent: "max_unhealthy_upgraded_instance_percent",
  pauseTimeBetweenBatches: "pause_time_between_batches",
  prioritizeUnhealthyInstances: "prioritize_unhealthy_instances_enabled",
  maxSurge: "maximum_surge_instances_enabled",
};

function image(reference: JsonObject): Block["items"] {
  const id = ["id", "sharedGalleryImageId", "communityGalleryImageId"]
    .map((name) => textAt(reference, name))
    .find((text) => text !== undefined);
  if (id !== undefined) return [["source_image_id", id]];
  const names = { publisher: "publisher", offer: "offer", sku: "sku", version: "version" };
  return [{ head: "source_image_reference", items: argumentsFor(reference, names).items }];
}

function updates(system: JsonObject, major: AzurermMajor): Owned {
  const windows = objectAt(system, "windowsConfiguration") ?? {};
  const name = major === 4 ? "enable_automatic_updates" : "automatic_updates_enabled";
  const { items, unsaid } = argumentsFor(windows, { enableAutomaticUpdates: name });
  const linux = Object.keys(objectAt(system, "linuxConfiguration") ?? {});
  return { items, unsaid: [...unsaid, ...linux] };
}

function valueOf(value: Json | undefined): HclValue | undefined {
  return value as HclValue | undefined;
}
