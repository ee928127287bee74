import { change } from "./change.ts";
import { nameOf } from "../resources/ids.ts";
import { isObject, objectAt, textAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Change } from "./plan.ts";

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
  title = message("Change maintenance configuration {0}", nameOf(idOf(resource))),
): Change {
  return change("updateConfiguration", idOf(resource), title, { before: withoutPeople(resource), after });
}

/**
 * Deletes a configuration, unless it is no longer what was read as `resource`. Azure then takes the control away from its scale sets
 * and refuses its name for about 20 minutes
 * (https://learn.microsoft.com/azure/virtual-machines/troubleshoot-maintenance-configurations).
 * `assignments`: those that lead to it and go with it.
 */
export function deleteConfiguration(resource: JsonObject, assignments: readonly JsonObject[] = []): Change {
  const title = message("Delete maintenance configuration {0}", nameOf(idOf(resource)));
  return {
    ...change("deleteConfiguration", idOf(resource), title, { before: withoutPeople(resource) }),
    ...(assignments.length > 0 && { takesAlong: assignments.map(withoutPeople) }),
  };
}

/**
 * The PUT body of a configuration with these edits: a PUT replaces, so that it carries everything else as it was read, unknown members
 * included. What only Azure writes is left out.
 */
export function editedConfiguration(resource: JsonObject, { window, tags }: ConfigurationEdits): JsonObject {
  const properties = objectAt(resource, "properties");
  return {
    ...writable(resource),
    ...(tags && { tags: withTags(objectAt(resource, "tags"), tags) }),
    ...(window && {
      properties: {
        ...properties,
        maintenanceWindow: defined({ ...objectAt(properties, "maintenanceWindow"), ...window }),
      },
    }),
  };
}

/** Whether two reads show the same configuration: all that a user can write is equal. Null and empty objects are as good as absent. */
export function sameConfiguration(a: JsonObject, b: JsonObject): boolean {
  return equal(writable(a), writable(b));
}

/** A resource without `systemData`, which names the people who wrote it: plans go into the journal, and problems into the log. */
export function withoutPeople({ systemData: _systemData, ...rest }: JsonObject): JsonObject {
  return rest;
}

function idOf(resource: JsonObject): string {
  return textAt(resource, "id") ?? "";
}

function writable({ id: _id, name: _name, type: _type, ...rest }: JsonObject): JsonObject {
  return withoutPeople(rest);
}

/** Azure compares the names of tags without case. */
function withTags(
  before: JsonObject | undefined,
  edits: NonNullable<ConfigurationEdits["tags"]>,
): JsonObject {
  const edited = new Set(Object.keys(edits).map((name) => name.toLowerCase()));
  const others = Object.entries(before ?? {}).filter(([name]) => !edited.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...defined(edits) };
}

function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (isObject(a) || isObject(b)) {
    const [left, right] = [members(a), members(b)];
    return (
      left !== undefined &&
      right !== undefined &&
      [...new Set([...left.keys(), ...right.keys()])].every((name) => equal(left.get(name), right.get(name)))
    );
  }
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equal(item, b[index] as Json));
  return (a ?? undefined) === (b ?? undefined);
}

/** The members of an object; none of an absent one; undefined for any other value. */
function members(value: Json | undefined): ReadonlyMap<string, Json | undefined> | undefined {
  if (value === undefined || value === null) return new Map();
  return isObject(value) ? new Map(Object.entries(value)) : undefined;
}
