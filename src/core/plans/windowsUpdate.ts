/**
 * Windows Update beside automatic OS upgrades. Azure turns it off where upgrades are enabled by a request that does not name it, and leaves it
 * off where they are disabled again (recorded 2020-12-30, api 2020-12-01, for PUT; the contract says the same of PATCH).
 */
import { nameOf } from "../resources/ids.ts";
import { at, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { upgradeModeOf, windowsUpdateOf, windowsUpdatePath } from "../resources/scaleSet.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { change } from "./change.ts";
import type { AnyChange } from "./change.ts";
import { turnsOff } from "./kinds/automaticUpgrades.ts";
import { nested } from "./merging.ts";
import type { Change, ChangeResult } from "./plan.ts";

/** A scale set as it is now. */
interface ScaleSetNow {
  readonly id: string;
  readonly resource: JsonObject;
}

/** What the review of enabling says of a set whose Windows Update is on; undefined for others. */
export function turnedOffByAzure({ id, resource }: ScaleSetNow): Message | undefined {
  return windowsUpdateOf(resource) === true
    ? message("Azure turns off Windows Update on {0} with this change.", nameOf(id))
    : undefined;
}

/**
 * Turns Windows Update on again, once automatic OS upgrades are off. Patch mode Manual goes with it, since Azure ties that to updates that
 * are off (WindowsVMGuestPatchMode in the contract). Undefined where Windows Update is on, or the set does not run Windows.
 */
export function restoreWindowsUpdate({ id, resource }: ScaleSetNow): Change | undefined {
  if (windowsUpdateOf(resource) !== false) return undefined;
  const path = windowsUpdatePath.slice(0, -1);
  const known = objectAt(resource, ...path) ?? {};
  const patchMode = textAt(known, "patchSettings", "patchMode");
  const isManual = patchMode?.toLowerCase() === "manual";
  const before = {
    enableAutomaticUpdates: known["enableAutomaticUpdates"],
    ...(isManual && { patchSettings: { patchMode } }),
  };
  const after = {
    enableAutomaticUpdates: true,
    ...(isManual && { patchSettings: { patchMode: "AutomaticByOS" } }),
  };
  const title = message("Turn on Windows Update again on scale set {0}", nameOf(id));
  return {
    ...change("setAutomaticUpdates", id, title, { before: nested(path, before), after: nested(path, after) }),
    provided: [{ is: "off", id }],
  };
}

/** Whether the changes turn Windows Update of a set on. */
export function turnsWindowsUpdateOn(changes: readonly AnyChange[], setKey: string): boolean {
  return changes.some(
    ({ target, after }) => target.toLowerCase() === setKey && at(after, ...windowsUpdatePath) === true,
  );
}

/** Ids of the sets whose automatic OS upgrades the changes disable. */
export function disabledBy(changes: readonly AnyChange[]): readonly string[] {
  return changes.flatMap((one) => (one.kind === "setUpgradePolicy" && turnsOff(one) ? [one.target] : []));
}

/** What a changed model of a set's machines does to the instances that run, by the upgrade mode, which is another where it is changed too. */
export function rollOutWarning({ id, resource }: ScaleSetNow, wantedMode?: string): Message {
  const mode = upgradeModeOf(resource)?.toLowerCase() ?? "manual";
  switch (mode === "manual" ? wantedMode?.toLowerCase() : mode) {
    case "automatic":
      return message(
        "With upgrade mode Automatic, the instances of {0} get the changed model right away, in any order, outside any window.",
        nameOf(id),
      );
    case "rolling":
      return message(
        "With upgrade mode Rolling, the instances of {0} get the changed model right away, batch by batch, outside any window.",
        nameOf(id),
      );
    default:
      return message(
        "With upgrade mode Manual, the instances of {0} keep their model until you update them.",
        nameOf(id),
      );
  }
}

/** Whether Azure refused a change since Windows Update is on (https://github.com/Azure/aks-engine/issues/1795). */
export function isRefusedForWindowsUpdate({ change: { kind }, outcome }: ChangeResult): boolean {
  return (
    kind === "setUpgradePolicy" &&
    outcome.status === "failed" &&
    /enableAutomaticUpdates cannot be set to true if/i.test(outcome.problem.detail ?? "")
  );
}
