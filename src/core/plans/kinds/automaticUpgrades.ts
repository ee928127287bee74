import { booleanAt } from "../../resources/json.ts";
import type { AnyChange } from "../change.ts";

/** Whether a change of the upgrade policy turns automatic OS upgrades on. */
export function turnsOn({ after }: Pick<AnyChange, "after">): boolean {
  const path = ["properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];
  return booleanAt(after, ...path) === true;
}

/** Whether a change turns automatic OS upgrades off. */
export function turnsOff({ after }: Pick<AnyChange, "after">): boolean {
  const path = ["properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];
  return booleanAt(after, ...path) === false;
}
