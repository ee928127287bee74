import { message } from "../../text/message.ts";
import { alike, type Kind } from "./kind.ts";
import { holds } from "./normalForm.ts";

/** PUT of the Application Health extension under a name that is free. */
export const addHealthExtensionKind: Kind = {
  action: "Microsoft.Compute/virtualMachineScaleSets/extensions/write",
  subject: ({ target }) => target.replace(/\/extensions\/[^/]+$/i, ""),
  step: 6,
  ...alike("resource", ({ after = {} }, found) => {
    if (found === undefined) return "before";
    return holds(found, after) ? "after" : "other";
  }),
  // In mode Rolling the set's instances get the extension batch by batch, and the set says so.
  premiseReads: ["resource", "scaleSet"],
  confirmationReads: ["resource", "scaleSet"],
  whyNoInverse: () =>
    message("Extensions can't be removed here. Remove it from the scale set in the Azure portal."),
  changesModel: true,
  showsValues: "settings",
};
