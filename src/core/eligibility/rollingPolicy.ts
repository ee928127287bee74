import { secondsOf } from "../resources/isoDuration.ts";
import { at, booleanAt, numberAt, objectAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { rollingPolicyContract, rollingUpgrades } from "./sources.ts";

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

type Percent = keyof typeof rollingPercents;

const percents = Object.keys(rollingPercents) as readonly Percent[];

/** The policy that a rolling upgrade of the set follows. Values that Azure would refuse are read as its defaults. */
export function rollingPolicyOf(scaleSet: JsonObject): RollingPolicy {
  const policy = policyOf(scaleSet);
  const percent = (name: Percent) =>
    percentProblem(policy, name) === undefined
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

export const rollingPolicy: EligibilityRule = {
  id: "rolling-policy",
  severity: "block",
  title: message("The values of the rolling upgrade policy are in range"),
  sources: [rollingUpgrades, rollingPolicyContract],
  check: ofModel((scaleSet) => {
    const policy = policyOf(scaleSet);
    if (policy === undefined) {
      return { status: "pass", message: message("The set has Azure's default rolling upgrade policy.") };
    }
    const problems = percents.flatMap((name) => percentProblem(policy, name) ?? []);
    const pause = at(policy, "pauseTimeBetweenBatches");
    if (pause !== undefined && secondsOf(pause) === undefined) {
      const told = message(
        "pauseTimeBetweenBatches is “{0}”, which is no ISO 8601 duration, such as PT30S.",
        textOf(pause),
      );
      problems.push({ observed: `pauseTimeBetweenBatches ${textOf(pause)}`, message: told });
    }
    if (problems.length === 0) {
      return { status: "pass", message: message("The values of the rolling upgrade policy are in range.") };
    }
    return {
      status: "fail",
      observed: problems.map(({ observed }) => observed).join(", "),
      message: joined(
        " ",
        problems.map(({ message: told }) => told),
      ),
      fix: message("Set the values of the rolling upgrade policy in their ranges."),
      repair: "rollingPolicy",
    };
  }),
};

function policyOf(scaleSet: JsonObject): JsonObject | undefined {
  return objectAt(scaleSet, "properties", "upgradePolicy", "rollingUpgradePolicy");
}

function percentProblem(
  policy: JsonObject | undefined,
  name: Percent,
): { observed: string; message: Message } | undefined {
  const value = at(policy, name);
  if (value === undefined) return undefined;
  const { min, max } = rollingPercents[name];
  const number = numberAt(value);
  if (number !== undefined && Number.isInteger(number) && number >= min && number <= max) return undefined;
  return {
    observed: `${name} ${textOf(value)}`,
    message: message(
      "{0} is {1}, and Azure takes whole numbers from {2} to {3}.",
      name,
      textOf(value),
      min,
      max,
    ),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
