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
  title: message("Over several placement groups, the probe belongs to a Standard load balancer"),
  sources: [automaticUpgrade],
  check: ofModel((scaleSet, { loadBalancer }) => {
    const probe = healthProbeOf(scaleSet);
    if (probe === undefined) {
      return { status: "pass", message: message("Health does not come from a load balancer probe.") };
    }
    // Absent means one placement group, the default of the contract for Uniform sets.
    if (booleanAt(scaleSet, "properties", "singlePlacementGroup") !== false) {
      return {
        status: "pass",
        message: message("The set has one placement group, so that the load balancer may be any."),
      };
    }
    const name = /\/loadBalancers\/([^/]+)/i.exec(probe)?.[1] ?? nameOf(probe);
    if (loadBalancer === undefined) {
      return lacksFacts(message("Can't tell, because the load balancer {0} has not been read.", name));
    }
    if (loadBalancer === null) {
      return lacksFacts(message("Can't tell, because Azure has no load balancer {0}.", name));
    }
    const sku = textAt(loadBalancer, "sku", "name") ?? "Basic"; // what a load balancer without one is
    return sku.toLowerCase() === "standard"
      ? { status: "pass", observed: sku, message: message("The load balancer {0} is Standard.", name) }
      : {
          status: "fail",
          observed: sku,
          message: message(
            "The set has several placement groups and a probe, which needs a Standard load balancer, and {0} is {1}.",
            name,
            sku,
          ),
          brief: message("load balancer isn't Standard"),
          fix: message(
            "Use a Standard load balancer, or the Application Health extension in place of the probe.",
          ),
        };
  }),
};
