import { isObject, type Json, type JsonObject } from "./json.ts";

/** A member that is no object, with the names that lead to it. Undefined where a PATCH takes it away, which it says by null. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: Json | undefined;
}

/** The members of an object, those of the objects in it included. A list is one value. */
export function leavesOf(object: JsonObject, above: readonly string[] = []): readonly Leaf[] {
  return Object.entries(object).flatMap(([name, value]): readonly Leaf[] => {
    const path = [...above, name];
    return isObject(value) ? leavesOf(value, path) : [{ path, value: value ?? undefined }];
  });
}
