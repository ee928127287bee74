/** A JSON value as it stands on the wire. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object as it stands on the wire, unknown members included. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values say the same. What is one object is not looked into, and of thousands of resources most parts are shared. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    const areLists = Array.isArray(a) && Array.isArray(b) && a.length === b.length;
    return areLists && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name]))
  );
}

/** The most levels of JSON that comes from a user. Azure's answers are a dozen levels deep; each costs a call on the stack where it is copied. */
export const maxJsonDepth = 200;

/** Level by level, since a call for each would itself be too deep. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= maxJsonDepth; depth++) {
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

type Path = readonly (string | number)[];

/** The value found by walking `path` down from `json`, or undefined as soon as a step is missing. Null reads as undefined. */
export function at(json: unknown, ...path: Path): Json | undefined {
  return walk(json, path);
}

/** Takes the path as it is, since the readers below run for each of thousands of resources. */
function walk(json: unknown, path: Path): Json | undefined {
  let value: unknown = json;
  for (const step of path) {
    if (typeof step === "number") value = Array.isArray(value) ? value[step] : undefined;
    else value = isObject(value) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value === null ? undefined : (value as Json | undefined);
}

/** The non-empty string at `path`, or undefined when there is none. */
export function textAt(json: unknown, ...path: Path): string | undefined {
  const value = walk(json, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function objectAt(json: unknown, ...path: Path): JsonObject | undefined {
  const value = walk(json, path);
  return isObject(value) ? value : undefined;
}

/** The array at `path`; empty when there is none. */
export function arrayAt(json: unknown, ...path: Path): readonly Json[] {
  const value = walk(json, path);
  return Array.isArray(value) ? value : [];
}

/**
 * The boolean at `path`. Some tools write `"true"` for `true`, so such text is read as well;
 * undefined when the value is absent or is neither.
 */
export function booleanAt(json: unknown, ...path: Path): boolean | undefined {
  const value = walk(json, path);
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const word = value.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

/**
 * The number at `path`, never an infinite one. Some tools write `"20"` for `20`, so such text is read as well; undefined when the value is
 * absent or is neither.
 */
export function numberAt(json: unknown, ...path: Path): number | undefined {
  const value = walk(json, path);
  const isNumber = typeof value === "string" && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value);
  const number = isNumber ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
