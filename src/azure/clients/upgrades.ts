import type { VirtualMachineScaleSetExtension } from "@azure/arm-compute";
import { arrayAt, type JsonObject, objectAt } from "../../core/resources/json.ts";
import type { Clients } from "./clients.ts";
import type { Writing } from "./compute.ts";
import { accepted, type Operation } from "../http/operations.ts";
import { problemOf } from "../errors/errors.ts";
import { type Place, placeOf } from "./places.ts";
import { objectsOf, resourceOf } from "../http/wire.ts";

/** The latest rolling upgrade of a set; undefined where there never was one. */
export function latestUpgrade(
  clients: Clients,
  scaleSetId: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const { subscriptionId, resourceGroup, name } = placeOf(scaleSetId);
  const { virtualMachineScaleSetRollingUpgrades } = clients.compute(subscriptionId);
  return found(
    resourceOf(
      (options) => virtualMachineScaleSetRollingUpgrades.getLatest(resourceGroup, name, options),
      signal,
    ),
  );
}

/** The last attempts to upgrade a set, at most five of the last two months, in Azure's order. */
export async function upgradeHistory(
  clients: Clients,
  scaleSetId: string,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const { subscriptionId, resourceGroup, name } = placeOf(scaleSetId);
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return objectsOf(
    await clients.resourceManager.itemsFrom(
      (options) => virtualMachineScaleSets.listOSUpgradeHistory(resourceGroup, name, options).byPage().next(),
      signal,
    ),
  );
}

export function instanceView(clients: Clients, scaleSetId: string, signal: AbortSignal): Promise<JsonObject> {
  const { subscriptionId, resourceGroup, name } = placeOf(scaleSetId);
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return resourceOf(
    (options) => virtualMachineScaleSets.getInstanceView(resourceGroup, name, options),
    signal,
  );
}

/** The instances of a set, with what each says of its health. */
export async function listInstances(
  clients: Clients,
  scaleSetId: string,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const { subscriptionId, resourceGroup, name } = placeOf(scaleSetId);
  const { virtualMachineScaleSetVMs } = clients.compute(subscriptionId);
  const expand = "instanceView";
  return objectsOf(
    await clients.resourceManager.itemsFrom(
      (options) =>
        virtualMachineScaleSetVMs
          .list(resourceGroup, name, { ...options, expand })
          .byPage()
          .next(),
      signal,
    ),
  );
}

/** Undefined where the set has no extension of this id. */
export function findExtension(
  clients: Clients,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const { subscriptionId, resourceGroup, scaleSet, name } = extensionPlace(id);
  const { virtualMachineScaleSetExtensions } = clients.compute(subscriptionId);
  return found(
    resourceOf(
      (options) => virtualMachineScaleSetExtensions.get(resourceGroup, scaleSet, name, options),
      signal,
    ),
  );
}

/** PUTs an extension with exactly the members of `body.properties`. */
export function putExtension(id: string, body: JsonObject, writing: Writing): Promise<Operation | undefined> {
  const { subscriptionId, resourceGroup, scaleSet, name } = extensionPlace(id);
  // Flattened, the extension's own type would be the resource's: the SDK has another name for it.
  const { type, ...properties } = objectAt(body, "properties") ?? {};
  const extension = { ...properties, typePropertiesType: type } as VirtualMachineScaleSetExtension;
  const { virtualMachineScaleSetExtensions } = writing.clients.compute(subscriptionId);
  return accepted(
    (options) =>
      virtualMachineScaleSetExtensions.createOrUpdate(resourceGroup, scaleSet, name, extension, options),
    writing,
  );
}

/** Brings instances to the latest model, those that `body.instanceIds` names. */
export function updateInstances(
  id: string,
  body: JsonObject,
  writing: Writing,
): Promise<Operation | undefined> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { virtualMachineScaleSets } = writing.clients.compute(subscriptionId);
  const instanceIds = instancesOf(body);
  return accepted(
    (options) => virtualMachineScaleSets.updateInstances(resourceGroup, name, { instanceIds }, options),
    writing,
  );
}

export const startUpgrade = onUpgrades("startOSUpgrade");
export const cancelUpgrade = onUpgrades("cancel");

function onUpgrades(action: "startOSUpgrade" | "cancel") {
  return (id: string, _: JsonObject, writing: Writing): Promise<Operation | undefined> => {
    const { subscriptionId, resourceGroup, name } = placeOf(id);
    const { virtualMachineScaleSetRollingUpgrades: upgrades } = writing.clients.compute(subscriptionId);
    return accepted((options) => upgrades[action](resourceGroup, name, options), writing);
  };
}

/** Approves a deferred upgrade, of the instances that `body.instanceIds` names; of all where it names none. */
export function approveUpgrade(
  id: string,
  body: JsonObject,
  writing: Writing,
): Promise<Operation | undefined> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { virtualMachineScaleSets } = writing.clients.compute(subscriptionId);
  const instanceIds = instancesOf(body);
  const named = instanceIds.length > 0 && { vmInstanceIDs: { instanceIds } };
  return accepted(
    (options) => virtualMachineScaleSets.approveRollingUpgrade(resourceGroup, name, { ...options, ...named }),
    writing,
  );
}

/** The instances that the body of an action names. */
function instancesOf(body: JsonObject): string[] {
  return arrayAt(body, "instanceIds").filter((id) => typeof id === "string");
}

function extensionPlace(id: string): Place & { readonly scaleSet: string } {
  const scaleSetId = id.replace(/\/extensions\/[^/]+$/i, "");
  return { ...placeOf(id), scaleSet: placeOf(scaleSetId).name };
}

async function found(reading: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (problemOf(error).kind === "notFound") return undefined;
    throw error;
  }
}
