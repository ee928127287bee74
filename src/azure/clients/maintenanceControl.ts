import { sameId } from "../../core/resources/ids.ts";
import { type JsonObject, textAt } from "../../core/resources/json.ts";
import type { Clients } from "./clients.ts";
import type { Writing } from "./compute.ts";
import { problemOf } from "../errors/errors.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { ConfigurationAssignment, MaintenanceConfiguration } from "./maintenance/models.ts";
import { placeOf, scopeOf } from "./places.ts";
import { objectsOf, resourceOf, wireOf } from "../http/wire.ts";

/** Under which assignments of scale sets hang. */
const provider = "Microsoft.Compute";
const type = "virtualMachineScaleSets";

/**
 * Maintenance configurations of a subscription, as they stand on the wire; an item that is malformed is among them. None where
 * Microsoft.Maintenance is not registered.
 */
export function listConfigurations(
  clients: Clients,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const { maintenanceConfigurations } = clients.maintenance(subscriptionId);
  return noneWhereMissing(
    clients.resourceManager.itemsFrom(
      (options) => maintenanceConfigurations.list(options).byPage().next(),
      signal,
    ),
  );
}

/** Whether Azure refused since a subscription is not registered for Microsoft.Maintenance, and so has nothing of it. */
export function isMaintenanceMissing({ kind, detail = "" }: Problem): boolean {
  if (kind !== "notRegistered") return false;
  const namespace = /namespace '([^']+)'/i.exec(detail)?.[1];
  return namespace === undefined || namespace.toLowerCase() === "microsoft.maintenance";
}

async function noneWhereMissing<T>(items: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await items;
  } catch (error) {
    if (isMaintenanceMissing(problemOf(error))) return [];
    throw error;
  }
}

export function getConfiguration(clients: Clients, id: string, signal: AbortSignal): Promise<JsonObject> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { maintenanceConfigurations } = clients.maintenance(subscriptionId);
  return resourceOf((options) => maintenanceConfigurations.get(resourceGroup, name, options), signal);
}

export async function putConfiguration(id: string, body: JsonObject, { clients, signal }: Writing) {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { maintenanceConfigurations } = clients.maintenance(subscriptionId);
  await maintenanceConfigurations.createOrUpdate(resourceGroup, name, body as MaintenanceConfiguration, {
    abortSignal: signal,
  });
  return undefined;
}

export async function deleteConfiguration(id: string, _: JsonObject, { clients, signal }: Writing) {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { maintenanceConfigurations } = clients.maintenance(subscriptionId);
  await maintenanceConfigurations.delete(resourceGroup, name, { abortSignal: signal });
  return undefined;
}

/**
 * The assignments of one scale set; none where Microsoft.Maintenance is not registered in its subscription. Throws where one of them cannot
 * be read, since the set's state would be a guess without it.
 */
export function listAssignments(
  clients: Clients,
  scaleSetId: string,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  return noneWhereMissing(readAssignments(clients, scaleSetId, signal));
}

/** The same; throws where Microsoft.Maintenance is not registered. */
export async function readAssignments(
  clients: Clients,
  scaleSetId: string,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const { subscriptionId, resourceGroup, name } = placeOf(scaleSetId);
  const { configurationAssignments } = clients.maintenance(subscriptionId);
  const items = await clients.resourceManager.itemsFrom(
    (options) => configurationAssignments.list(resourceGroup, provider, type, name, options).byPage().next(),
    signal,
  );
  return objectsOf(items);
}

/**
 * One assignment, looked up in the list of its scale set: a GET of one that is gone was reported to answer 400 instead of 404
 * (https://github.com/Azure/azure-rest-api-specs/issues/26565). Undefined where the list does not have it.
 */
export async function findAssignment(
  clients: Clients,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const { name } = placeOf(id);
  const assignments = await listAssignments(clients, scopeOf(id), signal);
  return assignments.find((assignment) => sameId(textAt(assignment, "name") ?? "", name));
}

/** One assignment by a GET of its own; undefined where that answers 404 or, as reported, 400. */
export async function askForAssignment(
  clients: Clients,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const set = placeOf(scopeOf(id));
  const { configurationAssignments } = clients.maintenance(set.subscriptionId);
  const { name } = placeOf(id);
  try {
    return await resourceOf(
      (options) => configurationAssignments.get(set.resourceGroup, provider, type, set.name, name, options),
      signal,
    );
  } catch (error) {
    const { kind } = problemOf(error);
    if (kind === "notFound" || kind === "validation") return undefined;
    throw error;
  }
}

export async function putAssignment(id: string, body: JsonObject, { clients, signal }: Writing) {
  const set = placeOf(scopeOf(id));
  const { name } = placeOf(id);
  const { configurationAssignments } = clients.maintenance(set.subscriptionId);
  await wireOf(
    (options) =>
      configurationAssignments.createOrUpdate(
        set.resourceGroup,
        provider,
        type,
        set.name,
        name,
        body as ConfigurationAssignment,
        options,
      ),
    signal,
  );
  return undefined;
}

export async function deleteAssignment(id: string, _: JsonObject, { clients, signal }: Writing) {
  const set = placeOf(scopeOf(id));
  const { configurationAssignments } = clients.maintenance(set.subscriptionId);
  await configurationAssignments.delete(set.resourceGroup, provider, type, set.name, placeOf(id).name, {
    abortSignal: signal,
  });
  return undefined;
}
