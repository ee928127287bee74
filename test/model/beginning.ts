import type { FleetPlan, ScaleSetPlan } from "./scenario.ts";
import { assignmentId, configurationId, groupId, location, scaleSetId } from "./world/ids.ts";
import { capacity } from "./world/reads.ts";
import type { Members, ScaleSet, WorldState } from "./world/state.ts";
import { configurationOf } from "./world/maintenanceWrites.ts";

/** The world as it is before anything is read. */
export function beginningOf({ scaleSets, configurations, associations }: FleetPlan, now: number): WorldState {
  return {
    scaleSets: new Map(scaleSets.map((set) => [scaleSetId(set.name).toLowerCase(), scaleSetFrom(set, now)])),
    configurations: new Map(
      configurations.map((name) => [
        configurationId(name).toLowerCase(),
        configurationOf(configurationId(name), windowOf(name)),
      ]),
    ),
    assignments: new Map(
      associations.map(({ scaleSet, as, configuration }) => {
        const set = scaleSetId(scaleSet).toLowerCase();
        const id = assignmentId(set, as).toLowerCase();
        const to = configurationId(configuration).toLowerCase();
        return [id, { id, scaleSetId: set, name: as, configurationId: to }];
      }),
    ),
    groups: new Map([[groupId.toLowerCase(), location]]),
    refusedNames: new Map(),
  };
}

function windowOf(name: string): Members {
  return {
    location,
    tags: { team: name },
    properties: {
      maintenanceScope: "OSImage",
      maintenanceWindow: {
        startDateTime: "2026-11-01 22:00",
        duration: "05:00",
        timeZone: "UTC",
        recurEvery: "Day",
      },
    },
  };
}

function scaleSetFrom(plan: ScaleSetPlan, now: number): ScaleSet {
  const { name, enabled, system, isPinned, isUpgrading, isRolling } = plan;
  const image = { publisher: "Contoso", offer: "os", sku: "server", version: isPinned ? "1.0.0" : "latest" };
  const health = { publisher: "Microsoft.ManagedServices", type: `ApplicationHealth${system}` };
  const osProfile =
    system === "Windows"
      ? { windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: !enabled } }
      : { linuxConfiguration: { provisionVMAgent: true } };
  return {
    id: scaleSetId(name),
    version: 1,
    tags: {},
    upToDate: capacity,
    properties: {
      provisioningState: "Succeeded",
      orchestrationMode: "Uniform",
      upgradePolicy: {
        mode: isRolling ? "Rolling" : "Manual",
        ...(enabled && {
          automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, useRollingUpgradePolicy: false },
        }),
        ...((enabled || isRolling) && {
          rollingUpgradePolicy: {
            maxBatchInstancePercent: 20,
            maxUnhealthyInstancePercent: 20,
            maxUnhealthyUpgradedInstancePercent: 20,
            pauseTimeBetweenBatches: "PT0S",
          },
        }),
      },
      virtualMachineProfile: {
        osProfile,
        storageProfile: { imageReference: image, osDisk: { osType: system } },
        extensionProfile: { extensions: [{ name: "health", properties: health }] },
      },
    },
    ...(isUpgrading && {
      upgrade: { code: "RollingForward", startedBy: "Platform", startedAt: now - 60_000 },
    }),
  };
}
