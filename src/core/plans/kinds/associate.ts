import { configurationIdOf } from "../../associations/link.ts";
import { sameId } from "../../resources/ids.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import type { AnyChange } from "../change.ts";
import { associationAsItWas, leadsAlike, nowLeadsTo, setOfAssignment } from "./association.ts";
import { withoutPeople } from "./configuration.ts";
import { dissociate } from "./dissociate.ts";
import { alike, type Inverse, type Kind } from "./kind.ts";

/** PUT of a configuration assignment, new or over one of its name. */
export const associateKind: Kind = {
  action: "Microsoft.Maintenance/configurationAssignments/write",
  subject: ({ target }) => setOfAssignment(target),
  needs: ({ after = {} }, other) =>
    other.kind === "createConfiguration" && sameId(other.target, configurationIdOf(after) ?? ""),
  maintenanceIn: ({ target, after = {} }) => [target, configurationIdOf(after) ?? ""],
  ...alike("association", ({ before, after = {} }, found) => {
    if (found !== undefined && leadsAlike(found, after)) return "after";
    if (before === undefined) return found === undefined ? "before" : "other";
    return found !== undefined && leadsAlike(found, before) ? "before" : "other";
  }),
  inverse: (done, _left, found): Inverse => {
    if (found === undefined) return { reason: message("The association no longer exists.") };
    const changed = leadsAlike(found, done.after ?? {}) ? {} : { changed: nowLeadsTo(found) };
    const { before, target } = done;
    if (before === undefined) return { change: dissociate({ ...found, id: target }), ...changed };
    return { change: associationAsItWas(target, before, found), ...changed };
  },
  comparedByUndo: (_change, readBack) => withoutPeople(readBack),
  again: associatedAgain,
};

function associatedAgain(
  one: AnyChange,
  found: JsonObject | undefined,
): ReturnType<NonNullable<Kind["again"]>> {
  if (found === undefined) {
    const { before: _, ...rest } = one;
    return rest;
  }
  if (leadsAlike(found, one.after ?? {})) return { reason: message("Already done.") };
  return { ...one, before: withoutPeople(found) };
}
