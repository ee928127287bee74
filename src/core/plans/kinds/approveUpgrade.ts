import { numberAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import type { Kind } from "./kind.ts";
import { isReviewed, noUpgrade, upgradeAction } from "./upgradeAction.ts";

/** POST that lets instances be upgraded which wait for an approval. */
export const approveUpgradeKind: Kind = {
  ...upgradeAction("approveRollingUpgrade", 10),
  premise: () => "before",
  asSent: (change, { latestUpgrade }) => ({ ...change, before: latestUpgrade ?? noUpgrade }),
  confirmation: (change, { latestUpgrade }, { isAccepted }) => {
    if (latestUpgrade === undefined) return "before";
    // One that was going on anyway goes on without the approval too.
    if (!isAccepted && begunIn(change.before) > 0) return "before";
    const goesOn = !isReviewed(change, latestUpgrade) || begunIn(latestUpgrade) > begunIn(change.before);
    return goesOn ? "after" : "before";
  },
  whyNoInverse: () => message("Upgraded instances can't go back to the earlier image."),
};

/** How many instances an upgrade no longer waits for. */
function begunIn(upgrade: JsonObject | undefined): number {
  const count = (name: string) => numberAt(upgrade, "properties", "progress", `${name}InstanceCount`) ?? 0;
  return count("inProgress") + count("successful") + count("failed");
}
