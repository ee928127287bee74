import { secondsOf } from "../resources/isoDuration.ts";
import { at } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { isTaken, rollingPercents, rollingPolicyIn } from "../resources/rollingPolicy.ts";
import type { RollingPercent } from "../resources/rollingPolicy.ts";
import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { rollingPolicyContract, rollingUpgrades } from "./sources.ts";

const percents = Object.keys(rollingPercents) as readonly RollingPercent[];

export const rollingPolicy: EligibilityRule = {
  id: "rolling-policy",
  severity: "block",
  title: message("The rolling upgrade policy is in range"),
  sources: [rollingUpgrades, rollingPolicyContract],
  check: ofModel((scaleSet) => {
    const policy = rollingPolicyIn(scaleSet);
    if (policy === undefined) {
      return {
        status: "pass",
        message: message("The scale set uses Azure's default rolling upgrade policy."),
      };
    }
    const problems = percents.flatMap((name) => percentProblem(policy, name) ?? []);
    const pause = at(policy, "pauseTimeBetweenBatches");
    if (pause !== undefined && secondsOf(pause) === undefined) {
      const text = message(
        "pauseTimeBetweenBatches is “{0}”. Use an ISO 8601 duration, such as PT30S.",
        textOf(pause),
      );
      problems.push({ observed: `pauseTimeBetweenBatches ${textOf(pause)}`, message: text });
    }
    if (problems.length === 0) {
      return { status: "pass", message: message("The rolling upgrade policy is in range") };
    }
    return {
      status: "fail",
      observed: problems.map(({ observed }) => observed).join(", "),
      message: joined(
        " ",
        problems.map(({ message: text }) => text),
      ),
      brief: message("rolling upgrade policy out of range"),
      fix: message("Set the rolling upgrade policy to values in range."),
      repair: "rollingPolicy",
    };
  }),
};

function percentProblem(
  policy: JsonObject | undefined,
  name: RollingPercent,
): { observed: string; message: Message } | undefined {
  const value = at(policy, name);
  if (value === undefined || isTaken(value, name)) return undefined;
  const { min, max } = rollingPercents[name];
  return {
    observed: `${name} ${textOf(value)}`,
    message: message("{0} is {1}. Azure takes whole numbers from {2} to {3}.", name, textOf(value), min, max),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
