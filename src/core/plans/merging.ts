import { isObject } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";

/** As a PATCH merges: objects member by member, anything else as a whole. Null takes a member away. */
export function merged(before: JsonObject, patch: JsonObject): JsonObject {
  const members = Object.entries(patch).map(([name, value]) => {
    const known = before[name];
    return [name, isObject(known) && isObject(value) ? merged(known, value) : value] as const;
  });
  return { ...before, ...Object.fromEntries(members) };
}

/** `value` at `path` of an otherwise empty object. */
export function nested(path: readonly string[], value: Json): JsonObject {
  const [name, ...rest] = path;
  return name === undefined
    ? isObject(value)
      ? value
      : {}
    : { [name]: rest.length === 0 ? value : nested(rest, value) };
}
