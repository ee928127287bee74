import { arrayAt, booleanAt, numberAt, textAt } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { message } from "../message.ts";
import { upgradeModeOf } from "../scaleSet.ts";
import type { EligibilityFacts } from "./facts.ts";
import { rollingPolicyOf } from "./rollingPolicy.ts";
import { lacksFacts } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, healthStates, rollingUpgrades } from "./sources.ts";

export const latestModel: EligibilityRule = {
  id: "latest-model",
  severity: "warn",
  title: message("In upgrade mode Manual, the instances are on the latest model"),
  sources: [automaticUpgrade],
  check: (scaleSet, { instances }) => {
    const mode = upgradeModeOf(scaleSet);
    if (mode !== undefined && mode.toLowerCase() !== "manual") {
      return {
        status: "pass",
        observed: mode,
        message: message("The upgrade mode is {0}, which brings instances to the latest model.", mode),
      };
    }
    if (instances === undefined) {
      return lacksFacts(message("Can't tell, because the instances have not been read."));
    }
    const behind = instances.filter(
      (instance) => booleanAt(instance, "properties", "latestModelApplied") === false,
    ).length;
    return behind === 0
      ? { status: "pass", message: message("Every instance is on the latest model.") }
      : {
          status: "fail",
          observed: `${behind}/${instances.length}`,
          message: message(
            "{0} of {1} instances are not on the latest model, and in upgrade mode Manual they stay so.",
            behind,
            instances.length,
          ),
          fix: message("Bring the instances to the latest model, or set the upgrade mode to Rolling."),
          repair: "upgradeMode",
        };
  },
};

/** How many instances report and how many of them are unhealthy. */
export interface InstanceHealth {
  readonly unhealthy: number;
  readonly total: number;
}

export const instanceHealth: EligibilityRule = {
  id: "instance-health",
  severity: "warn",
  title: message("Few enough instances are unhealthy"),
  sources: [automaticUpgrade, rollingUpgrades, healthStates],
  check: (scaleSet, facts) => {
    const health = healthOf(facts);
    if (health === undefined) {
      return lacksFacts(message("Can't tell, because the health of the instances has not been read."));
    }
    const { unhealthy, total } = health;
    const limit = rollingPolicyOf(scaleSet).maxUnhealthyInstancePercent;
    const percent = total === 0 ? 0 : Math.round((unhealthy / total) * 100);
    const observed = `${unhealthy}/${total}`;
    return unhealthy * 100 <= total * limit
      ? {
          status: "pass",
          observed,
          message: message("{0} of {1} instances are unhealthy; {2} % may be.", unhealthy, total, limit),
        }
      : {
          status: "fail",
          observed,
          message: message(
            "{0} of {1} instances are unhealthy ({2} %). An upgrade does not start above {3} %.",
            unhealthy,
            total,
            percent,
            limit,
          ),
          fix: message("Repair or reimage the unhealthy instances, or allow more of them in the policy."),
        };
  },
};

/** From the instances where they say, else from the summary of the set's instance view; undefined where neither is known. */
export function healthOf({ instances, instanceView }: EligibilityFacts): InstanceHealth | undefined {
  const told = (instances ?? []).flatMap((instance) => healthOfInstance(instance) ?? []);
  if (told.length > 0) {
    return { unhealthy: told.filter((healthy) => !healthy).length, total: told.length };
  }
  const counts = arrayAt(instanceView, "virtualMachine", "statusesSummary").map((status) => ({
    code: (textAt(status, "code") ?? "").toLowerCase(),
    count: numberAt(status, "count") ?? 0,
  }));
  // What the health source says; where there is none, Azure goes by how the machines were provisioned.
  for (const [prefix, bad] of [
    ["healthstate/", /^healthstate\/(unhealthy|unknown)$/],
    ["provisioningstate/", /^provisioningstate\/failed\b/],
  ] as const) {
    const of = counts.filter(({ code }) => code.startsWith(prefix));
    if (of.length > 0) return { unhealthy: sum(of.filter(({ code }) => bad.test(code))), total: sum(of) };
  }
  return undefined;
}

/** Undefined where the instance was read without its view, or has no health source. */
function healthOfInstance(instance: JsonObject): boolean | undefined {
  const code = textAt(instance, "properties", "instanceView", "vmHealth", "status", "code");
  return code === undefined ? undefined : !/^healthstate\/(unhealthy|unknown)$/i.test(code);
}

function sum(statuses: readonly { readonly count: number }[]): number {
  return statuses.reduce((total, { count }) => total + count, 0);
}
