/** What the world's Azure holds at one moment. Nothing in it is ever changed: each write makes another state. */
export interface WorldState {
  /** By lower-cased id, as are all of these. */
  readonly scaleSets: ReadonlyMap<string, ScaleSet>;
  readonly configurations: ReadonlyMap<string, Configuration>;
  readonly assignments: ReadonlyMap<string, Assignment>;
  readonly groups: ReadonlyMap<string, string>;
  /** Until when Azure refuses the name of a configuration that was deleted, in milliseconds since the epoch. */
  readonly refusedNames: ReadonlyMap<string, number>;
}

export interface ScaleSet {
  readonly id: string;
  /** Counted up by each change; the service's etag. */
  readonly version: number;
  readonly tags: Members;
  readonly properties: Members;
  /** How many of its instances have the latest model. */
  readonly upToDate: number;
  readonly upgrade?: Upgrade;
}

export interface Upgrade {
  readonly code: "RollingForward" | "Cancelled" | "Completed";
  readonly startedBy: "User" | "Platform";
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

export interface Configuration {
  readonly id: string;
  readonly location: string;
  readonly tags: Members;
  readonly properties: Members;
}

export interface Assignment {
  readonly id: string;
  readonly scaleSetId: string;
  readonly name: string;
  /** Lower-cased. */
  readonly configurationId: string;
}

/** A JSON object. */
export interface Members {
  readonly [name: string]: Value;
}
export type Value = string | number | boolean | null | undefined | readonly Value[] | Members;

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined as soon as a step is missing. */
export function valueAt(value: unknown, ...path: readonly string[]): Value {
  return path.reduce<unknown>((inner, name) => (isMembers(inner) ? inner[name] : undefined), value) as Value;
}

/** The text at a path; empty where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === "string" ? found : "";
}

/** As Azure merges a PATCH: objects member by member, anything else as a whole. */
export function merged(before: Members, patch: Members): Members {
  const members = Object.entries(patch).map(([name, value]): [string, Value] => {
    const known = before[name];
    return [name, isMembers(known) && isMembers(value) ? merged(known, value) : value];
  });
  return { ...before, ...Object.fromEntries(members) };
}

/** The paths and values of all that is no object. */
export function leavesOf(
  value: Members,
  path: readonly string[] = [],
): readonly (readonly [string, Value])[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    isMembers(inner) ? leavesOf(inner, [...path, name]) : [[[...path, name].join("."), inner] as const],
  );
}

/** Whether `actual` has all that `wanted` has. Texts compare without case, as ids, regions and tag keys do in Azure. */
export function contains(actual: Value, wanted: Value): boolean {
  if (isMembers(wanted)) {
    const found = new Map(
      Object.entries(isMembers(actual) ? actual : {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return Object.entries(wanted).every(([name, value]) => contains(found.get(name.toLowerCase()), value));
  }
  if (typeof wanted === "string")
    return typeof actual === "string" && actual.toLowerCase() === wanted.toLowerCase();
  return JSON.stringify(actual ?? null) === JSON.stringify(wanted ?? null);
}

const enabledPath = ["upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];

export function isEnabled(set: ScaleSet | undefined): boolean {
  return valueAt(set?.properties, ...enabledPath) === true;
}

/** Whether a set has automatic OS upgrades on and no OSImage configuration that would hold them. */
export function isUncontrolled(state: WorldState, scaleSetId: string): boolean {
  if (!isEnabled(state.scaleSets.get(scaleSetId))) return false;
  return ![...state.assignments.values()].some(
    (one) => one.scaleSetId === scaleSetId && state.configurations.has(one.configurationId),
  );
}

export function withEntry<T>(
  map: ReadonlyMap<string, T>,
  key: string,
  value: T | undefined,
): ReadonlyMap<string, T> {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}
