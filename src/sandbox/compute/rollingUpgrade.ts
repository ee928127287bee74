/** The life of a rolling upgrade: how it begins, and what the user may do to it. */
import { textAt } from "../json.ts";
import type { State } from "../state.ts";
import type { Instance } from "./instance.ts";
import { bodyOf, instancesOf, isLatest, targetVersion } from "./instances.ts";
import { automaticPolicyOf, imageReferenceOf, profileOf, rollingPolicyOf } from "./model.ts";
import { isRunning, newUpgrade, type Upgrade, usual } from "./upgrade.ts";
import { endUpgrade, showState } from "./upgradeEnd.ts";
import { canceledError } from "./upgradeErrors.ts";

/** The instances that an upgrade of `kind` has something to do for. */
function outdated(state: State, key: string, kind: Upgrade["kind"]): readonly Instance[] {
  const version = targetVersion(state, key);
  const body = bodyOf(state, key);
  return instancesOf(state, key).filter((one) => {
    if (one.isProtected) return false;
    return kind === "model" ? !isLatest(body, one) : version !== undefined && one.version !== version;
  });
}

export const runningUpgrade = (state: State, key: string): Upgrade | undefined =>
  state.upgrades.get(key)?.find(isRunning);

/** Begins a rolling upgrade at an instant; it goes on by `progress`. */
export function beginUpgrade(
  state: State,
  key: string,
  { inWindows = false, ...how }: Pick<Upgrade, "kind" | "startedBy"> & { readonly inWindows?: boolean },
  start: number,
): Upgrade {
  const body = bodyOf(state, key);
  const automatic = automaticPolicyOf(body);
  const policy = rollingPolicyOf(body);
  const order = state.orders.get(key) ?? state.orders.get("*") ?? usual;
  const { failure, ...times } = order;
  // A failure is ordered for one upgrade, the times for all that follow.
  if (failure !== undefined) state.orders.set(state.orders.has(key) ? key : "*", times);
  const platform = how.startedBy === "Platform" && automatic["disableAutomaticRollback"] !== true;
  const upgrade = newUpgrade(
    {
      ...how,
      inWindows,
      key,
      target: { version: targetVersion(state, key), reference: imageReferenceOf(profileOf(body)) },
      policy,
      restores: how.kind === "os" && (platform || policy.rollbackFailedInstancesOnPolicyBreach),
      deferred: how.kind === "os" && automatic["osRollingUpgradeDeferral"] === true,
      start,
      pending: outdated(state, key, how.kind).map(({ id }) => id),
      before: new Map(instancesOf(state, key).map((one) => [one.id, one])),
    },
    order,
  );
  state.upgrades.set(key, [upgrade, ...(state.upgrades.get(key) ?? [])]);
  showState(state, key, "Updating");
  return upgrade;
}

/**
 * Stops an upgrade as the user wants it; what it ends with was recorded (2023-03-16). Ours: what was under way waits again, with its old
 * disk.
 */
export function cancelUpgrade(state: State, upgrade: Upgrade, at: number): void {
  upgrade.pending = [...upgrade.batch, ...upgrade.pending];
  upgrade.batch = [];
  upgrade.error = canceledError(textAt(bodyOf(state, upgrade.key), "name") ?? "");
  endUpgrade(state, upgrade, "Cancelled", at, { status: "Canceled" });
}

/** Lets instances be upgraded that wait for it. */
export function approve(upgrade: Upgrade, ids: readonly string[], now: number): void {
  for (const id of ids) upgrade.approved.add(id);
  if (upgrade.nextAt === Infinity) upgrade.nextAt = now;
}
