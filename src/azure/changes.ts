import { sameId } from "../core/ids.ts";
import { at, isObject, type Json, type JsonObject, textAt } from "../core/json.ts";
import type { Change } from "../core/plan.ts";
import type { Clients } from "./clients.ts";
import { getScaleSet, updateUpgradePolicy } from "./compute.ts";
import {
  deleteAssignment,
  findAssignment,
  getConfiguration,
  putAssignment,
  putConfiguration,
} from "./maintenanceControl.ts";
import { pause } from "./pause.ts";

/**
 * Makes a change's call, to the end of its long-running operation, and returns Azure's answer where it is the resource. The preview makes
 * the same call over a transport that only records. Not abortable: a write that is under way is not left half done.
 */
export async function send(clients: Clients, change: Change): Promise<JsonObject | undefined> {
  const { target, after = {} } = change;
  switch (change.kind) {
    case "createResourceGroup":
      await clients.resourceManager.putResourceGroup(target, after);
      return undefined;
    case "createConfiguration":
      await putConfiguration(clients, target, after);
      return undefined;
    case "associate":
      return putAssignment(clients, target, after);
    case "dissociate":
      await deleteAssignment(clients, target);
      return undefined;
    case "setUpgradePolicy":
      await updateUpgradePolicy(clients, target, after);
      return undefined;
  }
}

/** Reads what a change has written: undefined where it is not there. Throws where it cannot be read. */
export function readBack(
  clients: Clients,
  change: Change,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  switch (change.kind) {
    case "createResourceGroup":
      return clients.resourceManager.resourceGroup(change.target, signal);
    case "createConfiguration":
      return getConfiguration(clients, change.target, signal);
    case "associate":
    case "dissociate":
      return findAssignment(clients, change.target, signal);
    case "setUpgradePolicy":
      return getScaleSet(clients, change.target, signal);
  }
}

/**
 * The same when Azure no longer works on it: of a long-running operation whose beginning was not heard there is nothing else to follow.
 */
export async function readBackSettled(
  clients: Clients,
  change: Change,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  for (;;) {
    const found = await readBack(clients, change, signal);
    if (textAt(found, "properties", "provisioningState") !== "Updating") return found;
    await pause(5000, signal);
  }
}

/** Whether what was read back is what the change wanted. */
export function isApplied(change: Change, found: JsonObject | undefined): boolean {
  if (change.after === undefined) return found === undefined;
  // The model shows what was asked for even where the operation to bring it about has failed.
  if (found === undefined || textAt(found, "properties", "provisioningState") === "Failed") return false;
  return contains(found, comparable(change, change.after));
}

/** The part of a request that its resource can be compared by: lists of assignments leave out `location` and at times `resourceId`. */
function comparable(change: Change, after: JsonObject): JsonObject {
  if (change.kind === "associate")
    return {
      properties: { maintenanceConfigurationId: at(after, "properties", "maintenanceConfigurationId") },
    };
  // A region is written both `westeurope` and `West Europe`, and no change of ours moves a resource.
  const { location: _, ...wanted } = after;
  return wanted;
}

/** Whether `actual` has all that `wanted` has; it may have more. Ids compare without case. */
function contains(actual: Json | undefined, wanted: Json | undefined): boolean {
  if (isObject(wanted))
    return Object.entries(wanted).every(([name, value]) =>
      contains(isObject(actual) ? actual[name] : undefined, value),
    );
  if (Array.isArray(wanted))
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((value, index) => contains(actual[index], value))
    );
  if (typeof wanted === "string" && wanted.startsWith("/"))
    return typeof actual === "string" && sameId(actual, wanted);
  return actual === wanted;
}
