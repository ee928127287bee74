/** How a rolling upgrade ends: done, stopped, or failed and perhaps rolled back. */
import { textAt, withAt } from "../json.ts";
import type { State } from "../state.ts";
import type { Outcome } from "../operation.ts";
import { bodyOf, changeInstances, instancesOf } from "./instances.ts";
import { type Failure, type Upgrade, windowClosed } from "./upgrade.ts";
import { rollbackError, upgradeError } from "./upgradeErrors.ts";

export const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);

/** What the set says of itself: it is being updated as long as an upgrade runs. */
export function showState(state: State, key: string, value: string): void {
  const stored = state.scaleSets.get(key);
  if (stored === undefined) return;
  state.scaleSets.set(key, {
    ...stored,
    body: withAt(stored.body, ["properties", "provisioningState"], value),
  });
}

export function endUpgrade(
  state: State,
  upgrade: Upgrade,
  code: Upgrade["code"],
  at: number,
  outcome: Outcome,
): void {
  upgrade.code = code;
  upgrade.end = at;
  if (upgrade.operation !== undefined) {
    upgrade.operation.end = at;
    upgrade.operation.outcome = outcome;
  }
  showState(state, upgrade.key, "Succeeded");
}

/** Stops an upgrade with an error; `ids` are the instances that are to blame. */
export function fail(
  state: State,
  upgrade: Upgrade,
  code: Failure,
  ids: readonly string[],
  at: number,
): void {
  const { key, policy, successful, failed } = upgrade;
  const ofUpgraded = code === "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
  const whole = ofUpgraded ? successful.length + failed.length : instancesOf(state, key).length;
  upgrade.error = upgradeError(code, {
    set: textAt(bodyOf(state, key), "name") ?? "",
    ids,
    percent: percentOf(ids.length, whole),
    limit: ofUpgraded ? policy.maxUnhealthyUpgradedInstancePercent : policy.maxUnhealthyInstancePercent,
    elapsedMs: at - upgrade.start,
  });
  // Ours: what failed before its window closed has its old disk back already.
  if (upgrade.restores && failed.length > 0 && code !== windowClosed) {
    upgrade.code = "RollingBack";
    upgrade.next = "rollback";
    upgrade.nextAt = at + upgrade.order.batchMs;
  } else endUpgrade(state, upgrade, "Faulted", at, { status: "Failed", error: upgrade.error });
}

/** Gives failed instances the disks back that they had. */
export function restore(state: State, upgrade: Upgrade, ids: readonly string[]): void {
  changeInstances(state, upgrade.key, ids, (one) => upgrade.before.get(one.id) ?? one);
  upgrade.restored = upgrade.failed.length;
}

/** The end of a failed upgrade that restores what it broke. */
export function rollBack(state: State, upgrade: Upgrade, at: number): void {
  const { key, failed, error } = upgrade;
  if (upgrade.failure?.rollbackFails === true) {
    upgrade.unrestored = failed.length - upgrade.restored;
    upgrade.rollbackError = rollbackError(textAt(bodyOf(state, key), "name") ?? "", failed);
  } else {
    restore(state, upgrade, failed);
  }
  endUpgrade(state, upgrade, "Faulted", at, { status: "Failed", ...(error !== undefined && { error }) });
}
