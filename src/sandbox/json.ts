/** A JSON value as the sandbox keeps and sends it. Values are replaced, never changed in place. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value found by walking `path` down from `value`; null reads as undefined. */
export function at(value: unknown, ...path: readonly string[]): Json | undefined {
  let found: unknown = value;
  for (const step of path) found = isObject(found) ? found[step] : undefined;
  return (found ?? undefined) as Json | undefined;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

export function listAt(value: unknown, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** `base` with `patch` laid over it: objects are merged, everything else is replaced, null removes. */
export function merge(base: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: Record<string, Json | undefined> = isObject(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = merge(merged[key], value);
  }
  return merged;
}

/** `base` with `value` at `path`; the objects on the way are made where they are missing. */
export function withAt(base: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return base;
  return { ...base, [step]: rest.length === 0 ? value : withAt(objectAt(base, step), rest, value) };
}
