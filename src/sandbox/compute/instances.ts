import type { Call } from "../call.ts";
import { arm } from "../errors.ts";
import { guidOf } from "../ids.ts";
import { list, ok, type Reply } from "../http.ts";
import { at, type JsonObject, listAt, objectAt, textAt } from "../json.ts";
import { ours } from "../ours.ts";
import { scaleSetOf } from "./scaleSets.ts";

function capacityOf(set: JsonObject): number {
  const capacity = at(set, "sku", "capacity");
  return typeof capacity === "number" ? capacity : 0;
}

/** The instances of a scale set, made from its model: all of them run and have the latest one. */
function instancesOf(set: JsonObject): JsonObject[] {
  const [id = "", name = "", location = ""] = [
    textAt(set, "id"),
    textAt(set, "name"),
    textAt(set, "location"),
  ];
  const profile = objectAt(set, "properties", "virtualMachineProfile");
  const { computerNamePrefix: _, ...osProfile } = objectAt(profile, "osProfile") ?? {};
  const zones = listAt(set, "zones");
  return Array.from({ length: capacityOf(set) }, (_, index) => ({
    name: `${name}_${index}`,
    instanceId: String(index),
    id: `${id}/virtualMachines/${index}`,
    type: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
    location,
    ...(zones.length > 0 && { zones: [zones[index % zones.length] ?? "1"] }),
    sku: { name: textAt(set, "sku", "name") ?? "", tier: "Standard" },
    properties: {
      latestModelApplied: true,
      modelDefinitionApplied: "VirtualMachineScaleSet",
      vmId: guidOf(`${id}/${index}`),
      provisioningState: "Succeeded",
      storageProfile: objectAt(profile, "storageProfile"),
      osProfile: {
        ...osProfile,
        computerName: `${textAt(profile, "osProfile", "computerNamePrefix") ?? name}${String(index).padStart(6, "0")}`,
      },
      timeCreated: textAt(set, "properties", "timeCreated") ?? "",
    },
  }));
}

export const listInstances = (call: Call): Reply => list(instancesOf(scaleSetOf(call).body));

export function getInstance(call: Call): Reply {
  const instance = call.param("instanceId");
  const found = instancesOf(scaleSetOf(call).body).find((one) => one["instanceId"] === instance);
  if (found === undefined) {
    const name = `${call.param("vmScaleSetName")}/virtualMachines/${instance}`;
    throw arm.unknownResource(
      "Microsoft.Compute/virtualMachineScaleSets",
      name,
      call.param("resourceGroupName"),
    );
  }
  return ok(found);
}

export function getInstanceView(call: Call): Reply {
  const { body } = scaleSetOf(call);
  if (textAt(body, "properties", "orchestrationMode") === "Flexible") {
    throw ours.noInstanceView(textAt(body, "name") ?? "");
  }
  const count = capacityOf(body);
  const state = textAt(body, "properties", "provisioningState") ?? "Succeeded";
  const summary = (code: string) => [{ code, count }];
  return ok({
    virtualMachine: {
      statusesSummary: [...summary("ProvisioningState/succeeded"), ...summary("HealthState/healthy")],
    },
    extensions: listAt(body, "properties", "virtualMachineProfile", "extensionProfile", "extensions").map(
      (extension) => ({
        name: textAt(extension, "name") ?? "",
        statusesSummary: summary("ProvisioningState/succeeded"),
      }),
    ),
    statuses: [
      {
        code: `ProvisioningState/${state.toLowerCase()}`,
        level: "Info",
        displayStatus: state === "Succeeded" ? "Provisioning succeeded" : state,
        time: call.clock.instant,
      },
    ],
    orchestrationServices: [{ serviceName: "AutomaticRepairs", serviceState: "NotRunning" }],
  });
}

export function listUpgrades(call: Call): Reply {
  const { key } = scaleSetOf(call);
  return list(call.state.upgrades.get(key) ?? []);
}

/** The last rolling upgrade, which is the newest of the history; 404 when there never was one. */
export function getLatestRollingUpgrade(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const name = textAt(body, "name") ?? "";
  const newest = call.state.upgrades.get(key)?.[0];
  if (newest === undefined) throw ours.noRollingUpgrade(name);
  const { code, startTime, endTime } = objectAt(newest, "properties", "runningStatus");
  const error = at(newest, "properties", "error");
  return ok({
    id: `${textAt(body, "id") ?? ""}/rollingUpgrades/latest`,
    name: "latest",
    type: "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades",
    location: textAt(body, "location") ?? "",
    properties: {
      policy: {
        maxBatchInstancePercent: 20,
        maxUnhealthyInstancePercent: 20,
        maxUnhealthyUpgradedInstancePercent: 20,
        pauseTimeBetweenBatches: "PT0S",
      },
      runningStatus: {
        ...(code !== undefined && { code }),
        ...(startTime !== undefined && { startTime }),
        lastAction: "Start",
        ...(endTime !== undefined && { lastActionTime: startTime ?? endTime }),
      },
      progress: objectAt(newest, "properties", "progress"),
      ...(error !== undefined && { error }),
    },
  });
}
