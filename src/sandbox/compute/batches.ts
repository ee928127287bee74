/** The steps of a rolling upgrade: batch after batch, each checked before and after. */
import { durationOf } from "../clock.ts";
import { textAt } from "../json.ts";
import type { State } from "../state.ts";
import { disturb, failing, sick, sicken } from "./disturbance.ts";
import { bodyOf, changeInstances, instancesOf, withLatestModel } from "./instances.ts";
import { isWithinWindows } from "./scheduledWindows.ts";
import { isRunning, type Upgrade, windowClosed } from "./upgrade.ts";
import { endUpgrade, fail, percentOf, restore, rollBack } from "./upgradeEnd.ts";
import { upgradeError } from "./upgradeErrors.ts";

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
  // The capacity may have been made smaller meanwhile.
  const known = new Set(instancesOf(state, key).map(({ id }) => id));
  upgrade.pending = upgrade.pending.filter((id) => known.has(id));
  disturb(state, upgrade, at);
  if (!isRunning(upgrade) || upgrade.code === "RollingBack") return;
  if (upgrade.pending.length === 0) {
    endUpgrade(state, upgrade, "Completed", at, { status: "Succeeded" });
    return;
  }
  if (upgrade.inWindows && !isWithinWindows(state, key, at)) {
    fail(state, upgrade, windowClosed, [], at);
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
  upgrade.nextAt = at + (failing(upgrade).length > 0 ? upgrade.order.healthTimeoutMs : upgrade.order.batchMs);
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
      elapsedMs: at - upgrade.start,
    });
  }
  upgrade.next = "batch";
  // The last batch is followed by no pause.
  upgrade.nextAt = upgrade.pending.length === 0 ? at : at + (durationOf(policy.pauseTimeBetweenBatches) ?? 0);
}

const steps = { batch: beginBatch, result: endBatch, rollback: rollBack } as const;

/** Does everything of a rolling upgrade whose time has come, and has it looked at when the next step is due. */
export function progress(state: State, upgrade: Upgrade, now: number): void {
  while (isRunning(upgrade) && upgrade.nextAt <= now) steps[upgrade.next](state, upgrade, upgrade.nextAt);
  if (isRunning(upgrade)) state.agenda.add(upgrade.key, upgrade.nextAt);
}
