import { message } from "../message.ts";
import { managedByOf, orchestrationModeOf } from "../scaleSet.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, maintenanceScopes, nodePools, orchestrationModes } from "./sources.ts";

export const orchestrationMode: EligibilityRule = {
  id: "orchestration-mode",
  severity: "warn",
  title: message("The orchestration mode is Uniform"),
  sources: [orchestrationModes, maintenanceScopes],
  check: (scaleSet) => {
    const mode = orchestrationModeOf(scaleSet);
    return mode.toLowerCase() === "flexible"
      ? {
          status: "fail",
          observed: mode,
          message: message(
            "The set is Flexible. Microsoft's comparison of orchestration modes says that automatic OS updates are not for Flexible, while the page on maintenance configurations says that they are.",
          ),
          fix: message("Go on and see what Azure answers, or use a Uniform set."),
        }
      : { status: "pass", observed: mode, message: message("The orchestration mode is {0}.", mode) };
  },
};

export const managedByOther: EligibilityRule = {
  id: "managed-by-other",
  severity: "warn",
  title: message("The set is the user's own"),
  sources: [automaticUpgrade, nodePools],
  check: (scaleSet) => {
    const manager = managedByOf(scaleSet);
    return manager === undefined
      ? { status: "pass", message: message("No other service manages the set.") }
      : {
          status: "fail",
          observed: manager,
          message: message("The set belongs to {0}, which may undo or refuse a change made here.", manager),
          fix: message("Change how its instances are upgraded in {0}.", manager),
        };
  },
};
