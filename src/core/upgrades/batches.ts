import { arrayAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { rollingPolicyOf } from "../resources/rollingPolicy.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/**
 * How Azure divides an upgrade: a batch is a share of the whole set, rounded down and at least one instance, and it stays within a zone
 * unless the policy lets it cross zones. Source: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades
 */
export interface BatchPolicy {
  /** Instances of the whole set. */
  readonly instances: number;
  /** Of the whole set, in one batch at most. */
  readonly percent: number;
  /** Zones that a batch stays within; 1 where there are none, or where it may cross them. */
  readonly zones: number;
}

/** A batch among those of its upgrade; counted from 1. */
export interface Batch {
  readonly current: number;
  readonly count: number;
  /** Instances in one batch, at most. */
  readonly size: number;
}

export function batchPolicyOf(scaleSet: JsonObject, instances: number): BatchPolicy {
  const { maxBatchInstancePercent: percent, crossZone } = rollingPolicyOf(scaleSet);
  return { instances, percent, zones: crossZone ? 1 : Math.max(1, arrayAt(scaleSet, "zones").length) };
}

/** @param upgraded how many of the instances the upgrade is about: in each zone as many, since Azure tells counts of the whole set only */
export function batchesOf(
  policy: BatchPolicy,
  upgraded: number = policy.instances,
): Pick<Batch, "count" | "size"> {
  const size = Math.max(1, Math.floor((policy.instances * policy.percent) / 100));
  return { size, count: batchesFor(upgraded, size, inZones(upgraded, policy)) };
}

/**
 * The batch that runs or comes next, of those that `batchesOf` counts; the last one that ran where the upgrade has ended. Undefined where
 * there is nothing to upgrade.
 * @param done how many of the instances the upgrade has dealt with, well or not
 */
export function batchAfter(
  done: number,
  upgraded: number,
  policy: BatchPolicy,
  isRunning: boolean,
): Batch | undefined {
  if (upgraded === 0) return undefined;
  const { size, count } = batchesOf(policy, upgraded);
  const ended = batchesFor(done, size, inZones(upgraded, policy));
  return { current: Math.min(count, Math.max(1, isRunning ? ended + 1 : ended)), count, size };
}

/** "batch 2 of 5". */
export function batchInWords({ current, count }: Batch): Message {
  return message("batch {0} of {1}", current, count);
}

/** How many of the upgraded instances are in each zone, the fuller zones first. */
function inZones(upgraded: number, { zones }: BatchPolicy): readonly number[] {
  const [least, rest] = [Math.floor(upgraded / zones), upgraded % zones];
  return Array.from({ length: zones }, (_, zone) => least + (zone < rest ? 1 : 0));
}

/** How many batches take so many instances, zone after zone. */
function batchesFor(instances: number, size: number, zones: readonly number[]): number {
  let [left, batches] = [instances, 0];
  for (const inZone of zones) {
    const taken = Math.min(left, inZone);
    batches += Math.ceil(taken / size);
    left -= taken;
  }
  return batches;
}
