import type { JsonObject } from "../resources/json.ts";
import { rollingPolicyOf } from "../resources/rollingPolicy.ts";
import { capacityOf, isDeferring } from "../resources/scaleSet.ts";
import { attemptsIn } from "./attempts.ts";
import { batchesOf, batchPolicyOf } from "./batches.ts";
import { batchWaitsOf, healthMinutes } from "./batchWaits.ts";
import type { BatchWait } from "./batchWaits.ts";
import type { EligibilityFacts } from "../eligibility/facts.ts";
import { minuteMs } from "../milliseconds.ts";

/** How long an upgrade of the whole set may take, with what the figure is made of. */
export interface UpgradeEstimate {
  readonly instances: number;
  readonly batchPercent: number;
  /** Instances in one batch, at most. */
  readonly batchSize: number;
  readonly batches: number;
  /** Of which each has batches of its own; 1 where batches cross zones. */
  readonly zones: number;
  readonly pauseSeconds: number;
  readonly minutesPerBatch: number;
  /** `measured`: on the last completed upgrade of this set; else assumed, by us. */
  readonly basis: "measured" | "assumed";
  /** What may lengthen each batch. Added to an assumed time; a measured one holds what there was of it. */
  readonly waits: readonly BatchWait[];
  /** Whether each upgrade waits until it is approved, which has no end of its own and is not counted. */
  readonly isDeferred: boolean;
  readonly minutes: number;
  /** When the last batch begins, after the first has. */
  readonly lastBatchMinutes: number;
}

/** Ours: 5 minutes for a new disk, the start and the extensions, and those in which an instance is to become healthy. */
const assumedMinutesPerBatch = 5 + healthMinutes;

/** Undefined where the model does not say how many instances the set has. `before`: the set that the history is of, where `scaleSet` is to be changed. */
export function upgradeEstimate(
  scaleSet: JsonObject,
  { upgradeHistory }: EligibilityFacts,
  before: JsonObject = scaleSet,
): UpgradeEstimate | undefined {
  const instances = capacityOf(scaleSet);
  if (instances === undefined) return undefined;
  const { pauseSeconds } = rollingPolicyOf(scaleSet);
  const { percent, zones } = batchPolicyOf(scaleSet, instances);
  const measured = measuredMinutesPerBatch(upgradeHistory ?? [], before);
  return timed({
    instances,
    batchPercent: percent,
    zones,
    pauseSeconds,
    minutesPerBatch: measured ?? assumedMinutesPerBatch,
    basis: measured === undefined ? "assumed" : "measured",
    waits: batchWaitsOf(scaleSet),
    isDeferred: isDeferring(scaleSet),
  });
}

/** What an estimate is made of, without what follows from it. */
type EstimateInputs = Omit<UpgradeEstimate, "batchSize" | "batches" | "minutes" | "lastBatchMinutes">;

/** The estimate of the same upgrade with other batches or pauses. */
export function estimateWith(
  estimate: UpgradeEstimate,
  policy: Partial<Pick<UpgradeEstimate, "batchPercent" | "pauseSeconds">>,
): UpgradeEstimate {
  return timed({ ...estimate, ...policy });
}

function timed(inputs: EstimateInputs): UpgradeEstimate {
  const { instances, batchPercent, zones, pauseSeconds } = inputs;
  const { size: batchSize, count: batches } = batchesOf({ instances, percent: batchPercent, zones });
  const batchMinutes = batchMinutesOf(inputs);
  const lastBatchMinutes = Math.max(0, batches - 1) * (batchMinutes + pauseSeconds / 60);
  const minutes = Math.ceil(lastBatchMinutes + Math.min(1, batches) * batchMinutes);
  return { ...inputs, batchSize, batches, minutes, lastBatchMinutes };
}

/** How long a batch takes with all that it may wait for. */
export function batchMinutesOf({
  minutesPerBatch,
  basis,
  waits,
}: Pick<UpgradeEstimate, "minutesPerBatch" | "basis" | "waits">): number {
  return basis === "measured"
    ? minutesPerBatch
    : waits.reduce((sum, { minutes }) => sum + minutes, minutesPerBatch);
}

/** Of the last completed upgrade of every instance, under the policy that the set has. */
function measuredMinutesPerBatch(history: readonly JsonObject[], scaleSet: JsonObject): number | undefined {
  const { pauseSeconds } = rollingPolicyOf(scaleSet);
  for (const { status, started, ended, progress } of attemptsIn(history)) {
    const minutes = (Date.parse(ended ?? "") - Date.parse(started ?? "")) / minuteMs;
    if (status.toLowerCase() !== "completed" || !(minutes > 0) || progress.successful <= 0) continue;
    const { count: batches } = batchesOf(batchPolicyOf(scaleSet, progress.successful));
    const working = minutes - ((batches - 1) * pauseSeconds) / 60;
    if (working > 0) return Math.round((working / batches) * 10) / 10;
  }
  return undefined;
}
