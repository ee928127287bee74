import { durationOf } from "../clock.ts";
import { textAt, withAt } from "../json.ts";
import type { Instance, Outcome, State } from "../state.ts";
import {
  bodyOf,
  changeInstances,
  instancesOf,
  isLatest,
  knownHealth,
  targetVersion,
  withLatestModel,
} from "./instances.ts";
import { automaticPolicyOf, imageReferenceOf, profileOf, rollingPolicyOf } from "./model.ts";
import { type Failure, isRunning, type Upgrade, usual } from "./upgrade.ts";
import { rollbackError, upgradeError } from "./upgradeErrors.ts";

const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);

/** The instances that an upgrade of `kind` has something to do for. */
function outdated(state: State, key: string, kind: Upgrade["kind"]): readonly Instance[] {
  const version = targetVersion(state, key);
  const body = bodyOf(state, key);
  return instancesOf(state, key).filter((one) =>
    kind === "model" ? !isLatest(body, one) : version !== undefined && one.version !== version,
  );
}

export const runningUpgrade = (state: State, key: string): Upgrade | undefined =>
  state.upgrades.get(key)?.find(isRunning);

/** Begins a rolling upgrade at an instant; it goes on by `progress`. */
export function beginUpgrade(
  state: State,
  key: string,
  how: Pick<Upgrade, "kind" | "startedBy">,
  start: number,
): Upgrade {
  const body = bodyOf(state, key);
  const automatic = automaticPolicyOf(body);
  const policy = rollingPolicyOf(body);
  const order = state.orders.get(key) ?? state.orders.get("*") ?? usual;
  const { failure, ...times } = order;
  if (failure !== undefined) state.orders.set(state.orders.has(key) ? key : "*", times);
  const platform = how.startedBy === "Platform" && automatic["disableAutomaticRollback"] !== true;
  const upgrade: Upgrade = {
    ...how,
    key,
    target: { version: targetVersion(state, key), reference: imageReferenceOf(profileOf(body)) },
    policy,
    restores: how.kind === "os" && (platform || policy.rollbackFailedInstancesOnPolicyBreach),
    deferred: how.kind === "os" && automatic["osRollingUpgradeDeferral"] === true,
    start,
    order,
    operation: undefined,
    failure,
    code: "RollingForward",
    end: undefined,
    lastAction: "Start",
    lastActionTime: start,
    pending: outdated(state, key, how.kind).map(({ id }) => id),
    batch: [],
    successful: [],
    failed: [],
    approved: new Set(),
    batches: 0,
    before: new Map(instancesOf(state, key).map((one) => [one.id, one])),
    restored: 0,
    unrestored: 0,
    rollbackError: undefined,
    error: undefined,
    next: "batch",
    nextAt: start,
  };
  state.upgrades.set(key, [upgrade, ...(state.upgrades.get(key) ?? [])]);
  showState(state, key, "Updating");
  return upgrade;
}

function showState(state: State, key: string, value: string): void {
  const stored = state.scaleSets.get(key);
  if (stored === undefined) return;
  state.scaleSets.set(key, {
    ...stored,
    body: withAt(stored.body, ["properties", "provisioningState"], value),
  });
}

function end(state: State, upgrade: Upgrade, code: Upgrade["code"], at: number, outcome: Outcome): void {
  upgrade.code = code;
  upgrade.end = at;
  if (upgrade.operation !== undefined) {
    upgrade.operation.end = at;
    upgrade.operation.outcome = outcome;
  }
  showState(state, upgrade.key, "Succeeded");
}

/** Stops an upgrade as the user wants it. Ours: what was under way waits again, with its old disk. */
export function cancelUpgrade(state: State, upgrade: Upgrade, at: number): void {
  upgrade.pending = [...upgrade.batch, ...upgrade.pending];
  upgrade.batch = [];
  end(state, upgrade, "Cancelled", at, { status: "Canceled" });
}

/** Lets instances be upgraded that wait for it. */
export function approve(upgrade: Upgrade, ids: readonly string[], now: number): void {
  for (const id of ids) upgrade.approved.add(id);
  if (upgrade.nextAt === Infinity) upgrade.nextAt = now;
}

function fail(state: State, upgrade: Upgrade, code: Failure, ids: readonly string[], at: number): void {
  const { key, policy, successful, failed } = upgrade;
  const ofUpgraded = code === "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
  const whole = ofUpgraded ? successful.length + failed.length : instancesOf(state, key).length;
  upgrade.error = upgradeError(code, {
    set: textAt(bodyOf(state, key), "name") ?? "",
    ids,
    percent: percentOf(ids.length, whole),
    limit: ofUpgraded ? policy.maxUnhealthyUpgradedInstancePercent : policy.maxUnhealthyInstancePercent,
    elapsed: at - upgrade.start,
  });
  if (upgrade.restores && failed.length > 0) {
    upgrade.code = "RollingBack";
    upgrade.next = "rollback";
    upgrade.nextAt = at + upgrade.order.batch;
  } else end(state, upgrade, "Faulted", at, { status: "Failed", error: upgrade.error });
}

/** Gives failed instances the disks back that they had. */
function restore(state: State, upgrade: Upgrade, ids: readonly string[]): void {
  changeInstances(state, upgrade.key, ids, (one) => upgrade.before.get(one.id) ?? one);
  upgrade.restored = upgrade.failed.length;
}

function rollBack(state: State, upgrade: Upgrade, at: number): void {
  const { key, failed, error } = upgrade;
  if (upgrade.failure?.rollbackFails === true) {
    upgrade.unrestored = failed.length - upgrade.restored;
    upgrade.rollbackError = rollbackError(textAt(bodyOf(state, key), "name") ?? "", failed);
  } else {
    restore(state, upgrade, failed);
  }
  end(state, upgrade, "Faulted", at, { status: "Failed", ...(error !== undefined && { error }) });
}

const sick = (state: State, key: string): readonly string[] => {
  const body = bodyOf(state, key);
  return instancesOf(state, key)
    .filter((one) => knownHealth(body, one) !== "healthy")
    .map(({ id }) => id);
};

const sicken = (state: State, key: string, ids: readonly string[]): void =>
  changeInstances(state, key, ids, (one) => ({ ...one, health: "unhealthy" }));

/** What was ordered to go wrong, when its time has come and nothing in the scale set itself brings it about. */
function disturb(state: State, upgrade: Upgrade, at: number): void {
  const { key, failure, batches, policy, pending } = upgrade;
  if (failure === undefined || batches < failure.afterBatches) return;
  const all = instancesOf(state, key).map(({ id }) => id);
  if (failure.code === "InternalExecutionError" || failure.code === "RollingUpgradeTimeoutError") {
    fail(state, upgrade, failure.code, [], at);
  } else if (failure.code.startsWith("MaxUnhealthyInstance")) {
    const enough = Math.floor((policy.maxUnhealthyInstancePercent * all.length) / 100) + 1;
    const others = all.filter((id) => !pending.includes(id));
    sicken(state, key, [...pending, ...others].slice(0, Math.min(enough, all.length)));
  }
}

/** Those of the upgraded that turn out not to be healthy: of the batch, and of others where it takes more to exceed the limit. */
function failing(upgrade: Upgrade): readonly string[] {
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

/** The next batch: of one zone unless zones may be crossed, the unhealthy first where the policy says so. */
function nextBatch(state: State, upgrade: Upgrade): readonly string[] {
  const { key, policy, pending, deferred, approved } = upgrade;
  const instances = instancesOf(state, key);
  const size = Math.max(1, Math.floor((instances.length * policy.maxBatchInstancePercent) / 100));
  let ready = instances.filter(({ id }) => pending.includes(id) && (!deferred || approved.has(id)));
  if (policy.prioritizeUnhealthyInstances) {
    ready = ready.toSorted((a, b) => Number(a.health === "healthy") - Number(b.health === "healthy"));
  }
  const [first] = ready;
  const inZone = policy.enableCrossZoneUpgrade ? ready : ready.filter(({ zone }) => zone === first?.zone);
  return inZone.slice(0, size).map(({ id }) => id);
}

function beginBatch(state: State, upgrade: Upgrade, at: number): void {
  const { key, policy } = upgrade;
  disturb(state, upgrade, at);
  if (!isRunning(upgrade) || upgrade.code === "RollingBack") return;
  if (upgrade.pending.length === 0) {
    end(state, upgrade, "Completed", at, { status: "Succeeded" });
    return;
  }
  const unhealthy = sick(state, key);
  const share = percentOf(unhealthy.length, instancesOf(state, key).length);
  if (share > policy.maxUnhealthyInstancePercent) {
    const when = upgrade.batches === 0 ? "BeforeRollingUpgrade" : "InRollingUpgrade";
    fail(state, upgrade, `MaxUnhealthyInstancePercentExceeded${when}`, unhealthy, at);
    return;
  }
  const batch = nextBatch(state, upgrade);
  if (batch.length === 0) {
    upgrade.nextAt = Infinity; // each instance that is left waits for its approval
    return;
  }
  upgrade.batch = batch;
  upgrade.pending = upgrade.pending.filter((id) => !batch.includes(id));
  upgrade.next = "result";
  upgrade.nextAt = at + (failing(upgrade).length > 0 ? upgrade.order.patience : upgrade.order.batch);
}

function endBatch(state: State, upgrade: Upgrade, at: number): void {
  const { key, batch, policy, kind } = upgrade;
  const [body, version, bad] = [bodyOf(state, key), upgrade.target.version, failing(upgrade)];
  changeInstances(state, key, batch, (one) => {
    const latest = withLatestModel(body, version, one);
    return { ...latest, version: kind === "os" ? version : latest.version, health: "healthy" };
  });
  sicken(state, key, bad);
  upgrade.failed = [...upgrade.failed, ...bad];
  upgrade.successful = [...upgrade.successful, ...batch].filter((id) => !bad.includes(id));
  upgrade.batch = [];
  upgrade.batches += 1;
  const share = percentOf(upgrade.failed.length, upgrade.failed.length + upgrade.successful.length);
  if (share > policy.maxUnhealthyUpgradedInstancePercent) {
    const code = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
    fail(state, upgrade, code, upgrade.failed, at);
    return;
  }
  if (bad.length > 0) {
    if (upgrade.restores) restore(state, upgrade, bad);
    upgrade.error = upgradeError("RollingUpgradeInProgressWithFailedUpgradedVMs", {
      set: textAt(body, "name") ?? "",
      ids: upgrade.failed,
      percent: share,
      limit: policy.maxUnhealthyUpgradedInstancePercent,
      elapsed: at - upgrade.start,
    });
  }
  upgrade.next = "batch";
  // The last batch is followed by no pause.
  upgrade.nextAt = upgrade.pending.length === 0 ? at : at + (durationOf(policy.pauseTimeBetweenBatches) ?? 0);
}

const steps = { batch: beginBatch, result: endBatch, rollback: rollBack } as const;

/** Does everything of a rolling upgrade whose time has come. */
export function progress(state: State, upgrade: Upgrade, now: number): void {
  while (isRunning(upgrade) && upgrade.nextAt <= now) steps[upgrade.next](state, upgrade, upgrade.nextAt);
}
