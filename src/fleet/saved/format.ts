import { dayMs } from "../../core/milliseconds.ts";
import type { Pool } from "./pool.ts";

/** Another number for every change of what is below: a file of another format is not read. */
export const format = 2;

/** How many characters a file has at most, and how old it may be. */
export const maxCharacters = 32_000_000;
export const maxAgeMs = 30 * dayMs;

/**
 * The fleet that one account reaches, as one file: columns of numbers, and all that repeats in a pool, since reading it must take no time
 * that anyone sees. It names neither accounts nor people, and of settings of extensions only the cluster and the
 * durability of a Service Fabric node.
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
  /** What is known of assignments, each answer once for all sets of which it is the same. */
  readonly answers: readonly SavedAnswer[];
  readonly subscriptions: readonly SavedSubscription[];
  /** Of the first subscription, then those of the next. */
  readonly configurations: ConfigurationColumns;
  readonly scaleSets: ScaleSetColumns;
  /** Configurations that no list has and that were asked for: id, and the part that it is, or 0 where it is gone. */
  readonly referenced: readonly (readonly [id: string, resource: number, schedule: number])[];
}

export interface SavedSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly throughId: string;
  readonly throughName: string;
  /** Where it was not enabled. */
  readonly state?: string;
  /** When it was read, where that was before the file was written. */
  readonly at?: string;
  /** How many there are of it in the columns. */
  readonly configurations: number;
  readonly scaleSets: number;
}

/** The part why they are not known, 0 where they were never read, or whether only Resource Graph says so and their `links`. */
export type SavedAnswer = number | readonly [fromGraph: 0 | 1, ...links: readonly number[]];

/** A member of all resources each: the place of a text in the pool, or a part of it, of which 0 is what is not there. */
export interface ResourceColumns {
  /** Text; where it is empty the name is the whole id, since ids may be written in other casings. */
  readonly group: readonly number[];
  readonly name: readonly string[];
  /** Text, empty where there is none. */
  readonly location: readonly number[];
  readonly tags: readonly number[];
  readonly sku: readonly number[];
  readonly zones: readonly number[];
  readonly properties: readonly number[];
}

export interface ConfigurationColumns extends ResourceColumns {
  /** 0 where it has not been worked out. */
  readonly schedule: readonly number[];
}

export interface ScaleSetColumns extends ResourceColumns {
  readonly coverage: readonly number[];
  /** Places among the `answers`. */
  readonly assignments: readonly number[];
  /** Text, empty where there is none. */
  readonly managedBy: readonly number[];
}
