import { minuteMs } from "../milliseconds.ts";
import { secondsOf } from "../resources/isoDuration.ts";
import { arrayAt, at, booleanAt, numberAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { extensionsOf, isFlexible } from "../resources/scaleSet.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { durationInWords } from "./upgradeInWords.ts";

/** What in the model of a scale set lets each batch of an upgrade take longer. */
export interface BatchWait {
  /** The member that says so. */
  readonly member:
    | "osImageNotificationProfile"
    | "lifecycleHooksProfile"
    | "terminateNotificationProfile"
    | "gracePeriod";
  /** The most that it adds to a batch. */
  readonly minutes: number;
}

/**
 * Sources: Microsoft's contract of Compute, 2026-04-01 (ScheduledEventsProfile, LifecycleHook); of maxSurge
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-maxsurge; of the grace period
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension#initializing-state.
 */
export function batchWaitsOf(scaleSet: JsonObject): readonly BatchWait[] {
  const waits: readonly BatchWait[] = [
    { member: "osImageNotificationProfile", minutes: osImageEventMinutes(scaleSet) },
    { member: "lifecycleHooksProfile", minutes: hookMinutes(scaleSet) },
    { member: "terminateNotificationProfile", minutes: terminateEventMinutes(scaleSet) },
    { member: "gracePeriod", minutes: graceMinutes(scaleSet) },
  ];
  return waits.filter(({ minutes }) => minutes > 0);
}

const secondsPerMinute = 60;

/** What the contract has of a notification that names no timeout: each instance may wait so long for its approval. */
const osImageEventSeconds = 15 * secondsPerMinute;
const terminateEventSeconds = 5 * secondsPerMinute;

/** Each instance is told before its disk is replaced, and may wait until it approves. Those of a batch wait side by side. */
function osImageEventMinutes(scaleSet: JsonObject): number {
  return eventMinutes(scaleSet, "osImageNotificationProfile", osImageEventSeconds);
}

/** With maxSurge a batch deletes the instances that it has replaced. Azure does not support that for automatic upgrades of Flexible sets. */
function terminateEventMinutes(scaleSet: JsonObject): number {
  const policy = objectAt(scaleSet, "properties", "upgradePolicy", "rollingUpgradePolicy");
  if (booleanAt(policy, "maxSurge") !== true || isFlexible(scaleSet)) return 0;
  return eventMinutes(scaleSet, "terminateNotificationProfile", terminateEventSeconds);
}

function eventMinutes(scaleSet: JsonObject, name: BatchWait["member"], defaultSeconds: number): number {
  const events = objectAt(scaleSet, "properties", "virtualMachineProfile", "scheduledEventsProfile");
  const profile = objectAt(events, name);
  if (booleanAt(profile, "enable") !== true) return 0;
  return (secondsOf(at(profile, "notBeforeTimeout")) ?? defaultSeconds) / secondsPerMinute;
}

/** A hook of this type holds each batch back until it is answered. Without a duration the wait is not known, and not counted. */
function hookMinutes(scaleSet: JsonObject): number {
  const hooks = arrayAt(scaleSet, "properties", "lifecycleHooksProfile", "lifecycleHooks");
  const waits = hooks
    .filter((hook) => textAt(hook, "type")?.toLowerCase() === "upgradeautoosrollingbatchstarting")
    .map((hook) => (secondsOf(at(hook, "waitDuration")) ?? 0) / secondsPerMinute);
  return Math.max(0, ...waits);
}

/** Of the time in which an instance with rich health states may be initializing, what is not in the estimate already. */
function graceMinutes(scaleSet: JsonObject): number {
  const extension = extensionsOf(scaleSet).find(
    ({ publisher, type, properties }) =>
      publisher.toLowerCase() === "microsoft.managedservices" &&
      /^applicationhealth(windows|linux)$/i.test(type) &&
      textAt(properties, "typeHandlerVersion")?.startsWith("2") === true,
  );
  const settings = objectAt(extension?.properties, "settings");
  const graceSeconds = Math.min(numberAt(settings, "gracePeriod") ?? 0, maxGraceSeconds);
  return Math.max(0, graceSeconds / secondsPerMinute - healthMinutes);
}

/** The longest grace period that the extension takes. */
const maxGraceSeconds = 7200;

/**
 * For so long at most Azure waits for an instance to become healthy
 * (https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade).
 */
export const healthMinutes = 5;

/** A sentence for each wait of an estimate, and for a deferral. */
export function waitsInWords({
  waits,
  basis,
  isDeferred,
}: {
  readonly waits: readonly BatchWait[];
  readonly basis: "measured" | "assumed";
  readonly isDeferred: boolean;
}): readonly Message[] {
  return [
    ...waits.map(({ member, minutes }) => wording[member](durationInWords(minutes * minuteMs))),
    ...(waits.length > 0 && basis === "measured"
      ? [message("The measured time includes such waits if they were on during that upgrade.")]
      : []),
    ...(isDeferred ? [message("Not counted: upgrades wait for approval (osRollingUpgradeDeferral).")] : []),
  ];
}

const wording: Readonly<Record<BatchWait["member"], (time: Message) => Message>> = {
  osImageNotificationProfile: (time) =>
    message(
      "Each batch may wait up to {0} for instances to approve their scheduled event (osImageNotificationProfile).",
      time,
    ),
  lifecycleHooksProfile: (time) =>
    message("Each batch may wait up to {0} for its lifecycle hook (waitDuration).", time),
  terminateNotificationProfile: (time) =>
    message(
      "With maxSurge, each batch may wait up to {0} before old instances are deleted (terminateNotificationProfile).",
      time,
    ),
  gracePeriod: (time) =>
    message("New instances may need {0} more to report their health (gracePeriod of the extension).", time),
};
