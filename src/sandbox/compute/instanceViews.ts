import type { Call } from "../http/call.ts";
import { arm, refuse } from "../http/errors.ts";
import { guidOf } from "../ids.ts";
import { ok, type Reply } from "../http/http.ts";
import { type Json, type JsonObject, objectAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import type { Health, Instance } from "./instance.ts";
import { instancesOf, isLatest, knownHealth } from "./instances.ts";
import { extensionsOf, imageReferenceOf, isFlexible, probeOf, profileOf } from "./model.ts";
import { runningUpgrade } from "./rollingUpgrade.ts";
import { scaleSetOf } from "./scaleSets.ts";

const healthNames: Readonly<Record<Health, JsonObject>> = {
  healthy: {
    code: "HealthState/healthy",
    level: "Info",
    displayStatus: "The VM is reporting itself as healthy",
  },
  unhealthy: {
    code: "HealthState/unhealthy",
    level: "Error",
    displayStatus: "The VM is reporting itself as unhealthy or is unreachable",
  },
  unknown: { code: "HealthState/unknown", level: "Warning", displayStatus: "The VM reports no health" },
};

const succeeded = (time: string): JsonObject => ({
  code: "ProvisioningState/succeeded",
  level: "Info",
  displayStatus: "Provisioning succeeded",
  time,
});

/** What an instance is doing: its disk is being replaced while its batch is under way. */
function provisioning(call: Call, key: string, id: string): "Updating" | "Succeeded" {
  return runningUpgrade(call.state, key)?.batch.includes(id) === true ? "Updating" : "Succeeded";
}

/** Of an instance, or of the virtual machine that one is. */
export function instanceViewOf(call: Call, key: string, set: JsonObject, instance: Instance): JsonObject {
  const time = textAt(set, "properties", "timeCreated") ?? call.clock.instant;
  const health = knownHealth(set, instance);
  const updating = provisioning(call, key, instance.id) === "Updating";
  return {
    platformUpdateDomain: Number(instance.id) % 5,
    platformFaultDomain: 0,
    statuses: [
      updating
        ? { code: "ProvisioningState/updating", level: "Info", displayStatus: "Updating" }
        : succeeded(time),
      { code: "PowerState/running", level: "Info", displayStatus: "VM running" },
    ],
    ...(health !== undefined && { vmHealth: { status: healthNames[health] } }),
    extensions: extensionsOf(instance.profile).map((extension) => ({
      name: textAt(extension, "name") ?? "",
      type: `${textAt(extension, "properties", "publisher")}.${textAt(extension, "properties", "type")}`,
      typeHandlerVersion: textAt(extension, "properties", "typeHandlerVersion") ?? "",
      statuses: [succeeded(time)],
    })),
  };
}

/** Whether the request wants the view as well. */
export const isExpanded = (call: Call): boolean => /instanceView/i.test(call.query("$expand") ?? "");

/** An instance as its GET returns it, made from the part of the model that was applied to it. */
export function instanceBody(call: Call, key: string, set: JsonObject, instance: Instance): JsonObject {
  const [id = "", name = "", location = ""] = ["id", "name", "location"].map((field) => textAt(set, field));
  const { computerNamePrefix: _, ...osProfile } = objectAt(instance.profile, "osProfile");
  const storage = objectAt(instance.profile, "storageProfile");
  const image: Json = {
    ...imageReferenceOf(instance.profile),
    ...(instance.version !== undefined && { exactVersion: instance.version }),
  };
  return {
    name: `${name}_${instance.id}`,
    instanceId: instance.id,
    id: `${id}/virtualMachines/${instance.id}`,
    type: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
    location,
    ...(instance.zone !== undefined && { zones: [instance.zone] }),
    sku: { name: textAt(set, "sku", "name") ?? "", tier: "Standard" },
    properties: {
      latestModelApplied: isLatest(set, instance),
      modelDefinitionApplied: "VirtualMachineScaleSet",
      vmId: guidOf(`${id}/${instance.id}`),
      provisioningState: provisioning(call, key, instance.id),
      storageProfile: { ...storage, imageReference: image },
      osProfile: {
        ...osProfile,
        computerName: `${textAt(instance.profile, "osProfile", "computerNamePrefix") ?? name}${instance.id.padStart(6, "0")}`,
      },
      timeCreated: textAt(set, "properties", "timeCreated") ?? "",
      ...(instance.isProtected && {
        protectionPolicy: { protectFromScaleIn: false, protectFromScaleSetActions: true },
      }),
      ...(isExpanded(call) && { instanceView: instanceViewOf(call, key, set, instance) }),
    },
  };
}

function found(call: Call): { key: string; body: JsonObject; instance: Instance } {
  const { key, body } = scaleSetOf(call);
  const id = call.param("instanceId");
  // Words as reported (ansible-collections/azure #1526); code and status are ours.
  if (!/^\d+$/.test(id)) {
    throw refuse(400, "InvalidParameter", "Virtual Machine Scale Set VM instanceId must be a number.");
  }
  // The instances of a Flexible set are virtual machines of their own.
  const instance = instancesOf(call.state, key).find((one) => one.id === id && !isFlexible(body));
  if (instance !== undefined) return { key, body, instance };
  const name = `${call.param("vmScaleSetName")}/virtualMachines/${id}`;
  throw arm.unknownResource(
    "Microsoft.Compute/virtualMachineScaleSets",
    name,
    call.param("resourceGroupName"),
  );
}

export function getInstance(call: Call): Reply {
  const { key, body, instance } = found(call);
  return ok(instanceBody(call, key, body, instance));
}

export function getInstanceViewOfInstance(call: Call): Reply {
  const { key, body, instance } = found(call);
  return ok(instanceViewOf(call, key, body, instance));
}

/** How many have each code, in the order in which the codes were met. */
function summary(codes: readonly string[]): JsonObject[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count }));
}

export function getInstanceView(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  if (isFlexible(body)) throw ours.noInstanceView(textAt(body, "name") ?? "");
  const instances = instancesOf(call.state, key);
  // The view of a set with a probe tells no health, even while all its instances are unhealthy (recorded 2018 to 2023).
  const health = probeOf(body) === undefined ? instances.flatMap((one) => knownHealth(body, one) ?? []) : [];
  const state = textAt(body, "properties", "provisioningState") ?? "Succeeded";
  const repairs = objectAt(body, "properties", "automaticRepairsPolicy")["enabled"] === true;
  return ok({
    virtualMachine: {
      statusesSummary: summary([
        ...instances.map(({ id }) => `ProvisioningState/${provisioning(call, key, id).toLowerCase()}`),
        ...health.map((one) => `HealthState/${one}`),
      ]),
    },
    extensions: extensionsOf(profileOf(body)).map((extension) => {
      const name = textAt(extension, "name") ?? "";
      const having = instances.filter(({ profile }) =>
        extensionsOf(profile).some((one) => textAt(one, "name") === name),
      );
      return { name, statusesSummary: summary(having.map(() => "ProvisioningState/succeeded")) };
    }),
    statuses: [
      {
        code: `ProvisioningState/${state.toLowerCase()}`,
        level: "Info",
        displayStatus: state === "Succeeded" ? "Provisioning succeeded" : state,
        time: call.clock.instant,
      },
    ],
    orchestrationServices: [
      { serviceName: "AutomaticRepairs", serviceState: repairs ? "Running" : "NotRunning" },
    ],
  });
}
