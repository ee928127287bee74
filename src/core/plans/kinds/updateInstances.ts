import { arrayAt, booleanAt, textAt } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { alike, type Kind } from "./kind.ts";

/** POST that brings instances to the latest model, all at once. */
export const updateInstancesKind: Kind = {
  action: "Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action",
  subject: ({ target }) => target,
  step: 8,
  ...alike("instances", ({ after = {} }, found) => {
    const ids = arrayAt(after, "instanceIds");
    const chosen = arrayAt(found, "value").filter(
      (instance) => ids.includes("*") || ids.includes(textAt(instance, "instanceId") ?? ""),
    );
    const haveModel = chosen.every(
      (instance) => booleanAt(instance, "properties", "latestModelApplied") === true,
    );
    return found !== undefined && haveModel ? "after" : "before";
  }),
  confirmationReads: ["instances", "resource"],
  readBack: ({ resource }) => resource,
  whyNoInverse: () => message("Updated instances can't go back to the earlier model."),
};
