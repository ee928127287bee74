import { coverageStates } from "../../core/associations/coverageStates.ts";
import { objectAt } from "../../core/resources/json.ts";
import { regionOf } from "../../core/resources/regions.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { inEnglish, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { configurationNames, Filter, managedBy } from "../../tree/fleet/filter.ts";
import { filterKeys, filterWords } from "../../tree/fleet/filterWords.ts";
import type { FilterKey, FilterWord } from "../../tree/fleet/filterWords.ts";
import { stateName } from "../../core/associations/coverageInWords.ts";

/** A way to go on with a filter. */
export interface Suggestion {
  readonly label: string;
  /** What a key asks for. */
  readonly about?: Message;
  /** How many of the scale sets that the other words let through have the value. */
  readonly count?: number;
  /** The whole text of the filter once it is chosen. */
  readonly completed: string;
}

/** A list of more can be narrowed by typing. */
const maxSuggestions = 200;

const meanings: Readonly<Record<FilterKey, Message>> = {
  state: message("Coverage state"),
  region: message("Region"),
  subscription: message("Subscription name or ID"),
  configuration: message("Maintenance configuration"),
  reason: message("Why a scale set is in its state"),
};

/** Keys that begin as the last word does, or the values of its key that the fleet has, the most frequent first. */
export function* suggestionsFor(text: string, snapshot: Snapshot): Sliced<readonly Suggestion[]> {
  const last = filterWords(text).at(-1);
  const isTyped = last !== undefined && (last.isOpen || last.start + last.text.length === text.length);
  const before = isTyped ? text.slice(0, last.start) : text;
  if (isTyped && last.key !== undefined) return yield* valuesFor(last.key, last, before, snapshot);
  const begun = isTyped ? last.text.toLowerCase() : "";
  return filterKeys
    .filter((key) => key.startsWith(begun))
    .map((key) => ({ label: `${key}:`, about: meanings[key], completed: `${before}${key}:` }));
}

function* valuesFor(
  key: FilterKey,
  { value, isWhole }: FilterWord,
  before: string,
  snapshot: Snapshot,
): Sliced<readonly Suggestion[]> {
  if (isWhole) return [];
  const others = new Filter(before, snapshot);
  const counts = new Map<string, number>();
  yield* inPieces(snapshot.scaleSets.values(), (record) => {
    if (!others.passes(record)) return;
    for (const one of valuesOf(key, record)) counts.set(one, (counts.get(one) ?? 0) + 1);
  });
  const found = [...counts].map(([one, count]) => ({ one, label: labelOf(key, one, snapshot), count }));
  return found
    .filter(({ one, label }) => isBegun(value, one) || isBegun(value, label))
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))
    .slice(0, maxSuggestions)
    .map(({ one, label, count }) => ({
      label,
      count,
      completed: `${before}${key}:${quoted(key, one, label)} `,
    }));
}

/** What the set has of a key: ids of states and subscriptions, keys of regions, and texts. */
function valuesOf(key: FilterKey, record: ScaleSetRecord): readonly string[] {
  const { coverage, resource, subscriptionId } = record;
  switch (key) {
    case "state":
      return coverage.managedBy === undefined
        ? [coverage.state]
        : [coverage.state, inEnglish(managedBy(coverage.managedBy))];
    case "region":
      return [regionOf(resource)].filter(Boolean);
    case "subscription":
      return [subscriptionId];
    case "configuration":
      return [...new Set(configurationNames(record))];
    case "reason":
      return coverage.reasons.slice(0, 1).map(inEnglish);
  }
}

function labelOf(key: FilterKey, value: string, { regions, subscriptions }: Snapshot): string {
  if (key === "region") return regions.get(value)?.displayName ?? value;
  if (key === "subscription") return subscriptions.get(value)?.subscription.displayName ?? value;
  const state = key === "state" && coverageStates.find((one) => one === value);
  return state ? inEnglish(stateName(state)) : value;
}

function isBegun(typed: string, value: string): boolean {
  return value.toLowerCase().includes(typed.trim());
}

/** In quotes, which a value can't have itself: then its id, or of a reason the longest part without them. */
function quoted(key: FilterKey, value: string, label: string): string {
  const shown = label.includes('"') && key === "subscription" ? value : label;
  const [longest = ""] = shown.split('"').sort((a, b) => b.length - a.length);
  return `"${longest.trim()}"`;
}

/** What is wrong with a filter that is typed, and the way out; undefined where nothing is. */
export function filterProblem(
  text: string,
  { scaleSets, configurations }: Pick<Snapshot, "scaleSets" | "configurations">,
): { readonly message: Message; readonly isUnfinished: boolean } | undefined {
  const words = filterWords(text);
  const open = words.find(({ isOpen }) => isOpen);
  if (open !== undefined) {
    const text = message("The quotation mark in {0} isn't closed. Add one at the end.", open.text);
    return { message: text, isUnfinished: true };
  }
  const named = words.flatMap(({ key, text: typed }) => {
    // What has other signs before its colon, such as a link, is text.
    const [, name = ""] = /^([\p{L}\p{N}_.-]+):/u.exec(typed) ?? [];
    return key !== undefined || name === "" ? [] : [name];
  });
  const strange = named.find((name) => !hasTag(name, [...scaleSets.values(), ...configurations.values()]));
  if (strange === undefined) return undefined;
  const keys = filterKeys.map((key) => `${key}:`).join(", ");
  const said = message(
    "No filter or tag is named {0}. Use {1} or a tag. To search for text, put it in quotation marks.",
    strange,
    keys,
  );
  return { message: said, isUnfinished: false };
}

/** Names of tags are found by how they end too, as any text with a colon is. */
function hasTag(name: string, records: readonly Pick<ScaleSetRecord, "resource">[]): boolean {
  const wanted = name.toLowerCase();
  return records.some(({ resource }) => {
    for (const tag in objectAt(resource, "tags")) if (tag.toLowerCase().endsWith(wanted)) return true;
    return false;
  });
}
