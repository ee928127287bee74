import { attemptOf, attemptsIn, isRunningAttempt } from "./attempts.ts";
import type { Attempt } from "./attempts.ts";
import { batchAfter, batchPolicyOf } from "./batches.ts";
import type { Batch } from "./batches.ts";
import { healthOf } from "../eligibility/instanceHealth.ts";
import type { InstanceHealth } from "../eligibility/instanceHealth.ts";
import { minuteMs } from "../milliseconds.ts";
import { arrayAt, booleanAt, numberAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { capacityOf } from "../resources/scaleSet.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/** Readers over a rolling upgrade as GET `{set}/rollingUpgrades/latest` answers, or as an item of GET `{set}/osUpgradeHistory`. */

/** Where a rolling upgrade stands. */
export interface UpgradeProgress {
  readonly attempt: Attempt;
  readonly isRunning: boolean;
  /** Instances that the upgrade is about: those that ran the newest image already are not among them. */
  readonly total: number;
  /** Instances that it has dealt with, well or not. */
  readonly done: number;
  /** Azure tells counts of instances only: it follows from those and the policy. Undefined where there is nothing to do. */
  readonly batch: Batch | undefined;
  /** Of the instances that report their health; undefined where Azure told of none. */
  readonly unhealthy: Share | undefined;
  /** Of the instances that it has dealt with. */
  readonly unhealthyUpgraded: Share;
  /** Milliseconds since the start, or that it took; undefined where Azure did not say when it ended. */
  readonly elapsed: number | undefined;
  /** How long it will still take; undefined while there is nothing to tell it from, and at the end. */
  readonly remaining: Estimate | undefined;
}

/** A part of the instances against the limit of the policy, above which Azure stops. */
export interface Share {
  readonly count: number;
  readonly of: number;
  /** Rounded. */
  readonly percent: number;
  readonly limitPercent: number;
}

export interface Estimate {
  readonly milliseconds: number;
  /** How it was made. */
  readonly basis: Message;
}

/** Whether Azure works on it, forward or back. */
export function isRunning(upgrade: JsonObject | null | undefined): boolean {
  return upgrade !== undefined && upgrade !== null && isRunningAttempt(attemptOf(upgrade));
}

/** When it began, as Azure wrote it: what tells one upgrade of a set from another. */
export function startOf(upgrade: JsonObject | undefined): string | undefined {
  return textAt(upgrade, "properties", "runningStatus", "startTime");
}

/** Whether an upgrade began then; Azure does not write one time the same everywhere. */
export function beganAt(upgrade: JsonObject | undefined, start: string | undefined): boolean {
  return Date.parse(startOf(upgrade) ?? "") === Date.parse(start ?? "");
}

/** Whether two reads show one upgrade of a set, which may have gone on meanwhile. */
export function isSameUpgrade(a: JsonObject | undefined, b: JsonObject | undefined): boolean {
  return beganAt(a, startOf(b));
}

/**
 * The last upgrade of a set, of what was read as its latest and as its history: either may have been read before the upgrade went on, so that
 * of one upgrade the later state counts.
 */
export function lastAttempt(
  latest: JsonObject | null | undefined,
  history: readonly JsonObject[] = [],
): Attempt | undefined {
  const [ofHistory] = attemptsIn(history);
  const attempt = latest ? attemptOf(latest) : undefined;
  if (attempt === undefined || ofHistory === undefined) return attempt ?? ofHistory;
  if (Date.parse(attempt.started ?? "") !== Date.parse(ofHistory.started ?? ""))
    return Date.parse(ofHistory.started ?? "") > Date.parse(attempt.started ?? "") ? ofHistory : attempt;
  // Of the same upgrade the history says more: who started it, and to which version.
  const isHistoryLater = isRunningAttempt(attempt) && !isRunningAttempt(ofHistory);
  return { ...ofHistory, ...(!isHistoryLater && attempt), rolledBack: ofHistory.rolledBack };
}

/** What is known of a scale set that is upgraded; without its model Azure's defaults hold. */
export interface UpgradedSet {
  readonly resource?: JsonObject;
  /** As read during the upgrade. */
  readonly instanceView?: JsonObject;
  /** What the instances themselves say, for where the view holds no health. */
  readonly health?: InstanceHealth;
}

/** @param now an ISO instant */
export function progressOf(upgrade: JsonObject, now: string, set: UpgradedSet = {}): UpgradeProgress {
  const attempt = attemptOf(upgrade);
  const { successful, failed, inProgress, pending } = attempt.progress;
  const policy = objectAt(upgrade, "properties", "policy");
  const limit = (name: string) => numberAt(policy, name) ?? defaultPercent;
  const [total, done] = [successful + failed + inProgress + pending, successful + failed];
  const running = isRunningAttempt(attempt);
  const elapsed = elapsedOf(attempt, now);
  const { resource = {}, instanceView } = set;
  const health = (instanceView && healthOf({ instanceView })) ?? set.health;
  const instances = instancesIn(instanceView) ?? capacityOf(resource) ?? total;
  const batches = batchPolicyOf(resource, instances);
  return {
    attempt,
    isRunning: running,
    total,
    done,
    batch: batchAfter(
      done,
      total,
      {
        ...batches,
        percent: numberAt(policy, "maxBatchInstancePercent") ?? batches.percent,
        ...(booleanAt(policy, "enableCrossZoneUpgrade") === true && { zones: 1 }),
      },
      running,
    ),
    unhealthy: health && share(health.unhealthy, health.total, limit("maxUnhealthyInstancePercent")),
    unhealthyUpgraded: share(failed, done, limit("maxUnhealthyUpgradedInstancePercent")),
    elapsed,
    remaining: running ? remainingOf(done, total, elapsed) : undefined,
  };
}

/** Azure's default for each percentage of the policy. */
const defaultPercent = 20;

function elapsedOf(attempt: Attempt, now: string): number | undefined {
  const start = Date.parse(attempt.started ?? "");
  const end = Date.parse((isRunningAttempt(attempt) ? now : attempt.ended) ?? "");
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : Math.max(0, end - start);
}

/** How many instances the set has, of which the upgrade may be about a part only. */
function instancesIn(instanceView: JsonObject | undefined): number | undefined {
  const provisioned = arrayAt(instanceView, "virtualMachine", "statusesSummary").filter((status) =>
    /^ProvisioningState\//i.test(textAt(status, "code") ?? ""),
  );
  if (provisioned.length === 0) return undefined;
  return provisioned.reduce<number>((sum, status) => sum + (numberAt(status, "count") ?? 0), 0);
}

function share(count: number, of: number, limitPercent: number): Share {
  return { count, of, percent: of === 0 ? 0 : Math.round((count / of) * 100), limitPercent };
}

/** By the pace so far. */
function remainingOf(done: number, total: number, elapsed: number | undefined): Estimate | undefined {
  if (done === 0 || elapsed === undefined) return undefined;
  const minutes = Math.max(1, Math.round(elapsed / minuteMs));
  return {
    milliseconds: Math.round((elapsed / done) * (total - done)),
    basis: message("Assumes the pace of the first {0} of {1} instances ({2} min).", done, total, minutes),
  };
}
