import { configurationIdOf } from "../../associations/link.ts";
import { nameOf, sameId } from "../../resources/ids.ts";
import { textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { change, type ChangeOf, type Condition } from "../change.ts";
import { associationAsItWas, leadsAlike, nowLeadsTo, setOfAssignment } from "./association.ts";
import { withoutPeople } from "./configuration.ts";
import { turnsOn } from "./automaticUpgrades.ts";
import { alike, type Inverse, type Kind } from "./kind.ts";

/** DELETE of a configuration assignment that leads where it was reviewed to lead. */
export const dissociateKind: Kind = {
  action: "Microsoft.Maintenance/configurationAssignments/delete",
  subject: ({ target }) => setOfAssignment(target),
  needs: (_change, other) =>
    other.kind === "associate" || (other.kind === "setUpgradePolicy" && !turnsOn(other)),
  maintenanceIn: ({ target }) => [target],
  ...alike("association", ({ before }, found) => {
    if (found === undefined) return "after";
    return before === undefined || leadsAlike(found, before) ? "before" : "other";
  }),
  readBack: () => undefined,
  whyNoInverse: ({ provided = [] }) =>
    provided.some(({ is }) => is === "gone")
      ? message("Its configuration or scale set no longer exists, so it can't be created again.")
      : undefined,
  inverse: ({ before = {}, target }, _left, found): Inverse => {
    const association = associationAsItWas(target, before, found);
    if (found === undefined) return { change: association };
    if (leadsAlike(found, before)) return { reason: message("The association already exists.") };
    return { change: association, changed: nowLeadsTo(found) };
  },
  again: (one, found) =>
    found === undefined
      ? { reason: message("The association no longer exists.") }
      : { ...one, before: withoutPeople(found) },
};

/** Removes an assignment, given as Azure returned it. */
export function dissociate(assignment: JsonObject): ChangeOf<"dissociate"> {
  const id = textAt(assignment, "id") ?? "";
  const set = nameOf(setOfAssignment(id));
  const configuration = nameOf(configurationIdOf(assignment) ?? id);
  // One that is not named after its configuration may stand beside one that is.
  const title = sameId(nameOf(id), configuration)
    ? message(
        "Remove the association of scale set {0} with maintenance configuration {1}",
        set,
        configuration,
      )
    : message(
        "Remove the association “{2}” of scale set {0} with maintenance configuration {1}",
        set,
        configuration,
        nameOf(id),
      );
  return change("dissociate", id, title, { before: assignment });
}

/** The same as long as something else holds: that is read right before, and otherwise nothing is sent. */
export function dissociateWhile(
  assignment: JsonObject,
  ...provided: readonly Condition[]
): ChangeOf<"dissociate"> {
  return { ...dissociate(assignment), provided };
}
