import { arrayAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { capacityOf, isDeferring } from "../resources/scaleSet.ts";
import { attemptsIn } from "./attempts.ts";
import { batchWaitsOf, healthMinutes } from "./batchWaits.ts";
import type { BatchWait } from "./batchWaits.ts";
import type { EligibilityFacts } from "../eligibility/facts.ts";
import { rollingPolicyOf } from "../eligibility/rollingPolicy.ts";
import { minuteMs } from "../milliseconds.ts";

/** How long an upgrade of the whole set may take, with what the figure is made of. */
export interface UpgradeEstimate {
  readonly instances: number;
  readonly batchPercent: number;
  /** Instances in one batch, at most. */
  readonly batchSize: number;
  readonly batches: number;
  readonly pauseSeconds: number;
  readonly minutesPerBatch: number;
  /** `measured`: on the last completed upgrade of this set; else assumed, by us. */
  readonly basis: "measured" | "assumed";
  /** What may lengthen each batch. Added to an assumed time; a measured one holds what there was of it. */
  readonly waits: readonly BatchWait[];
  /** Whether each upgrade waits until it is approved, which has no end of its own and is not counted. */
  readonly isDeferred: boolean;
  readonly minutes: number;
}

/** Ours: 5 minutes for a new disk, the start and the extensions, and those in which an instance is to become healthy. */
const assumedMinutesPerBatch = 5 + healthMinutes;

/** Undefined where the model does not say how many instances the set has. */
export function upgradeEstimate(
  scaleSet: JsonObject,
  { upgradeHistory }: EligibilityFacts,
): UpgradeEstimate | undefined {
  const instances = capacityOf(scaleSet);
  if (instances === undefined) return undefined;
  const { maxBatchInstancePercent: batchPercent, pauseSeconds, crossZone } = rollingPolicyOf(scaleSet);
  const zones = crossZone ? 1 : Math.max(1, arrayAt(scaleSet, "zones").length);
  const plan = { ...batchesOf(instances, batchPercent, zones), pauseSeconds };
  const measured = measuredMinutesPerBatch(upgradeHistory ?? [], batchPercent, zones, pauseSeconds);
  const minutesPerBatch = measured ?? assumedMinutesPerBatch;
  const waits = batchWaitsOf(scaleSet);
  const waitMinutes = measured === undefined ? waits.reduce((sum, { minutes }) => sum + minutes, 0) : 0;
  const pauses = (Math.max(0, plan.batches - 1) * pauseSeconds) / 60;
  return {
    instances,
    batchPercent,
    ...plan,
    minutesPerBatch,
    basis: measured === undefined ? "assumed" : "measured",
    waits,
    isDeferred: isDeferring(scaleSet),
    minutes: Math.ceil(plan.batches * (minutesPerBatch + waitMinutes) + pauses),
  };
}

/** A batch stays within a zone, is at most its percentage of the whole set, and is at least one instance. */
function batchesOf(
  instances: number,
  percent: number,
  zones: number,
): { readonly batchSize: number; readonly batches: number } {
  const batchSize = Math.max(1, Math.floor((instances * percent) / 100));
  const [least, rest] = [Math.floor(instances / zones), instances % zones];
  const batches = (zones - rest) * Math.ceil(least / batchSize) + rest * Math.ceil((least + 1) / batchSize);
  return { batchSize, batches };
}

/** Of the last completed upgrade of every instance, under the policy as it is now. */
function measuredMinutesPerBatch(
  history: readonly JsonObject[],
  percent: number,
  zones: number,
  pauseSeconds: number,
): number | undefined {
  for (const { status, started, ended, progress } of attemptsIn(history)) {
    const minutes = (Date.parse(ended ?? "") - Date.parse(started ?? "")) / minuteMs;
    if (status.toLowerCase() !== "completed" || !(minutes > 0) || progress.successful <= 0) continue;
    const { batches } = batchesOf(progress.successful, percent, zones);
    const working = minutes - ((batches - 1) * pauseSeconds) / 60;
    if (working > 0) return Math.round((working / batches) * 10) / 10;
  }
  return undefined;
}
