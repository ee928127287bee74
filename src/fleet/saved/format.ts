import { createHash } from "node:crypto";
import { dayMs } from "../../core/milliseconds.ts";
import type { Json } from "../../core/resources/json.ts";
import type { Problem } from "../../core/text/problem.ts";

/** Another number for every change of what is below: a file of another format is not read. */
export const format = 3;

/** How many characters a file has at most, and how old it may be. */
export const maxCharacters = 32_000_000;
export const maxAgeMs = 30 * dayMs;

export const configurationType = "Microsoft.Maintenance/maintenanceConfigurations";
export const scaleSetType = "Microsoft.Compute/virtualMachineScaleSets";

/** What stands before the body, as the head's last member, and after it. */
export const bodyFollows = ',\n"body":';
export const bodyEnds = "}";

/** What a file begins with: members of one object, of which the body is the last. */
export interface SavedHead {
  readonly format: typeof format;
  /** Of this extension: another may judge otherwise. */
  readonly version: string;
  /** Whose it is, as its name says too. */
  readonly key: string;
  /** When it was written: an ISO instant. */
  readonly at: string;
  /** Of the body: what this version wrote is as it wrote it, and nothing of it needs to be looked at before it is asked for. */
  readonly hash: string;
}

/**
 * The fleet that one account reaches, with all that repeats in it once, since reading it must take no time that anyone sees. It names neither
 * accounts nor people, and of settings of extensions only what `worth.ts` takes.
 */
export interface SavedBody {
  /** Each different value once, which others name by its place; the first is null, for what is not there. */
  readonly parts: readonly Json[];
  readonly subscriptions: readonly SavedSubscription[];
  /** Configurations that no list has and that were asked for: id, and the places of the resource, null where it is gone, and its schedule. */
  readonly referenced: readonly (readonly [id: string, resource: number, schedule: number])[];
}

/** Tells a body from one that was cut off or changed. */
export function hashOf(body: string): string {
  return createHash("sha1").update(body).digest("hex");
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
  readonly configurations: readonly ConfigurationRow[];
  readonly scaleSets: readonly ScaleSetRow[];
}

/** Its name, and the places of its parts. Where it has no group the name is the whole id, since ids may be written in other casings. */
export type ResourceRow = readonly [
  name: string,
  group: number,
  location: number,
  tags: number,
  sku: number,
  zones: number,
];

export type ConfigurationRow = readonly [...ResourceRow, properties: number, schedule: number];

export type ScaleSetRow = readonly [
  ...ResourceRow,
  managedBy: number,
  /** The places of the values of `sharedMembers`. */
  model: number,
  /** The values of `ownMembers`. */
  own: number,
  coverage: number,
  answer: number,
];

/** What is known of a set's assignments: why nothing is, or the places of its links. Null where they were never read. */
export type SavedAnswer =
  { readonly problem: Problem } | { readonly fromGraph: boolean; readonly links: readonly number[] } | null;

/** An assignment's name and the id of its configuration, empty where it does not say. */
export type SavedLink = readonly [name: string, configuration: string];
