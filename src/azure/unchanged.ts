import { sameConfiguration, withoutPeople } from "../core/configurationPlans.ts";
import type { JsonObject } from "../core/json.ts";
import { message } from "../core/message.ts";
import type { Change, Outcome } from "../core/plan.ts";
import { isApplied, readBack } from "./changes.ts";
import type { Clients } from "./clients.ts";
import { AzureError } from "./errors.ts";
import { notFound } from "./places.ts";

/**
 * Reads a configuration right before it is edited or deleted: Microsoft.Maintenance has no ETag, so that only this look tells that someone
 * has changed it since the plan was made; what changes between the look and the write, which Azure may put off by a `Retry-After`, goes
 * unseen. Answers the outcome where there is nothing left to do, undefined where the change is to be sent.
 * Throws AzureError where it is to be sent no more (`conflict` with both resources, `notFound`), and where the read fails.
 */
export async function outcomeBeforeSending(
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
