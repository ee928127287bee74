import { nameOf } from "../../resources/ids.ts";
import { message } from "../../text/message.ts";
import { isRunning } from "../../upgrades/upgrade.ts";
import type { Kind, Standing } from "./kind.ts";
import { isCancelled, isReviewed, upgradeAction } from "./upgradeAction.ts";

/** POST that ends a rolling upgrade where it is. */
export const cancelUpgradeKind: Kind = {
  ...upgradeAction("rollingUpgrades", 1),
  premise: (change, { latestUpgrade: latest }): Standing => {
    if (latest === undefined || !isReviewed(change, latest)) return "other";
    if (isCancelled(latest)) return "after";
    return isRunning(latest) ? "before" : "other";
  },
  // An upgrade ends by itself.
  whyOther: ({ target }, { latestUpgrade: latest }) =>
    latest === undefined || isRunning(latest)
      ? undefined
      : message("No rolling upgrade of {0} is running any more.", nameOf(target)),
  confirmation: (_change, { latestUpgrade: latest }): Standing => {
    if (latest === undefined) return "before";
    if (isCancelled(latest)) return "after";
    return isRunning(latest) ? "before" : "other";
  },
  whyNoInverse: () => message("A cancelled upgrade doesn't continue. Start another one."),
};
