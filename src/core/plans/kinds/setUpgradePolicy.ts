import { turnsOff, turnsOn } from "./automaticUpgrades.ts";
import type { Kind } from "./kind.ts";
import { patch } from "./patch.ts";

/** The upgrade policy, automatic OS upgrades among it: a set gets its window before they are turned on. */
export const setUpgradePolicyKind: Kind = {
  ...patch("setUpgradePolicy", 7, false),
  // Azure turns Windows' own updates on only where automatic OS upgrades are off: they go off before anything else.
  stepOf: (change) => (turnsOff(change) ? 2 : undefined),
  needs: (change, other) => turnsOn(change) && other.kind === "associate",
};
