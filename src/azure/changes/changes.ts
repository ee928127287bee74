import { isUpgradeAction } from "../../core/plans/change.ts";
import { editedConfiguration } from "../../core/plans/configurationPlans.ts";
import { sameId } from "../../core/resources/ids.ts";
import { at, isObject, type Json, type JsonObject, textAt } from "../../core/resources/json.ts";
import { isSettled, provisioningStateOf } from "../../core/resources/provisioning.ts";
import type { Change } from "../../core/plans/plan.ts";
import { saysGone } from "../../core/text/problem.ts";
import type { Clients } from "../clients/clients.ts";
import { problemOf } from "../errors/errors.ts";
import { beginPatch, getScaleSet } from "../clients/compute.ts";
import {
  askForAssignment,
  deleteAssignment,
  deleteConfiguration,
  findAssignment,
  findConfiguration,
  putAssignment,
  putConfiguration,
} from "../clients/maintenanceControl.ts";
import { pause } from "../http/pause.ts";
import { haveModel, isActionApplied, isActionUnderWay } from "./upgradeChanges.ts";
import { beginAction, beginExtension, findExtension, latestUpgrade } from "../clients/upgrades.ts";

/** A change's call, accepted by Azure. */
export interface Begun {
  /** Azure's answer, where it is the resource. */
  readonly answer?: JsonObject;
  /**
   * Follows the work that Azure has begun to its end; absent where the answer was the end. Rejects as soon as its signal is aborted: the
   * work goes on all the same.
   */
  readonly follow?: (signal: AbortSignal) => Promise<void>;
}

/**
 * Makes a change's call. The preview makes the same call over a transport that only records. Aborting `signal` ends the pauses between
 * attempts that were refused; an attempt that is under way is heard out, so that a write is never left in the dark.
 */
export async function begin(clients: Clients, change: Change, signal: AbortSignal): Promise<Begun> {
  const { target, after = {} } = change;
  switch (change.kind) {
    case "createResourceGroup":
      await clients.resourceManager.putResourceGroup(target, after, signal);
      return {};
    case "registerProvider":
      await clients.resourceManager.registerProvider(target, signal);
      return { follow: (following) => untilRegistered(clients, target, following) };
    case "createConfiguration":
    case "updateConfiguration":
      await putConfiguration(clients, target, after, signal);
      return {};
    case "deleteConfiguration":
      await deleteConfiguration(clients, target, signal);
      return {};
    case "associate":
      return { answer: await putAssignment(clients, target, after, signal) };
    case "dissociate":
      await deleteAssignment(clients, target, signal);
      return {};
    case "setUpgradePolicy":
    case "setImageReference":
    case "setAutomaticUpdates":
    case "setPatchSettings":
      return { follow: await beginPatch(clients, target, after, signal) };
    case "addHealthExtension":
      return { follow: await beginExtension(clients, target, after, signal) };
    case "updateInstances":
    case "cancelUpgrade":
      return { follow: await beginAction(clients, change.kind, target, after, signal) };
    case "startUpgrade":
    case "approveUpgrade":
      // An upgrade takes hours: it is watched, not waited for.
      await beginAction(clients, change.kind, target, after, signal);
      return {};
  }
}

/** Milliseconds between two looks at what Azure works on, where it does not say how often to look. */
const lookAgainMs = 5000;

/** A registration has no operation to follow: it takes minutes, and its subscription shows when it is done. */
async function untilRegistered(clients: Clients, target: string, signal: AbortSignal): Promise<void> {
  while (!isRegistered(await clients.resourceManager.provider(target, signal)))
    await pause(lookAgainMs, signal);
}

function isRegistered(provider: JsonObject | undefined): boolean {
  return textAt(provider, "registrationState")?.toLowerCase() === "registered";
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
    case "registerProvider":
      return clients.resourceManager.provider(change.target, signal);
    case "createConfiguration":
    case "updateConfiguration":
    case "deleteConfiguration":
      return findConfiguration(clients, change.target, signal);
    case "associate":
      return findAssignment(clients, change.target, signal);
    case "dissociate":
      return leftBehind(clients, change.target, signal);
    case "setUpgradePolicy":
    case "setImageReference":
    case "setAutomaticUpdates":
    case "setPatchSettings":
    case "updateInstances":
      return getScaleSet(clients, change.target, signal);
    case "addHealthExtension":
      return findExtension(clients, change.target, signal);
    case "startUpgrade":
    case "cancelUpgrade":
    case "approveUpgrade":
      return latestUpgrade(clients, change.target, signal);
  }
}

/** An assignment that should be gone. That of a scale set which is gone is in no list, and is asked for itself. */
async function leftBehind(
  clients: Clients,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  try {
    return await findAssignment(clients, id, signal);
  } catch (error) {
    if (saysGone(problemOf(error))) return askForAssignment(clients, id, signal);
    throw error;
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
    if (!isUnderWay(change, found)) return found;
    await pause(lookAgainMs, signal);
  }
}

/** Whether Azure still works on a resource. */
export function isUnderWay(change: Change, found: JsonObject | undefined): boolean {
  return (
    !isSettled(found) ||
    textAt(found, "registrationState") === "Registering" ||
    isActionUnderWay(change, found)
  );
}

/** The same as `isApplied`, also where more has to be read for it than the resource itself. */
export async function wasApplied(
  clients: Clients,
  change: Change,
  found: JsonObject | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  return change.kind === "updateInstances" ? haveModel(clients, change, signal) : isApplied(change, found);
}

/** Whether what was read back is what the change wanted. */
export function isApplied(change: Change, found: JsonObject | undefined): boolean {
  if (change.kind === "registerProvider") return isRegistered(found) || isUnderWay(change, found);
  if (isUpgradeAction(change)) return isActionApplied(change, found);
  if (change.after === undefined) return found === undefined;
  // The model shows what was asked for even where the operation to bring it about has failed.
  if (found === undefined || provisioningStateOf(found) === "Failed") return false;
  const { before = {}, after, kind } = change;
  // Only this kind replaces a resource as a whole, and so can take members away.
  const isRid = kind !== "updateConfiguration" || lacks(found, editedConfiguration(before, {}), after);
  return isRid && contains(found, comparable(change, after));
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

/** Whether `actual` has none of what `before` has and `after` has not; it may have something else in its place. */
function lacks(actual: Json | undefined, before: Json | undefined, after: Json | undefined): boolean {
  if (!isObject(before)) return true;
  return Object.entries(before).every(([name, value]) => {
    const wanted = at(after, name);
    if (wanted !== undefined) return lacks(at(actual, name), value, wanted);
    return at(before, name) === undefined || !contains(at(actual, name), value);
  });
}

/** Whether `actual` has all that `wanted` has; it may have more. Ids compare without case, and null is as good as absent. */
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
  return (actual ?? undefined) === (wanted ?? undefined);
}
