import { parseId } from "../../resources/ids.ts";
import { message } from "../../text/message.ts";
import { alike, type Kind } from "./kind.ts";
import { holds } from "./normalForm.ts";

/** PUT of a resource group that is not there yet. */
export const createResourceGroupKind: Kind = {
  action: "Microsoft.Resources/subscriptions/resourceGroups/write",
  subject: ({ target }) => target,
  ...alike("resource", ({ after = {} }, found) => {
    if (found === undefined) return "before";
    return holds(found, { location: after["location"] }) ? "after" : "other";
  }),
  whyNoInverse: () => message("Resource groups aren't deleted here: others may use them."),
};

/** The id of the group that a resource is in, in lower case; undefined for what is in none. */
export function groupKeyOf(id: string): string | undefined {
  const { subscriptionId, resourceGroup } = parseId(id) ?? {};
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`.toLowerCase();
}
