import { booleanAt, textAt } from "../resources/json.ts";
import { nameOf } from "../resources/ids.ts";
import { message } from "../text/message.ts";
import { healthProbeOf } from "../resources/scaleSet.ts";
import { lacksFacts, ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade } from "./sources.ts";

export const loadBalancerSku: EligibilityRule = {
  id: "load-balancer-sku",
  severity: "block",
  title: message("With several placement groups, a probe needs a Standard load balancer"),
  sources: [automaticUpgrade],
  check: ofModel((scaleSet, { loadBalancer }) => {
    const probe = healthProbeOf(scaleSet);
    if (probe === undefined) {
      return { status: "pass", message: message("Health doesn't come from a load balancer probe.") };
    }
    // Absent means one placement group, the default of the contract for Uniform sets.
    if (booleanAt(scaleSet, "properties", "singlePlacementGroup") !== false) {
      return {
        status: "pass",
        message: message("The scale set has one placement group, so any load balancer works."),
      };
    }
    const name = /\/loadBalancers\/([^/]+)/i.exec(probe)?.[1] ?? nameOf(probe);
    if (loadBalancer === undefined) {
      return lacksFacts(message("Load balancer {0} isn't loaded.", name));
    }
    if (loadBalancer === null) {
      return lacksFacts(message("Load balancer {0} doesn't exist.", name));
    }
    const sku = textAt(loadBalancer, "sku", "name") ?? "Basic"; // what a load balancer without one is
    return sku.toLowerCase() === "standard"
      ? { status: "pass", observed: sku, message: message("Load balancer {0} is Standard.", name) }
      : {
          status: "fail",
          observed: sku,
          message: message(
            "With several placement groups, a probe needs a Standard load balancer. {0} is {1}.",
            name,
            sku,
          ),
          brief: message("load balancer isn't Standard"),
          fix: message(
            "Use a Standard load balancer, or replace the probe with the Application Health extension.",
          ),
        };
  }),
};
