import { configurationIdOf } from "../../associations/link.ts";
import { nameOf, parseId, sameId } from "../../resources/ids.ts";
import { textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import type { Message } from "../../text/message.ts";
import { change, type ChangeOf } from "../change.ts";
import { withoutPeople } from "./configuration.ts";

/** What the kinds that write associations share. */

/** The scale set that an assignment is on. */
export function setOfAssignment(id: string): string {
  return parseId(id)?.scope ?? id;
}

/** Whether an assignment leads to the configuration that another one, or the body of a request, names. */
export function leadsAlike(found: JsonObject, wanted: JsonObject): boolean {
  return sameId(configurationIdOf(found) ?? "", configurationIdOf(wanted) ?? "");
}

export function nowLeadsTo(assignment: JsonObject): Message {
  return message("It now uses {0}.", nameOf(configurationIdOf(assignment) ?? ""));
}

/** Puts an assignment that was there. Answers come without a location, which only new ones are sent with. */
export function associationAsItWas(
  target: string,
  was: JsonObject,
  found: JsonObject | undefined,
): ChangeOf<"associate"> {
  return association(
    target,
    configurationIdOf(was) ?? "",
    textAt(was, "location"),
    found && withoutPeople(found),
  );
}

/** Puts an assignment of the scale set that `target` is on, over `before` where that is there. */
export function association(
  target: string,
  configurationId: string,
  location: string | undefined,
  before: JsonObject | undefined,
): ChangeOf<"associate"> {
  const setId = setOfAssignment(target);
  const after = {
    ...(location !== undefined && { location }),
    properties: { maintenanceConfigurationId: configurationId, resourceId: setId },
  };
  const title = message(
    "Associate scale set {0} with maintenance configuration {1}",
    nameOf(setId),
    nameOf(configurationId),
  );
  return change("associate", target, title, { ...(before && { before }), after });
}
