import { textAt } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { alike, type Kind } from "./kind.ts";

/** Registration of a resource provider in a subscription: it takes minutes, and its state shows when it is done. */
export const registerProviderKind: Kind = {
  action: "Microsoft.Maintenance/register/action",
  subject: ({ target }) => target,
  ...alike("resource", (_change, found) =>
    textAt(found, "registrationState")?.toLowerCase() === "registered" ? "after" : "before",
  ),
  whyNoInverse: () => message("A resource provider stays registered: others may need it."),
};
