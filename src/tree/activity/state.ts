import { dayMs } from "../../core/milliseconds.ts";
import { onceFor } from "../../core/memo.ts";
import { attemptOf } from "../../core/upgrades/attempts.ts";
import { idKey } from "../../core/resources/ids.ts";
import { isRunning } from "../../core/upgrades/upgrade.ts";
import { hasEnded, type FollowedUpgrade } from "../../fleet/upgrades/followedUpgrades.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import type { UnreadFile } from "../../fleet/plans/planFiles.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Clock } from "../view.ts";

/** What the Activity view is made from. */
export interface ActivityState {
  readonly snapshot: Snapshot;
  /** Everything that is kept of the connected Azure, the latest first. */
  readonly attempts: readonly KeptAttempt[];
  readonly followed: readonly FollowedUpgrade[];
  readonly plans: readonly AppliedPlan[];
  /** What could not be read of the plans. */
  readonly unread?: readonly UnreadFile[];
  readonly clock: Clock;
}

/** What counts as lately, and how many upgrades are shown of it. */
const latelyMs = 14 * dayMs;
export const maxEndedUpgrades = 50;

/** The sets that an upgrade runs in, and those where one was just begun and does not show yet. */
export const upgradingSets = onceFor(
  ({ snapshot, followed }: Pick<ActivityState, "snapshot" | "followed">): readonly ScaleSetRecord[] => {
    const begun = new Map(followed.map((one) => [idKey(one.scaleSetId), one]));
    const sets: ScaleSetRecord[] = [];
    for (const [key, record] of snapshot.scaleSets) {
      const one = begun.get(key);
      if (isRunning(record.upgrade) || (one && !hasEnded(one, record.upgrade))) sets.push(record);
    }
    return sets;
  },
);

/** The upgrades that ended lately, the latest first. */
export function endedLately({ attempts, clock }: ActivityState): readonly KeptAttempt[] {
  const since = Date.parse(clock.now) - latelyMs;
  return attempts.filter((kept) => !isRunning(kept.upgrade) && endOf(kept) >= since);
}

function endOf({ upgrade, seenAt }: KeptAttempt): number {
  const { started, ended } = attemptOf(upgrade);
  return Date.parse(ended ?? started ?? seenAt) || 0;
}
