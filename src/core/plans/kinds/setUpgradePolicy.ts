import { turnsOn } from "./automaticUpgrades.ts";
import type { Kind } from "./kind.ts";
import { patch } from "./patch.ts";

/** The upgrade policy, automatic OS upgrades among it: a set gets its window before they are turned on. */
export const setUpgradePolicyKind: Kind = {
  ...patch("setUpgradePolicy", 6, false),
  needs: (change, other) => turnsOn(change) && other.kind === "associate",
};
