import { sameConfiguration, withoutPeople } from "../../core/plans/configurationPlans.ts";
import { isAssignmentId, isScaleSetId, nameOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import { saysGone } from "../../core/text/problem.ts";
import { isApplied, readBack } from "./changes.ts";
import type { Clients } from "../clients/clients.ts";
import { getScaleSet } from "../clients/compute.ts";
import { AzureError, problemOf } from "../errors/errors.ts";
import { findAssignment, getConfiguration } from "../clients/maintenanceControl.ts";
import { notFound } from "../clients/places.ts";

/**
 * Looks right before a change is sent whether it still should be: a configuration that is edited or deleted must be what it was, and what a
 * dissociation that cleans up is provided with must hold. `beside`: the clients for what it is provided with. Answers the outcome where there
 * is nothing left to do, undefined where the change is to be sent. Throws AzureError where it is to be sent no more, and where the read fails.
 */
export async function outcomeBeforeSending(
  clients: Clients,
  change: Change,
  signal: AbortSignal,
  beside: Clients = clients,
): Promise<Outcome | undefined> {
  if (change.provided === undefined) return outcomeOfLook(clients, change, signal);
  const { id, is } = change.provided;
  if ((await isThere(beside, id, signal)) === (is === "there")) return undefined;
  throw is === "gone" ? thereAgain(id) : noLongerThere(id);
}

/** Only an answer of Azure's that it is not there counts as absence; any other failure is thrown. */
async function isThere(clients: Clients, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    if (isAssignmentId(id)) return (await findAssignment(clients, id, signal)) !== undefined;
    await (isScaleSetId(id) ? getScaleSet(clients, id, signal) : getConfiguration(clients, id, signal));
    return true;
  } catch (error) {
    if (saysGone(problemOf(error))) return false;
    throw error;
  }
}

/**
 * Reads a configuration right before it is edited or deleted: Microsoft.Maintenance has no ETag, so that only this look tells that someone
 * has changed it since the plan was made; what changes between the look and the write, which Azure may put off by a `Retry-After`, goes
 * unseen. Throws `conflict` with both resources, and `notFound`.
 */
async function outcomeOfLook(
  clients: Clients,
  change: Change,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const { kind, before } = change;
  if (kind !== "updateConfiguration" && kind !== "deleteConfiguration") return undefined;
  const now = await readBack(clients, change, signal);
  if (now === undefined) {
    if (kind === "deleteConfiguration") return { status: "done" };
    throw notFound();
  }
  if (before === undefined || sameConfiguration(before, now)) return undefined;
  if (isApplied(change, now)) return { status: "done", readBack: now };
  throw changedMeanwhile(before, now);
}

function changedMeanwhile(before: JsonObject, now: JsonObject): AzureError {
  return new AzureError({
    kind: "conflict",
    summary: message("It was changed in Azure since it was read, so nothing was sent."),
    wayOut: message("Show both, then start again from what Azure has now."),
    compare: { before, now: withoutPeople(now) },
  });
}

function thereAgain(id: string): AzureError {
  return new AzureError({
    kind: "conflict",
    summary: message("{0} is there again, so the association was left alone.", verbatim(nameOf(id))),
    wayOut: message("Refresh to see what there is now."),
  });
}

function noLongerThere(id: string): AzureError {
  return new AzureError({
    kind: "conflict",
    summary: message(
      "The association {0}, which was to stay, is not there any more, so this one was left alone.",
      verbatim(nameOf(id)),
    ),
    wayOut: message("Refresh to see what there is now."),
  });
}
