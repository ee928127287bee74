import { nameOf } from "../../resources/ids.ts";
import { arrayAt, isObject, textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { isRunning, isSameUpgrade } from "../../upgrades/upgrade.ts";
import type { Kind, Seen } from "./kind.ts";
import { beganAfter, isReviewed, noUpgrade, upgradeAction } from "./upgradeAction.ts";

/** POST that begins a rolling OS upgrade at once. */
export const startUpgradeKind: Kind = {
  ...upgradeAction("osRollingUpgrade", 9),
  premise: (change, { latestUpgrade }) =>
    isRunning(latestUpgrade) || !isReviewed(change, latestUpgrade) ? "other" : "before",
  // The platform begins upgrades too.
  whyOther: ({ target }) => message("A rolling upgrade of {0} started after your review.", nameOf(target)),
  asSent: (change, { latestUpgrade }) => ({ ...change, before: latestUpgrade ?? noUpgrade }),
  confirmationReads: ["latestUpgrade", "upgradeHistory"],
  confirmation: (change, seen, sent) => {
    const { latestUpgrade } = seen;
    if (latestUpgrade === undefined || isReviewed(change, latestUpgrade)) return "before";
    if (!sent.isAccepted && !beganAfter(latestUpgrade, sent)) return "other";
    // The platform may have begun one meanwhile, and only the history says who did.
    const starter = starterOf(latestUpgrade, seen);
    if (starter === undefined) return sent.isAccepted ? "after" : "before";
    return starter === "user" ? "after" : "other";
  },
  // One that failed may have become the latest upgrade.
  again: ({ before: _before, ...rest }) => rest,
  whyNoInverse: () => message("Upgraded instances can't go back to the earlier image."),
};

/** Who began an upgrade, in lower case, as the history has it; undefined where it does not have it yet. */
function starterOf(upgrade: JsonObject, { upgradeHistory }: Seen): string | undefined {
  const entry = arrayAt(upgradeHistory, "value")
    .filter(isObject)
    .find((attempt) => isSameUpgrade(attempt, upgrade));
  return textAt(entry, "properties", "startedBy")?.toLowerCase();
}
