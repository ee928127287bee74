import { arrayAt, textAt } from "./json.ts";
import type { JsonObject } from "./json.ts";

/** What ARM's locations call says of a region. */
export interface Region {
  /** `West Europe` */
  readonly displayName: string;
  /** Keys of the regions that Azure pairs it with: none for the newer ones; a pair need not be mutual. */
  readonly pairs: readonly string[];
}

/** Regions by key. */
export type Regions = ReadonlyMap<string, Region>;

/** `westeurope`, whether a resource says `westeurope` or `West Europe`. */
export function regionKey(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

/** The key of a resource's region; empty where it does not say. */
export function regionOf(resource: JsonObject): string {
  return regionKey(textAt(resource, "location") ?? "");
}

/** The regions of a subscription, from ARM's locations call (2022-12-01). */
export function readRegions(locations: readonly JsonObject[]): Regions {
  return new Map(
    locations.flatMap((location) => {
      const name = textAt(location, "name");
      if (name === undefined) return [];
      const paired = arrayAt(location, "metadata", "pairedRegion").map((pair) => textAt(pair, "name"));
      const pairs = paired.filter((pair) => pair !== undefined).map(regionKey);
      return [[regionKey(name), { displayName: textAt(location, "displayName") ?? name, pairs }] as const];
    }),
  );
}

/** Whether Azure pairs the two: it updates only one of a pair at a time, so that the other keeps running. */
export function arePaired(regions: Regions, a: string, b: string): boolean {
  const names = (one: string, other: string) => regions.get(one)?.pairs.includes(other) === true;
  return a !== b && (names(a, b) || names(b, a));
}
