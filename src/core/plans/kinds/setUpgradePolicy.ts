import { keepingWindowsUpdate, turnsOff, turnsOn, windowsUpdateAfter } from "./automaticUpgrades.ts";
import type { Kind } from "./kind.ts";
import { patch } from "./patch.ts";

const patched = patch("setUpgradePolicy", 7, false);

/** The upgrade policy, automatic OS upgrades among it: a set gets its window before they are turned on. */
export const setUpgradePolicyKind: Kind = {
  ...patched,
  // Azure turns Windows' own updates on only where automatic OS upgrades are off: they go off before anything else.
  stepOf: (change) => (turnsOff(change) ? 2 : undefined),
  needs: (change, other) => turnsOn(change) && other.kind === "associate",
  note: (change, { resource }) => windowsUpdateAfter(change, resource),
  again: (change, found) => {
    const made = patched.again?.(change, found) ?? change;
    return "reason" in made || found === undefined || !turnsOn(made)
      ? made
      : keepingWindowsUpdate(made, found);
  },
};
