import { nameOf } from "../../resources/ids.ts";
import { objectAt, textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { change, type ChangeOf } from "../change.ts";
import {
  defined,
  leftUnknown,
  notRead,
  otherValues,
  sameConfiguration,
  withoutPeople,
  withTags,
  writable,
} from "./configuration.ts";
import { alike, type Inverse, type Kind } from "./kind.ts";
import { holds, lacks } from "./normalForm.ts";

/** PUT over a maintenance configuration, as it was reviewed. */
export const updateConfigurationKind: Kind = {
  action: "Microsoft.Maintenance/maintenanceConfigurations/write",
  subject: ({ target }) => target,
  maintenanceIn: ({ target }) => [target],
  ...alike("resource", ({ before, after = {} }, found) => {
    if (found === undefined) return "other";
    if (holds(found, after) && lacks(writable(found), writable(before ?? {}), after)) return "after";
    return before === undefined || sameConfiguration(before, found) ? "before" : "other";
  }),
  mayRepeat: true,
  inverse: (done, left, found): Inverse => {
    if (found === undefined) return { reason: message("The configuration is gone.") };
    if (done.before === undefined) return { reason: notRead() };
    if (sameConfiguration(done.before, found))
      return { reason: message("It has its values from before already.") };
    const title = message("Give maintenance configuration {0} its values from before", nameOf(done.target));
    const edit = updateConfiguration({ ...found, id: done.target }, writable(done.before), title);
    if (left === undefined) return { change: edit, changed: leftUnknown() };
    return sameConfiguration(left, found) ? { change: edit } : { change: edit, changed: otherValues() };
  },
  comparedByUndo: (_change, readBack) => withoutPeople(readBack),
  again: (one, found) => {
    if (found === undefined) return { reason: message("The configuration is gone.") };
    if (one.before !== undefined && sameConfiguration(one.before, found)) return one;
    return { reason: message("It was changed in Azure since: start from what it has now.") };
  },
};

/** What is to become different in a configuration; everything that is not named stays as it is. */
export interface ConfigurationEdits {
  /** Members of `maintenanceWindow` by their names on the wire; undefined takes one away. */
  readonly window?: JsonObject;
  /** By name, in any casing; undefined takes one away. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

/**
 * Changes a configuration by PUT, the only verb that can also take a member away. `resource`: the whole resource as it was read;
 * right before the PUT it is read again, and where it is no longer the same nothing is sent. `after`: see `editedConfiguration`.
 */
export function updateConfiguration(
  resource: JsonObject,
  after: JsonObject,
  title = message("Change maintenance configuration {0}", nameOf(textAt(resource, "id") ?? "")),
): ChangeOf<"updateConfiguration"> {
  const id = textAt(resource, "id") ?? "";
  return change("updateConfiguration", id, title, { before: withoutPeople(resource), after });
}

/**
 * The PUT body of a configuration with these edits: a PUT replaces, so that it carries everything else as it was read, unknown members
 * included. What only Azure writes is left out.
 */
export function editedConfiguration(resource: JsonObject, { window, tags }: ConfigurationEdits): JsonObject {
  const body = writable(resource);
  const properties = objectAt(body, "properties");
  return {
    ...body,
    ...(tags && { tags: withTags(objectAt(resource, "tags"), tags) }),
    ...(window && {
      properties: {
        ...properties,
        maintenanceWindow: defined({ ...objectAt(properties, "maintenanceWindow"), ...window }),
      },
    }),
  };
}
