import type { VirtualMachineScaleSetExtension } from "@azure/arm-compute";
import { arrayAt, booleanAt, type JsonObject, objectAt, textAt } from "../../core/resources/json.ts";
import type { Clients } from "./clients.ts";
import { accepted, type Follow } from "./compute.ts";
import { problemOf } from "../errors/errors.ts";
import { type Place, placeOf } from "./places.ts";
import { itemsOf, objectsOf, resourceOf, wireOf } from "../http/wire.ts";

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
    await itemsOf(
      () =>
        wireOf(
          (options) =>
            virtualMachineScaleSets.listOSUpgradeHistory(resourceGroup, name, options).byPage().next(),
          signal,
        ),
      (link) => clients.resourceManager.follow(link, signal),
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
  const list = (options: object) =>
    virtualMachineScaleSetVMs.list(resourceGroup, name, { ...options, expand: "instanceView" });
  return objectsOf(
    await itemsOf(
      () => wireOf((options) => list(options).byPage().next(), signal),
      (link) => clients.resourceManager.follow(link, signal),
    ),
  );
}

/** Whether the instances (`["*"]`: all) of a set have its latest model. */
export async function haveLatestModel(
  clients: Clients,
  scaleSetId: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const instances = await listInstances(clients, scaleSetId, signal);
  const meant = instances.filter(
    (instance) => ids.includes("*") || ids.includes(textAt(instance, "instanceId") ?? ""),
  );
  return meant.every((instance) => booleanAt(instance, "properties", "latestModelApplied") === true);
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
export function beginExtension(
  clients: Clients,
  id: string,
  body: JsonObject,
  signal: AbortSignal,
): Promise<Follow> {
  const { subscriptionId, resourceGroup, scaleSet, name } = extensionPlace(id);
  // Flattened, the extension's own type would be the resource's: the SDK has another name for it.
  const { type, ...properties } = objectAt(body, "properties") ?? {};
  const extension = { ...properties, typePropertiesType: type } as VirtualMachineScaleSetExtension;
  const { virtualMachineScaleSetExtensions } = clients.compute(subscriptionId);
  return accepted(
    virtualMachineScaleSetExtensions.createOrUpdate(resourceGroup, scaleSet, name, extension, {
      abortSignal: signal,
    }),
  );
}

/** What is done to the instances of a set. Each call is POSTed and accepted as a long-running one. */
export type InstanceAction = "updateInstances" | "startUpgrade" | "cancelUpgrade" | "approveUpgrade";

export function beginAction(
  clients: Clients,
  action: InstanceAction,
  scaleSetId: string,
  body: JsonObject,
  abortSignal: AbortSignal,
): Promise<Follow> {
  const { subscriptionId, resourceGroup, name } = placeOf(scaleSetId);
  const { virtualMachineScaleSets: sets, virtualMachineScaleSetRollingUpgrades: upgrades } =
    clients.compute(subscriptionId);
  const instanceIds = instancesOf(body);
  switch (action) {
    case "updateInstances":
      return accepted(sets.updateInstances(resourceGroup, name, { instanceIds }, { abortSignal }));
    case "startUpgrade":
      return accepted(upgrades.startOSUpgrade(resourceGroup, name, { abortSignal }));
    case "cancelUpgrade":
      return accepted(upgrades.cancel(resourceGroup, name, { abortSignal }));
    case "approveUpgrade": {
      const named = instanceIds.length === 0 ? {} : { vmInstanceIDs: { instanceIds } };
      return accepted(sets.approveRollingUpgrade(resourceGroup, name, { ...named, abortSignal }));
    }
  }
}

/** The instances that the body of an action names. */
export function instancesOf(body: JsonObject): string[] {
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
