import { createHash } from "node:crypto";
import type { Subscription } from "../../azure/contracts.ts";
import { dayMs } from "../../core/milliseconds.ts";
import type { Json } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Sliced } from "../../core/slices.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";

/** Another number for every change of what is below: a file of another format is not read. */
const format = 4;

/** How many characters a file has at most, and how old it may be. */
export const maxCharacters = 32_000_000;
const maxAgeMs = 30 * dayMs;

/** What a file's first line says, beside its format and the hash of the others. */
export interface SavedHead {
  /** Of this extension: another may judge otherwise. */
  readonly version: string;
  /** Whose it is, as its name says too. */
  readonly key: string;
  /** When it was written: an ISO instant. */
  readonly at: string;
}

/** One of the lines that follow. It names neither accounts nor people. */
export interface SavedLine {
  /** Values of scale sets that this line is the first to name. All name them by their place, from 1; 0 is what is not there. */
  readonly parts: readonly Json[];
  /** A subscription with many resources is in several lines. */
  readonly lists: readonly SavedList[];
  /** Configurations that no list has and that were asked for; null for one that is gone. */
  readonly referenced?: readonly (readonly [key: string, SavedConfiguration | null])[];
}

export interface SavedList {
  readonly subscription: SavedSubscription;
  readonly configurations: readonly SavedConfiguration[];
  readonly scaleSets: readonly ScaleSetRow[];
}

export interface SavedSubscription extends Omit<Subscription, "through"> {
  readonly through: Omit<Subscription["through"], "account">;
  /** When it was read, where that was before the file was written: an ISO instant. */
  readonly at?: string;
}

export interface SavedConfiguration {
  readonly resource: Resource;
  readonly schedule?: ScheduleFacts;
}

/** Members of a resource beside its id, name and properties. */
export const outerMembers = ["type", "location", "tags", "sku", "zones", "managedBy"] as const;

/** A scale set, with the places of what many have alike. */
export type ScaleSetRow = readonly [
  id: string,
  /** Of the places of the values of `modelMembers`. */
  model: number,
  coverage: number,
  answer: number,
  /** Of the values of `outerMembers`. */
  ...outer: number[],
];

/** What is known of a set's assignments: why nothing is, or their names with the places of the ids of their configurations. */
export type SavedAnswer =
  | { readonly unknown: Problem | "loading" }
  | {
      readonly links: readonly (readonly [name: string, configuration: number])[];
      readonly source?: "graph";
    };

// What stands before, between and after the lines, none of which has a line break inside.
const [begins, between, ends] = ["[", "\n,", "\n]"];

/** How many characters are hashed in one go. */
const hashedAtATime = 1_000_000;

/** A file's text: an array, each value of which is one line of JSON. The first tells by a hash whether the others are what was written. */
export function* fileOf(head: SavedHead, lines: readonly string[]): Sliced<string> {
  const body = lines.join(between);
  const first = JSON.stringify({ format, ...head, hash: yield* hashOf(body) });
  return begins + first + between + body + ends;
}

/**
 * The lines of a file, and when it was written. Throws an Error that says what is wrong with it: it is no such file, another version's, someone
 * else's, too old, or not whole. After that nothing of it needs to be looked at before it is used.
 */
export function* linesOf(
  text: string,
  { version, key }: Pick<SavedHead, "version" | "key">,
  now: string,
): Sliced<{ readonly at: string; readonly lines: readonly string[] }> {
  if (text.length > maxCharacters) throw new Error("It is too large.");
  const end = text.indexOf(between);
  const head = JSON.parse(text.slice(begins.length, Math.max(end, 0))) as SavedHead & {
    readonly format: number;
    readonly hash: string;
  };
  if (head.format !== format || head.version !== version) throw new Error("It is another version's.");
  if (head.key !== key) throw new Error("It is someone else's.");
  if (!(Date.parse(now) - Date.parse(head.at) <= maxAgeMs)) throw new Error("It is too old.");
  const body = text.slice(end + between.length, -ends.length);
  if (!text.endsWith(ends) || (yield* hashOf(body)) !== head.hash) throw new Error("It is not whole.");
  return { at: head.at, lines: body.split(between) };
}

function* hashOf(body: string): Sliced<string> {
  const hash = createHash("sha1");
  for (let from = 0; from < body.length; from += hashedAtATime) {
    hash.update(body.slice(from, from + hashedAtATime));
    yield;
  }
  return hash.digest("hex");
}
