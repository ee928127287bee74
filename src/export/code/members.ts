import { isObject } from "../../core/resources/json.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";

/** A value in a resource that a script compares. */
export interface Member {
  /** Names of members, the outermost first. */
  readonly path: readonly string[];
  /** What Azure takes it for where it is absent. */
  readonly standard?: Json;
  /** How many members it has is compared, and not what they are. */
  readonly isCount?: true;
}

/** The members that have a value in an object, those of objects in it one by one; a list is one value. */
export function leavesOf(value: JsonObject, above: readonly string[] = []): readonly Member[] {
  return Object.entries(value).flatMap(([name, inner]): readonly Member[] => {
    const path = [...above, name];
    if (inner === undefined || inner === null) return [];
    return isObject(inner) ? leavesOf(inner, path) : [{ path }];
  });
}

/** What an object has at a member, or Azure's default. */
export function valueAt(resource: JsonObject | undefined, { path, standard, isCount }: Member): Json {
  let value: Json | undefined = resource;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  if (isCount === true) return isObject(value) ? Object.keys(value).length : 0;
  return value ?? standard ?? null;
}

/** Several lists of members as one, each member once. */
export function distinctMembers(...lists: readonly (readonly Member[])[]): readonly Member[] {
  return [...new Map(lists.flat().map((member) => [keyOf(member), member])).values()];
}

function keyOf({ path, isCount }: Member): string {
  // Azure compares the names of tags without case.
  const names = path[0] === "tags" ? path.map((name) => name.toLowerCase()) : path;
  return JSON.stringify([names, isCount]);
}
