import { message } from "../../text/message.ts";
import { nameOf } from "../../resources/ids.ts";
import type { JsonObject } from "../../resources/json.ts";
import { change, type AnyChange, type ChangeOf } from "../change.ts";
import {
  leftUnknown,
  noLongerExists,
  otherValues,
  sameConfiguration,
  withoutPeople,
} from "./configuration.ts";
import { groupKeyOf } from "./createResourceGroup.ts";
import { deleteConfiguration } from "./deleteConfiguration.ts";
import { alike, type Inverse, type Kind } from "./kind.ts";
import { holds } from "./normalForm.ts";

/** PUT of a maintenance configuration whose name is free. */
export const createConfigurationKind: Kind = {
  action: "Microsoft.Maintenance/maintenanceConfigurations/write",
  subject: ({ target }) => target,
  needs: ({ target }, other) =>
    other.kind === "createResourceGroup" && other.target.toLowerCase() === groupKeyOf(target),
  maintenanceIn: ({ target }) => [target],
  ...alike("resource", ({ after = {} }, found) => {
    if (found === undefined) return "before";
    return holds(found, after) ? "after" : "other";
  }),
  inverse: (done, left, found, { usedBy }): Inverse => {
    if (found === undefined) return { reason: noLongerExists(done) };
    const users = usedBy(done.target);
    if (users.length > 0) {
      const some = users.slice(0, 5).join(", ");
      return { reason: message("Other scale sets now use it: {0}.", some) };
    }
    const deletion = deleteConfiguration({ ...found, id: done.target }, [], []);
    if (left === undefined) return { change: deletion, changed: leftUnknown() };
    return sameConfiguration(left, found)
      ? { change: deletion }
      : { change: deletion, changed: otherValues() };
  },
  comparedByUndo: (_change, readBack) => withoutPeople(readBack),
  again: (one: AnyChange, found) =>
    found === undefined ? one : { reason: message("A configuration with this name already exists.") },
};

/** `body`: the whole resource as PUT, with `location`, `tags` and `properties`. */
export function createConfiguration(id: string, body: JsonObject): ChangeOf<"createConfiguration"> {
  const title = message("Create maintenance configuration {0}", nameOf(id));
  return change("createConfiguration", id, title, { after: body });
}
