import { booleanAt, objectAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { isFlexible } from "../resources/scaleSet.ts";
import { message } from "../text/message.ts";
import { lacksFacts } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { instanceProtection, unprotectedRefusal } from "./sources.ts";

export const protectedInstances: EligibilityRule = {
  id: "protected-instances",
  severity: "warn",
  title: message("No instance is protected from scale set actions"),
  sources: [instanceProtection, unprotectedRefusal],
  check: (scaleSet, { instances }) => {
    if (instances === undefined) {
      return lacksFacts(message("The instances aren't loaded."));
    }
    const count = instances.filter((instance) => isProtected(instance) === true).length;
    if (count > 0) {
      return {
        status: "fail",
        observed: `${count}/${instances.length}`,
        message:
          count === 1
            ? message(
                "1 of {0} instances is protected from scale set actions, so upgrades skip it.",
                instances.length,
              )
            : message(
                "{0} of {1} instances are protected from scale set actions, so upgrades skip them.",
                count,
                instances.length,
              ),
        fix: message("Turn off protectFromScaleSetActions for these instances."),
      };
    }
    // A Uniform set's list holds each instance whole, so that what it lacks is not there.
    const isUnknown = (instance: JsonObject) =>
      isProtected(instance) === undefined &&
      (isFlexible(scaleSet) || objectAt(instance, "properties") === undefined);
    return instances.some(isUnknown)
      ? lacksFacts(message("Azure's list doesn't say which instances are protected."))
      : { status: "pass", message: message("No instance is protected from scale set actions") };
  },
};

/** Undefined where the instance does not say. */
function isProtected(instance: JsonObject): boolean | undefined {
  return booleanAt(instance, "properties", "protectionPolicy", "protectFromScaleSetActions");
}
