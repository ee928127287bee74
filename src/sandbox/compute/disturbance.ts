/** What goes wrong in a rolling upgrade: instances that are unhealthy, by themselves or because a test ordered it. */
import type { State } from "../state.ts";
import { bodyOf, changeInstances, instancesOf, knownHealth } from "./instances.ts";
import { type Failure, type Upgrade, windowClosed } from "./upgrade.ts";
import { fail, percentOf } from "./upgradeEnd.ts";

/** Ids of the instances that do not report themselves as healthy. */
export const sick = (state: State, key: string): readonly string[] => {
  const body = bodyOf(state, key);
  return instancesOf(state, key)
    .filter((one) => knownHealth(body, one) !== "healthy")
    .map(({ id }) => id);
};

export const sicken = (state: State, key: string, ids: readonly string[]): void =>
  changeInstances(state, key, ids, (one) => ({ ...one, health: "unhealthy" }));

/** What was ordered to go wrong, when its time has come and nothing in the scale set itself brings it about. */
export function disturb(state: State, upgrade: Upgrade, at: number): void {
  const { key, failure, batches, policy, pending } = upgrade;
  if (failure === undefined || batches < failure.afterBatches) return;
  const all = instancesOf(state, key).map(({ id }) => id);
  const outright: readonly Failure[] = ["InternalExecutionError", "RollingUpgradeTimeoutError", windowClosed];
  if (outright.includes(failure.code)) {
    // Where the last batch is done, there is none left that a window could keep from beginning.
    if (failure.code === windowClosed && pending.length === 0) return;
    fail(state, upgrade, failure.code, [], at);
  } else if (failure.code.startsWith("MaxUnhealthyInstance")) {
    const enough = Math.floor((policy.maxUnhealthyInstancePercent * all.length) / 100) + 1;
    const others = all.filter((id) => !pending.includes(id));
    sicken(state, key, [...pending, ...others].slice(0, Math.min(enough, all.length)));
  }
}

/** Those of the upgraded that turn out not to be healthy: of the batch, and of others where it takes more to exceed the limit. */
export function failing(upgrade: Upgrade): readonly string[] {
  const { failure, batches, batch, pending, successful, failed, policy } = upgrade;
  if (failure === undefined || batches < failure.afterBatches) return [];
  if (failure.code === "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade") {
    const upgraded = successful.length + failed.length + batch.length;
    const enough = Math.floor((policy.maxUnhealthyUpgradedInstancePercent * upgraded) / 100) + 1;
    return [...batch, ...successful].slice(0, Math.max(batch.length, enough - failed.length));
  }
  if (failure.code !== "RollingUpgradeInProgressWithFailedUpgradedVMs" || failed.length > 0) return [];
  const share = percentOf(1, successful.length + batch.length);
  const bearable = share <= policy.maxUnhealthyUpgradedInstancePercent;
  return bearable || pending.length === 0 ? batch.slice(0, 1) : [];
}
