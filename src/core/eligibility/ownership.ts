import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { textAt } from "../resources/json.ts";
import { hasModel, isFlexible, orchestrationModeOf } from "../resources/scaleSet.ts";
import { managedByOf } from "../resources/managedBy.ts";
import { lacksMember } from "./rule.ts";
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
      return lacksMember("orchestrationMode");
    }
    return isFlexible(scaleSet)
      ? {
          status: "fail",
          observed: mode,
          message: message(
            "The scale set is Flexible. Microsoft's pages disagree: the comparison of orchestration modes excludes Flexible, the page on maintenance configurations includes it.",
          ),
          fix: message("Try it to see what Azure answers, or use a Uniform scale set."),
        }
      : { status: "pass", observed: mode, message: message("The orchestration mode is {0}.", mode) };
  },
};

export const managedByOther: EligibilityRule = {
  id: "managed-by-other",
  severity: "warn",
  title: message("Not managed by another service"),
  sources: [automaticUpgrade, nodePools],
  check: (scaleSet) => {
    const manager = managedByOf(scaleSet);
    if (manager === undefined && textAt(scaleSet, "id") === undefined) {
      return lacksMember("id");
    }
    return manager === undefined
      ? { status: "pass", message: message("Not managed by another service") }
      : {
          status: "fail",
          observed: manager,
          message: message("Managed by {0}, which may undo or refuse changes made here.", manager),
          fix: whereToChange(manager),
        };
  },
};

/** Where the images of the machines are chosen, by the owner's own name. */
function whereToChange(manager: string): Message {
  switch (manager) {
    case "Azure Kubernetes Service":
      return message(
        "Change it in the AKS cluster: node OS upgrade channel and planned maintenance schedule.",
      );
    case "Service Fabric managed clusters":
      return message("Change it in the Service Fabric managed cluster: property enableAutoOSUpgrade.");
    case "Azure Databricks":
      return message("Change it in the Databricks workspace: a restarted cluster gets the current image.");
    case "Azure Batch":
      return message("Change it in the Batch account: upgrade policy of the pool.");
    case "Managed DevOps Pools":
      return message("Change it in the Managed DevOps Pool: images of the pool.");
    case "Azure DevOps agent pools":
      return message("Change it in Azure DevOps: settings of the agent pool, which replaces the machines.");
    default:
      return message("Change it in {0}.", manager);
  }
}
