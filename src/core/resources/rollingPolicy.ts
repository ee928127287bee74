import { secondsOf } from "./isoDuration.ts";
import { at, booleanAt, numberAt, objectAt } from "./json.ts";
import type { JsonObject } from "./json.ts";

/** How upgrades roll over a set, with Azure's defaults for what the model does not say. */
export interface RollingPolicy {
  readonly maxBatchInstancePercent: number;
  readonly maxUnhealthyInstancePercent: number;
  readonly maxUnhealthyUpgradedInstancePercent: number;
  readonly pauseSeconds: number;
  readonly crossZone: boolean;
}

/** The percentages that Azure takes, by member; whole numbers, both ends included. */
export const rollingPercents = {
  maxBatchInstancePercent: { min: 5, max: 100, azureDefault: 20 },
  maxUnhealthyInstancePercent: { min: 5, max: 100, azureDefault: 20 },
  maxUnhealthyUpgradedInstancePercent: { min: 0, max: 100, azureDefault: 20 },
} as const;

export type RollingPercent = keyof typeof rollingPercents;

/** The policy that a rolling upgrade of the set follows. Values that Azure would refuse are read as its defaults. */
export function rollingPolicyOf(scaleSet: JsonObject): RollingPolicy {
  const policy = rollingPolicyIn(scaleSet);
  const percent = (name: RollingPercent) =>
    isTaken(at(policy, name), name)
      ? (numberAt(policy, name) ?? rollingPercents[name].azureDefault)
      : rollingPercents[name].azureDefault;
  return {
    maxBatchInstancePercent: percent("maxBatchInstancePercent"),
    maxUnhealthyInstancePercent: percent("maxUnhealthyInstancePercent"),
    maxUnhealthyUpgradedInstancePercent: percent("maxUnhealthyUpgradedInstancePercent"),
    pauseSeconds: secondsOf(at(policy, "pauseTimeBetweenBatches")) ?? 0,
    crossZone: booleanAt(policy, "enableCrossZoneUpgrade") ?? false,
  };
}

/** As the model has it. */
export function rollingPolicyIn(scaleSet: JsonObject): JsonObject | undefined {
  return objectAt(scaleSet, "properties", "upgradePolicy", "rollingUpgradePolicy");
}

/** Whether Azure takes a value as this percentage. */
export function isTaken(value: unknown, name: RollingPercent): boolean {
  const { min, max } = rollingPercents[name];
  const number = numberAt(value);
  return number !== undefined && Number.isInteger(number) && number >= min && number <= max;
}
