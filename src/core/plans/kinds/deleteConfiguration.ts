import { nameOf } from "../../resources/ids.ts";
import { objectAt, textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { change, type AnyChange, type ChangeOf, type Condition } from "../change.ts";
import { turnsOn } from "./automaticUpgrades.ts";
import { noLongerExists, notRead, sameConfiguration, withoutPeople, writable } from "./configuration.ts";
import { alike, type Inverse, type Kind, type Undoing } from "./kind.ts";
import { same } from "./normalForm.ts";

/** DELETE of a maintenance configuration, which takes its associations along. */
export const deleteConfigurationKind: Kind = {
  action: "Microsoft.Maintenance/maintenanceConfigurations/delete",
  subject: ({ target }) => target,
  // What stands beside it in a plan is done for the sake of its sets, and a change does not tell whose set it is about.
  needs: (_change, other) =>
    other.kind === "associate" ||
    other.kind === "dissociate" ||
    (other.kind === "setUpgradePolicy" && !turnsOn(other)),
  maintenanceIn: ({ target }) => [target],
  ...alike("resource", ({ before }, found) => {
    if (found === undefined) return "after";
    return before === undefined || sameConfiguration(before, found) ? "before" : "other";
  }),
  readBack: () => undefined,
  inverse: (done, _left, found, undoing): Inverse => ofDeletion(done, found, undoing),
  inverseMayBeRefused: message("Azure refuses the name of a deleted configuration for about 20 minutes."),
  again: (one, found) => {
    if (found === undefined) return { reason: noLongerExists(one) };
    if (one.before !== undefined && sameConfiguration(one.before, found)) return one;
    return { reason: message("It has changed in Azure since. Start over from its current values.") };
  },
};

/**
 * Deletes a configuration, unless it is no longer what was read as `resource`. Azure then takes the control away from its scale sets
 * and refuses its name for about 20 minutes
 * (https://learn.microsoft.com/azure/virtual-machines/troubleshoot-maintenance-configurations).
 * `assignments`: those that lead to it and go with it, as the review shows them. `scaleSets`: ids of those that are asked directly, right
 * before, whether they have others that lead to it; a deletion made without them asks none. `more`: what else must hold then.
 */
export function deleteConfiguration(
  resource: JsonObject,
  assignments: readonly JsonObject[] = [],
  scaleSets?: readonly string[],
  more: readonly Condition[] = [],
): ChangeOf<"deleteConfiguration"> {
  const id = textAt(resource, "id") ?? "";
  const title = message("Delete maintenance configuration {0}", nameOf(id));
  return {
    ...change("deleteConfiguration", id, title, { before: withoutPeople(resource) }),
    ...(assignments.length > 0 && { takesAlong: assignments.map(withoutPeople) }),
    ...(scaleSets && { provided: [{ is: "unused", id, named: named(assignments), scaleSets }, ...more] }),
  };
}

function named(assignments: readonly JsonObject[]): readonly string[] {
  return assignments.flatMap((assignment) => textAt(assignment, "id") ?? []);
}

/** Azure creates none whose start has passed: it then starts with its next window. */
function ofDeletion(
  { before, target }: AnyChange,
  found: JsonObject | undefined,
  { moment, startAgain }: Undoing,
): Inverse {
  if (found !== undefined) return { reason: message("A configuration with this name already exists.") };
  if (before === undefined) return { reason: notRead() };
  const restart = startAgain(before, moment);
  if ("problem" in restart) return { reason: message("It can't be created again. {0}", restart.problem) };
  const after = withStart(writable(before), restart.start);
  const title = same(after, writable(before))
    ? message("Create maintenance configuration {0} again", nameOf(target))
    : message("Create maintenance configuration {0} again, starting {1}", nameOf(target), restart.start);
  return { change: change("createConfiguration", target, title, { after }) };
}

function withStart(body: JsonObject, start: string): JsonObject {
  const properties = objectAt(body, "properties");
  const window = { ...objectAt(properties, "maintenanceWindow"), startDateTime: start };
  return { ...body, properties: { ...properties, maintenanceWindow: window } };
}
