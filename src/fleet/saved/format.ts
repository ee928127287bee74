import type { Pool } from "./pool.ts";

/** Another number for every change of what is below: a file of another format is not read. */
export const format = 1;

/** How many characters a file has at most, and how old, in milliseconds, it may be. */
export const mostCharacters = 32_000_000;
export const oldest = 30 * 24 * 60 * 60_000;

/**
 * The fleet that one account reaches, as one file: short rows, and all that repeats in a pool, since reading it must take no time that anyone
 * sees. It names neither accounts nor people, and has no settings of extensions.
 */
export interface SavedFile {
  readonly format: typeof format;
  /** Of this extension: another may judge otherwise. */
  readonly version: string;
  /** Whose it is, as its name says too. */
  readonly key: string;
  /** When it was written: an ISO instant. */
  readonly at: string;
  readonly pool: Pool;
  /** Names of assignments, each with the id of its configuration. */
  readonly links: readonly (readonly [name: string, configuration: string])[];
  readonly subscriptions: readonly SavedSubscription[];
  /** Configurations that no list has and that were asked for: id, and the entry of what it is, or 0 where it is gone. */
  readonly referenced: readonly (readonly [id: string, resource: number, schedule: number])[];
}

export interface SavedSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly throughId: string;
  readonly throughName: string;
  /** When it was read, where that was before the file was written. */
  readonly at?: string;
  readonly configurations: readonly SavedConfiguration[];
  readonly scaleSets: readonly SavedScaleSet[];
}

/** Group and name; without a group the name is the whole id, since ids may be written in other casings. */
type Identity = readonly [group: string | 0, name: string];

/** What resources have beside id, name and properties. All but the first are entries, which count from 1, or 0 for what is not there. */
type Head = readonly [location: string, tags: number, sku: number, zones: number];

/** `schedule`: 0 where it has not been worked out. */
export type SavedConfiguration = readonly [...Identity, ...Head, properties: number, schedule: number];

export type SavedScaleSet = readonly [
  ...Identity,
  ...Head,
  properties: number,
  coverage: number,
  /** The entry of why they are not known, 0 where they were never read, or whether only Resource Graph says so and their `links`. */
  assignments: number | readonly [fromGraph: 0 | 1, ...links: readonly number[]],
  managedBy?: string,
];
