import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { textAt } from "../resources/json.ts";
import { hasModel, isFlexible, orchestrationModeOf } from "../resources/scaleSet.ts";
import { managedByOf } from "../resources/managedBy.ts";
import { lacksModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, maintenanceScopes, nodePools, orchestrationModes } from "./sources.ts";

export const orchestrationMode: EligibilityRule = {
  id: "orchestration-mode",
  severity: "warn",
  title: message("The orchestration mode is Uniform"),
  sources: [orchestrationModes, maintenanceScopes],
  check: (scaleSet) => {
    const mode = orchestrationModeOf(scaleSet);
    if (!hasModel(scaleSet) && textAt(scaleSet, "properties", "orchestrationMode") === undefined) {
      return lacksModel(message("Can't tell, because the document does not say the orchestration mode."));
    }
    return isFlexible(scaleSet)
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
    if (manager === undefined && textAt(scaleSet, "id") === undefined) {
      return lacksModel(message("Can't tell, because the document does not say the set's resource group."));
    }
    return manager === undefined
      ? { status: "pass", message: message("No other service manages the set.") }
      : {
          status: "fail",
          observed: manager,
          message: message("The set belongs to {0}, which may undo or refuse a change made here.", manager),
          fix: whereToChange(manager),
        };
  },
};

/** Where the images of the machines are chosen, by the owner's own name. */
function whereToChange(manager: string): Message {
  switch (manager) {
    case "Azure Kubernetes Service":
      return message(
        "Change it in the AKS cluster: its node OS upgrade channel and the schedule of its planned maintenance.",
      );
    case "Service Fabric managed clusters":
      return message("Change it in the Service Fabric managed cluster: its property enableAutoOSUpgrade.");
    case "Azure Databricks":
      return message(
        "Change it in the Databricks workspace: a cluster that restarts gets the current image.",
      );
    case "Azure Batch":
      return message("Change it in the Batch account: the upgrade policy of the pool.");
    case "Managed DevOps Pools":
      return message("Change it in the Managed DevOps Pool: the images of the pool.");
    case "Azure DevOps agent pools":
      return message(
        "Change it in Azure DevOps: the settings of the agent pool, which replaces the machines.",
      );
    default:
      return message("Change how its instances are upgraded in {0}.", manager);
  }
}
