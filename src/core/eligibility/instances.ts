import { booleanAt } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { upgradeModeOf } from "../resources/scaleSet.ts";
import { healthOf, silentInstances } from "./instanceHealth.ts";
import { rollingPolicyOf } from "../resources/rollingPolicy.ts";
import { lacksFacts } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, healthStates, rollingUpgrades } from "./sources.ts";

export const latestModel: EligibilityRule = {
  id: "latest-model",
  severity: "warn",
  title: message("With upgrade mode Manual, the instances are on the latest model"),
  sources: [automaticUpgrade],
  check: (scaleSet, { instances }) => {
    const mode = upgradeModeOf(scaleSet);
    if (mode !== undefined && mode.toLowerCase() !== "manual") {
      return {
        status: "pass",
        observed: mode,
        message: message("Upgrade mode {0} brings instances to the latest model.", mode),
      };
    }
    if (instances === undefined) {
      return lacksFacts(message("The instances aren't loaded."));
    }
    const latest = instances.map((instance) => booleanAt(instance, "properties", "latestModelApplied"));
    const behind = latest.filter((isLatest) => isLatest === false).length;
    const silent = latest.filter((isLatest) => isLatest === undefined).length;
    if (behind === 0 && silent > 0) {
      return lacksFacts(
        message(
          "Azure doesn't say for {0} of {1} instances whether they have the latest model.",
          silent,
          instances.length,
        ),
      );
    }
    return behind === 0
      ? { status: "pass", message: message("All instances are on the latest model.") }
      : {
          status: "fail",
          observed: `${behind}/${instances.length}`,
          message: message(
            "{0} of {1} instances not on the latest model. With upgrade mode Manual, instances don't change until you update them.",
            behind,
            instances.length,
          ),
          fix: message("Update the instances to the latest model, or set the upgrade mode to Rolling."),
          repair: "upgradeMode",
        };
  },
};

export const instanceHealth: EligibilityRule = {
  id: "instance-health",
  severity: "warn",
  title: message("Unhealthy instances are within the limit"),
  sources: [automaticUpgrade, rollingUpgrades, healthStates],
  check: (scaleSet, facts) => {
    const health = healthOf(facts);
    if (health === undefined) {
      const isRead = facts.instances !== undefined || facts.instanceView !== undefined;
      return lacksFacts(
        isRead
          ? message("Azure reports no instance health. Provisioned doesn't mean healthy.")
          : message("The instances aren't loaded."),
      );
    }
    const { unhealthy } = health;
    const silent = silentInstances(facts);
    const total = health.total + silent;
    const limit = rollingPolicyOf(scaleSet).maxUnhealthyInstancePercent;
    const isAllowed = (count: number) => count * 100 <= total * limit;
    if (isAllowed(unhealthy) && !isAllowed(unhealthy + silent)) {
      return lacksFacts(message("Health of {0} of {1} instances unknown.", silent, total));
    }
    const percent = total === 0 ? 0 : Math.round((unhealthy / total) * 100);
    const observed = `${unhealthy}/${total}`;
    return isAllowed(unhealthy)
      ? {
          status: "pass",
          observed,
          message: message("{0} of {1} instances unhealthy. The limit is {2} %.", unhealthy, total, limit),
        }
      : {
          status: "fail",
          observed,
          message: message(
            "{0} of {1} instances unhealthy ({2} %). An upgrade doesn't start above {3} %.",
            unhealthy,
            total,
            percent,
            limit,
          ),
          fix: message("Repair or reimage the unhealthy instances, or raise the limit in the policy."),
        };
  },
};
