import { textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { isRunning, isSameUpgrade, startOf } from "../../upgrades/upgrade.ts";
import type { AnyChange } from "../change.ts";
import type { Kind, Sent } from "./kind.ts";

/** What the kinds that act on a set's rolling upgrade share: what they leave behind is that, not the set. */
export function upgradeAction(
  action: string,
  step: number,
): Pick<
  Kind,
  "action" | "subject" | "step" | "actsOnUpgrade" | "premiseReads" | "confirmationReads" | "readBack"
> {
  return {
    action: `Microsoft.Compute/virtualMachineScaleSets/${action}/action`,
    subject: ({ target }) => target,
    step,
    actsOnUpgrade: true,
    premiseReads: ["latestUpgrade"],
    confirmationReads: ["latestUpgrade"],
    readBack: ({ latestUpgrade }) => latestUpgrade,
  };
}

/** There never was an upgrade; a change without a `before` does not know. */
export const noUpgrade: JsonObject = {};

/** Whether the set's latest upgrade is the one that was reviewed; one that was not read cannot be another. */
export function isReviewed({ before }: AnyChange, latest: JsonObject | undefined): boolean {
  if (before === undefined) return true;
  return latest === undefined ? startOf(before) === undefined : isSameUpgrade(before, latest);
}

/** Whether an upgrade ended because it was cancelled, or is being cancelled. */
export function isCancelled(latest: JsonObject): boolean {
  const status = (name: string) => textAt(latest, "properties", "runningStatus", name) ?? "";
  return (
    /^cancell?ed$/i.test(status("code")) || (isRunning(latest) && /^cancel$/i.test(status("lastAction")))
  );
}

/** Azure's clock and ours may differ by so much, in milliseconds. */
const clockSkewMs = 120_000;

/** Whether an upgrade began after the call was made. */
export function beganAfter(upgrade: JsonObject | undefined, { at }: Sent): boolean {
  const began = Date.parse(startOf(upgrade) ?? "");
  return !Number.isNaN(began) && began >= at - clockSkewMs;
}
