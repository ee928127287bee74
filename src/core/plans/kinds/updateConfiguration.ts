import { nameOf } from "../../resources/ids.ts";
import { objectAt, textAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { change, type ChangeOf } from "../change.ts";
import {
  defined,
  leftUnknown,
  noLongerExists,
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
  inverse: (done, left, found): Inverse => {
    if (found === undefined) return { reason: noLongerExists(done) };
    if (done.before === undefined) return { reason: notRead() };
    if (sameConfiguration(done.before, found)) return { reason: message("Already restored.") };
    const title = message("Restore earlier settings of maintenance configuration {0}", nameOf(done.target));
    const edit = updateConfiguration({ ...found, id: done.target }, writable(done.before), title);
    if (left === undefined) return { change: edit, changed: leftUnknown() };
    return sameConfiguration(left, found) ? { change: edit } : { change: edit, changed: otherValues() };
  },
  comparedByUndo: (_change, readBack) => withoutPeople(readBack),
  again: (one, found) => {
    if (found === undefined) return { reason: noLongerExists(one) };
    if (one.before !== undefined && sameConfiguration(one.before, found)) return one;
    return { reason: message("It has changed in Azure since. Start over from its current values.") };
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
