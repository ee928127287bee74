import { change } from "../../src/core/plans/change.ts";
import { createConfiguration } from "../../src/core/plans/kinds/createConfiguration.ts";
import { association } from "../../src/core/plans/kinds/association.ts";
import { deleteConfiguration } from "../../src/core/plans/kinds/deleteConfiguration.ts";
import { dissociate } from "../../src/core/plans/kinds/dissociate.ts";
import type { ChangeKind } from "../../src/core/plans/kinds/kinds.ts";
import { updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import type { Change, Plan } from "../../src/core/plans/plan.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { createResourceGroup } from "../../src/core/plans/plans.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  repairs,
  setUpgradePolicy,
  startUpgrade,
  updateInstances,
} from "../../src/core/plans/upgradePlans.ts";
import { assignmentId, configurationId, providerId, resourceGroupId } from "../../src/core/resources/ids.ts";
import type { JsonObject } from "../../src/core/resources/json.ts";
import { inEnglish, message } from "../../src/core/text/message.ts";
import type { CodeContext } from "../../src/export/code/context.ts";

/** Plans that are exported to declarative languages. */

export const subscriptionA = "00000000-0000-0000-0000-00000000000a";
export const subscriptionB = "00000000-0000-0000-0000-00000000000b";

export const context: CodeContext = {
  madeAtMs: Date.UTC(2026, 10, 30, 20, 45),
  cloud: "AzureCloud",
  say: inEnglish,
};

/** What a plan is made of: the names that people give. */
export interface Names {
  readonly group: string;
  readonly configuration: string;
  readonly set: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly path: string;
}

export const usualNames: Names = {
  group: "rg-maintenance",
  configuration: "osimage-nightly",
  set: "vmss-web",
  tags: { env: "prod" },
  path: "/healthz",
};

/** One change of every kind: of a Linux set, of a Windows set beside it, and of configurations. */
export function everyKind(names: Names = usualNames): Readonly<Record<ChangeKind, Change>> {
  const { group, configuration, set, tags, path } = names;
  const groupId = resourceGroupId(subscriptionA, group);
  const configurationA = configurationId(subscriptionA, group, configuration);
  const old = configurationId(subscriptionA, group, `${configuration}-old`);
  const scaleSet = (name: string, osType: string): { id: string; resource: JsonObject } => ({
    id: `${resourceGroupId(subscriptionB, "rg-web")}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`,
    resource: {
      location: "westeurope",
      properties: {
        virtualMachineProfile: {
          storageProfile: {
            osDisk: { osType },
            imageReference: {
              publisher: "Canonical",
              offer: "ubuntu-24_04-lts",
              sku: "server",
              version: "1.2.3",
            },
          },
          osProfile: {},
        },
      },
    },
  });
  const web = scaleSet(set, "Linux");
  const jobs = scaleSet(`${set}-jobs`, "Windows");
  const body: JsonObject = {
    location: "westeurope",
    tags,
    properties: {
      maintenanceScope: "OSImage",
      visibility: "Custom",
      maintenanceWindow: {
        startDateTime: "2027-01-10 22:00",
        duration: "05:00",
        timeZone: "W. Europe Standard Time",
        recurEvery: "Day",
      },
    },
  };
  const [image] = repairs(web, { imageLatest: true });
  const [patching] = repairs(web, { patchMode: "ImageDefault" });
  const [updates] = repairs(jobs, { automaticUpdatesOff: true, patchMode: "Manual" });
  const [health] = repairs(web, { healthExtension: { protocol: "http", port: 8080, path } });
  const oldAssociation = {
    ...association(assignmentId(jobs.id, `${configuration}-old`), old, undefined, undefined),
  };
  const policy = {
    mode: "Rolling",
    rollingUpgradePolicy: { maxBatchInstancePercent: 25, pauseTimeBetweenBatches: "PT2M" },
    automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, disableAutomaticRollback: false },
  };
  return {
    registerProvider: change(
      "registerProvider",
      providerId(subscriptionA, "Microsoft.Maintenance"),
      message("Register {0}", "Microsoft.Maintenance"),
    ),
    createResourceGroup: createResourceGroup(groupId, "westeurope"),
    createConfiguration: createConfiguration(configurationA, body),
    updateConfiguration: updateConfiguration(
      { id: configurationId(subscriptionA, group, `${configuration}-weekly`), ...body },
      body,
    ),
    deleteConfiguration: deleteConfiguration({ id: old, ...body }),
    associate: association(assignmentId(web.id, configuration), configurationA, "westeurope", undefined),
    dissociate: dissociate({
      id: oldAssociation.target,
      properties: oldAssociation.after?.["properties"] ?? {},
    }),
    setUpgradePolicy: setUpgradePolicy(web, policy),
    setImageReference: present(image),
    setAutomaticUpdates: present(updates),
    setPatchSettings: present(patching),
    addHealthExtension: present(health),
    updateInstances: updateInstances(web, ["*"]),
    startUpgrade: startUpgrade(web),
    cancelUpgrade: cancelUpgrade(web),
    approveUpgrade: approveUpgrade(web, ["1", "2"]),
  };
}

/** All of them in one plan. */
export function planOfEveryKind(names?: Names): Plan {
  return planOf(message("Set up maintenance"), Object.values(everyKind(names)));
}

function present(change: Change | undefined): Change {
  if (change === undefined) throw new Error("The set needs no such change.");
  return change;
}
