import { idKey, nameOf, parseId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { memo } from "../../core/memo.ts";
import { atOnce } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { sortedInPieces } from "../../core/pieces.ts";
import { inEnglish } from "../../core/text/message.ts";
import type {
  ConfigurationRecord,
  MalformedRecord,
  DanglingRecord,
  ScaleSetRecord,
  Snapshot,
} from "../../fleet/snapshot/snapshot.ts";
import { Filter } from "./filter.ts";
import { grouped } from "./grouped.ts";
import type { Grouped, Named } from "./grouped.ts";
import { groupingKey, groupsOf } from "./grouping.ts";
import type { Grouping } from "./grouping.ts";
import { headingOf } from "./heading.ts";

/** What decides which group an item is in, and whether it is shown at all. */
export interface LayoutOptions {
  readonly snapshot: Snapshot;
  readonly grouping: Grouping;
  readonly filter: string;
  readonly locale: string;
}

/** What the next layout starts from. */
interface Parts {
  readonly filter: Filter;
  /** Lists that have been put in order. */
  readonly inOrder: WeakSet<readonly unknown[]>;
  sets: Grouped<ScaleSetRecord>;
  /** As they were worked out last: of an earlier snapshot until they are asked for. */
  configurations: Grouped<ConfigurationRecord>;
  /** By what they are of. */
  rootNames: ReadonlyMap<string, string>;
  roots: readonly string[];
}

/**
 * Which scale sets and configurations of a snapshot are shown in which group. Of the layout before, lists of which nothing differs stay the
 * same objects.
 */
export class Layout {
  readonly #options: LayoutOptions;
  readonly #parts: Parts;
  readonly #associated = new Map<string, readonly ScaleSetRecord[]>();
  #shown: readonly ScaleSetRecord[] | undefined;
  #malformed: readonly MalformedRecord[] | undefined;
  #dangling: ReadonlyMap<string, readonly DanglingRecord[]> | undefined;

  private constructor(options: LayoutOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** `ids`: of all that may differ from the snapshot of the `last` layout, where that is known. */
  static *of(options: LayoutOptions, last?: Layout, ids?: ReadonlySet<string>): Sliced<Layout> {
    const { snapshot, grouping, filter: text } = options;
    const isSameFilter = last !== undefined && last.#parts.filter.isFor(text, snapshot);
    const isSameView =
      isSameFilter &&
      groupingKey(last.#options.grouping) === groupingKey(grouping) &&
      last.#options.locale === options.locale;
    const before = isSameView ? last.#parts : undefined;
    const filter = isSameFilter ? last.#parts.filter : new Filter(text, snapshot);
    const parts = { ...none, inOrder: new WeakSet(), ...before, filter };
    const layout = new Layout(options, parts);
    const groupsIn = (record: ScaleSetRecord) => (layout.isShown(record) ? groupsOf(record, grouping) : []);
    parts.sets = yield* grouped(snapshot.scaleSets, groupsIn, parts.inOrder, parts.sets, before && ids);
    // Whether a configuration is shown follows from its sets too while there is a filter.
    if (text !== "" && parts.sets !== before?.sets) parts.configurations = none.configurations;
    const areAskedFor = before !== undefined && before.configurations !== none.configurations;
    if (areAskedFor || grouping.by !== "subscription") yield* layout.#groupConfigurations();
    yield* layout.#orderRoots();
    return layout;
  }

  /** The scale sets that the filter lets through, in no particular order. */
  get shown(): readonly ScaleSetRecord[] {
    this.#shown ??= [...new Set([...this.groups.values()].flat())];
    return this.#shown;
  }

  /** Those by group, in no particular order; only groups that have any. */
  get groups(): ReadonlyMap<string, readonly ScaleSetRecord[]> {
    return this.#parts.sets.groups;
  }

  /**
   * The configurations that the filter lets through, and those of scale sets that it lets through: by subscription where the sets are, else all
   * of them under the empty text. Worked out when it is first asked for, as a saved fleet is shown before its configurations are read.
   */
  get configurations(): ReadonlyMap<string, readonly ConfigurationRecord[]> {
    return atOnce(this.#groupConfigurations());
  }

  /** What the groups at the root are of, in the user's order: ids of subscriptions, values of groups, keys of configurations. */
  get roots(): readonly string[] {
    return this.#parts.roots;
  }

  /** The associations without a scale set whose names have the words of the filter, by subscription. */
  get danglingAssociations(): ReadonlyMap<string, readonly DanglingRecord[]> {
    this.#dangling ??= Map.groupBy(
      [...this.#options.snapshot.danglingAssociations.values()].filter((record) =>
        this.#isShownDangling(record),
      ),
      ({ subscriptionId }) => subscriptionId,
    );
    return this.#dangling;
  }

  /** The malformed items whose name or id has the words of the filter. */
  get malformed(): readonly MalformedRecord[] {
    this.#malformed ??= this.#options.snapshot.malformed.filter(({ value, subscriptionId }) =>
      this.#parts.filter.passesOther({
        subscriptionId,
        names: () => `${textAt(value, "name") ?? ""}\n${textAt(value, "id") ?? ""}`,
      }),
    );
    return this.#malformed;
  }

  /** The groups that a set is shown in. */
  groupsOf(key: IdKey): readonly string[] {
    const { snapshot, grouping } = this.#options;
    const record = snapshot.scaleSets.get(key);
    return record !== undefined && this.isShown(record) ? groupsOf(record, grouping) : [];
  }

  isShown(record: ScaleSetRecord): boolean {
    return this.#options.filter === "" || this.#parts.filter.passes(record);
  }

  isShownConfiguration(record: ConfigurationRecord): boolean {
    const { snapshot, filter } = this.#options;
    if (filter === "" || this.#parts.filter.passesConfiguration(record)) return true;
    return record.scaleSets.some((key) => {
      const set = snapshot.scaleSets.get(key);
      return set !== undefined && this.#parts.filter.passes(set);
    });
  }

  #isShownDangling({ scaleSetId, subscriptionId, assignment }: DanglingRecord): boolean {
    const configuration = nameOf(configurationIdOf(assignment) ?? "");
    const names = () => `${namesIn(scaleSetId)}\n${configuration}`;
    return this.#parts.filter.passesOther({ subscriptionId, names, configuration });
  }

  /** The scale sets that are associated with a configuration. */
  associatedWith(configuration: ConfigurationRecord): readonly ScaleSetRecord[] {
    const { scaleSets } = this.#options.snapshot;
    const sets =
      this.#associated.get(configuration.id) ??
      configuration.scaleSets.flatMap((key) => scaleSets.get(key) ?? []);
    this.#associated.set(configuration.id, sets);
    return sets;
  }

  /** One of the lists, put into the user's order of letters, numbers by value. */
  inOrder<R extends Named>(records: readonly R[]): readonly R[] {
    return atOnce(this.ordered(records));
  }

  *ordered<R extends Named>(records: readonly R[]): Sliced<readonly R[]> {
    if (this.#parts.inOrder.has(records)) return records;
    const { compare } = collator(this.#options.locale);
    const inOrder = yield* sortedInPieces(records, (a, b) => compare(a.name, b.name));
    // Where they stand: a list is the same object for as long as it has the same records.
    Object.assign(records, inOrder);
    this.#parts.inOrder.add(records);
    return records;
  }

  /** Whether the list is sorted already. */
  isInOrder(records: readonly Named[]): boolean {
    return this.#parts.inOrder.has(records);
  }

  *#groupConfigurations(): Sliced<ReadonlyMap<string, readonly ConfigurationRecord[]>> {
    const { snapshot, grouping } = this.#options;
    const listOf = ({ subscriptionId }: ConfigurationRecord) =>
      grouping.by === "subscription" ? subscriptionId : "";
    const { configurations, inOrder } = this.#parts;
    this.#parts.configurations = yield* grouped(
      snapshot.configurations,
      (record) => (this.isShownConfiguration(record) ? [listOf(record)] : []),
      inOrder,
      configurations,
    );
    return this.#parts.configurations.groups;
  }

  *#orderRoots(): Sliced<void> {
    const { rootNames: before, roots } = this.#parts;
    const names = this.#namesOfRoots();
    if (areSame(before, names)) return;
    const { compare } = collator(this.#options.locale);
    const all = new Set([...roots.filter((root) => names.has(root)), ...names.keys()]);
    this.#parts.rootNames = names;
    this.#parts.roots = yield* sortedInPieces([...all], (a, b) =>
      compare(names.get(a) ?? "", names.get(b) ?? ""),
    );
  }

  #namesOfRoots(): ReadonlyMap<string, string> {
    const { snapshot, grouping } = this.#options;
    const names = new Map<string, string>();
    switch (grouping.by) {
      case "subscription":
        for (const [id, { subscription }] of snapshot.subscriptions) names.set(id, subscription.displayName);
        break;
      case "configuration":
        for (const value of this.groups.keys()) names.set(value, nameOf(value));
        for (const record of this.configurations.get("") ?? []) names.set(idKey(record.id), record.name);
        break;
      default:
        for (const [value, sets] of this.groups)
          names.set(value, inEnglish(headingOf(value, sets, grouping, snapshot).label));
    }
    return names;
  }
}

const nothing = { records: new Map<IdKey, never>(), groups: new Map<string, never>() };
const none = { sets: nothing, configurations: nothing, rootNames: new Map<string, string>(), roots: [] };

function areSame(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  if (before.size !== after.size) return false;
  for (const [key, name] of after) if (before.get(key) !== name) return false;
  return true;
}

function namesIn(scaleSetId: string): string {
  return `${nameOf(scaleSetId)}\n${parseId(scaleSetId)?.resourceGroup ?? ""}`;
}

/** The user's order of letters, numbers by value. */
export const collator = memo((locale: string) => new Intl.Collator(locale, { numeric: true }));
