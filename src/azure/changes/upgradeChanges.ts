import { numberAt, textAt, type JsonObject } from "../../core/resources/json.ts";
import type { Change } from "../../core/plans/plan.ts";
import { isRunning, isSameUpgrade } from "../../core/upgrades/upgrade.ts";
import type { Clients } from "../clients/clients.ts";
import { haveLatestModel, instancesOf, latestUpgrade } from "../clients/upgrades.ts";

/**
 * The change with the set's latest upgrade as it is now, right before it is sent: were the answer lost, only the comparison with what was
 * there before would tell whether an upgrade was begun. Other changes stay as they are.
 */
export async function withLatestUpgrade(
  clients: Clients,
  change: Change,
  signal: AbortSignal,
): Promise<Change> {
  if (change.kind !== "startUpgrade" && change.kind !== "approveUpgrade") return change;
  return { ...change, before: (await latestUpgrade(clients, change.target, signal)) ?? none };
}

/** There never was an upgrade; a change without a `before` does not know. */
const none: JsonObject = {};

/** Whether Azure still works on what an action on an upgrade wanted. A started upgrade is followed by others. */
export function isActionUnderWay({ kind }: Change, latest: JsonObject | undefined): boolean {
  return kind === "cancelUpgrade" && isRunning(latest);
}

/** Whether a set's latest upgrade shows that an action on it was taken. */
export function isActionApplied({ kind, before }: Change, latest: JsonObject | undefined): boolean {
  if (latest === undefined) return false;
  if (kind === "cancelUpgrade") return /^cancell?ed$/i.test(statusOf(latest, "code")) || isCancelling(latest);
  const isNew = before === undefined ? isRunning(latest) : !isSameUpgrade(before, latest);
  return kind === "startUpgrade" ? isNew : isNew || begunIn(latest) > begunIn(before);
}

/** Whether the instances that were to get the latest model have it. */
export function haveModel(
  clients: Clients,
  { target, after = {} }: Change,
  signal: AbortSignal,
): Promise<boolean> {
  return haveLatestModel(clients, target, instancesOf(after), signal);
}

function isCancelling(latest: JsonObject): boolean {
  return isRunning(latest) && /^cancel$/i.test(statusOf(latest, "lastAction"));
}

function statusOf(latest: JsonObject, name: string): string {
  return textAt(latest, "properties", "runningStatus", name) ?? "";
}

/** How many instances an upgrade no longer waits for. */
function begunIn(upgrade: JsonObject | undefined): number {
  const count = (name: string) => numberAt(upgrade, "properties", "progress", `${name}InstanceCount`) ?? 0;
  return count("inProgress") + count("successful") + count("failed");
}
