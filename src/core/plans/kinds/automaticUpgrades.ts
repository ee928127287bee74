import { at, booleanAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { osTypeOf, windowsUpdateOf, windowsUpdatePath } from "../../resources/scaleSet.ts";
import { message } from "../../text/message.ts";
import type { Message } from "../../text/message.ts";
import type { AnyChange } from "../change.ts";
import { merged, nested } from "../merging.ts";

const enabledPath = ["properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];

/** Whether a change of the upgrade policy turns automatic OS upgrades on. */
export function turnsOn({ after }: { readonly after?: JsonObject | undefined }): boolean {
  return booleanAt(after, ...enabledPath) === true;
}

/** Whether a change turns automatic OS upgrades off. */
export function turnsOff({ after }: Pick<AnyChange, "after">): boolean {
  return booleanAt(after, ...enabledPath) === false;
}

/**
 * A change that turns automatic OS upgrades on, whose `before` also keeps what the set says of Windows Update: Azure turns that off along
 * (recorded 2020-12-30, api 2020-12-01).
 */
export function keepingWindowsUpdate<C extends AnyChange>(enabling: C, resource: JsonObject): C {
  const stored = at(resource, ...windowsUpdatePath);
  if (stored === undefined || osTypeOf(resource) !== "Windows") return enabling;
  return { ...enabling, before: merged(enabling.before ?? {}, nested(windowsUpdatePath, stored)) };
}

/** What a read after such a change shows of Windows Update; undefined where it was off before, or the set does not run Windows. */
export function windowsUpdateAfter(
  { before, after }: AnyChange,
  resource: JsonObject | undefined,
): Message | undefined {
  if (!turnsOn({ after }) || booleanAt(before, ...windowsUpdatePath) === false) return undefined;
  const isOn = windowsUpdateOf(resource ?? {});
  if (isOn === undefined) return undefined;
  return isOn ? message("Windows Update is still on.") : message("Azure turned off Windows Update.");
}
