import { idKey, nameOf, parseId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { memo } from "../../core/memo.ts";
import { searching, searchingConfigurations, searchingText } from "../../fleet/snapshot/search.ts";
import type {
  ConfigurationRecord,
  MalformedRecord,
  DanglingRecord,
  ScaleSetRecord,
  Snapshot,
} from "../../fleet/snapshot/snapshot.ts";
import { groupingKey, groupsOf } from "./grouping.ts";
import type { Grouping } from "./grouping.ts";

/** What decides which group an item is in, and whether it is shown at all. */
export interface LayoutOptions {
  readonly snapshot: Snapshot;
  readonly grouping: Grouping;
  readonly filter: string;
  readonly locale: string;
}

/** Has a name that it is sorted by. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** A text filter, which tests each record once: from snapshot to snapshot most of them stay the same objects. */
class Filter {
  readonly text: string;
  readonly #searching;
  readonly #searchingConfigurations;
  readonly #tested = new WeakMap<object, boolean>();

  constructor(text: string) {
    this.text = text;
    this.#searching = searching(text);
    this.#searchingConfigurations = searchingConfigurations(text);
  }

  passes(record: ScaleSetRecord): boolean {
    return this.#once(record, this.#searching);
  }

  passesConfiguration(record: ConfigurationRecord): boolean {
    return this.#once(record, this.#searchingConfigurations);
  }

  #once<R extends object>(record: R, test: (record: R) => boolean): boolean {
    const known = this.#tested.get(record);
    if (known !== undefined) return known;
    const passes = test(record);
    this.#tested.set(record, passes);
    return passes;
  }
}

/** Which scale sets and configurations of a snapshot are shown in which group, worked out when it is first asked for. */
export class Layout {
  readonly #options: LayoutOptions;
  readonly #filter: Filter;
  readonly #ordersBefore: ReadonlyMap<string, readonly Named[]>;
  readonly #orders = new Map<string, readonly Named[]>();
  #groups: ReadonlyMap<string, readonly ScaleSetRecord[]> | undefined;
  #configurations: ReadonlyMap<string, readonly ConfigurationRecord[]> | undefined;
  #shown: readonly ScaleSetRecord[] | undefined;
  #malformed: readonly MalformedRecord[] | undefined;
  #dangling: ReadonlyMap<string, readonly DanglingRecord[]> | undefined;

  constructor(options: LayoutOptions, before?: Layout) {
    this.#options = options;
    const isSameFilter = before !== undefined && before.#filter.text === options.filter;
    this.#filter = isSameFilter ? before.#filter : new Filter(options.filter);
    const isSameGrouping =
      before !== undefined && groupingKey(before.#options.grouping) === groupingKey(options.grouping);
    this.#ordersBefore = isSameGrouping ? before.#orders : new Map();
  }

  /** The scale sets that the filter lets through. */
  get shown(): readonly ScaleSetRecord[] {
    this.#shown ??= [...this.#options.snapshot.scaleSets.values()].filter((record) => this.isShown(record));
    return this.#shown;
  }

  /** Those by group, in no particular order; only groups that have any. */
  get groups(): ReadonlyMap<string, readonly ScaleSetRecord[]> {
    this.#groups ??= this.#newGroups();
    return this.#groups;
  }

  /** The configurations that the filter lets through, and those of scale sets that it lets through, by subscription. */
  get configurations(): ReadonlyMap<string, readonly ConfigurationRecord[]> {
    this.#configurations ??= Map.groupBy(
      [...this.#options.snapshot.configurations.values()].filter((record) =>
        this.isShownConfiguration(record),
      ),
      ({ subscriptionId }) => subscriptionId,
    );
    return this.#configurations;
  }

  /** The associations without a scale set whose names have the words of the filter, by subscription. */
  get danglingAssociations(): ReadonlyMap<string, readonly DanglingRecord[]> {
    const has = searchingText(this.#options.filter);
    this.#dangling ??= Map.groupBy(
      [...this.#options.snapshot.danglingAssociations.values()].filter(({ scaleSetId, assignment }) =>
        has(() => `${namesIn(scaleSetId)}\n${nameOf(configurationIdOf(assignment) ?? "")}`),
      ),
      ({ subscriptionId }) => subscriptionId,
    );
    return this.#dangling;
  }

  /** The malformed items whose name or id has the words of the filter. */
  get malformed(): readonly MalformedRecord[] {
    const has = searchingText(this.#options.filter);
    this.#malformed ??= this.#options.snapshot.malformed.filter(({ value }) =>
      has(() => `${textAt(value, "name") ?? ""}\n${textAt(value, "id") ?? ""}`),
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
    return this.#options.filter === "" || this.#filter.passes(record);
  }

  /** The records in the user's order of letters, numbers by value; `of`: whose items they are. */
  inOrder<R extends Named>(of: string, records: readonly R[]): readonly R[] {
    const known = this.#orders.get(of);
    if (known !== undefined) return known as readonly R[];
    const { compare } = collator(this.#options.locale);
    const before = this.#ordersBefore.get(of);
    const ordered = before === undefined ? [...records] : asBefore(before, records);
    ordered.sort((a, b) => compare(a.name, b.name));
    this.#orders.set(of, ordered);
    return ordered;
  }

  isShownConfiguration(record: ConfigurationRecord): boolean {
    const { snapshot, filter } = this.#options;
    if (filter === "" || this.#filter.passesConfiguration(record)) return true;
    return record.scaleSets.some((key) => {
      const set = snapshot.scaleSets.get(key);
      return set !== undefined && this.#filter.passes(set);
    });
  }

  #newGroups(): ReadonlyMap<string, readonly ScaleSetRecord[]> {
    const groups = new Map<string, ScaleSetRecord[]>();
    for (const record of this.shown) {
      for (const group of groupsOf(record, this.#options.grouping)) {
        const members = groups.get(group);
        if (members === undefined) groups.set(group, [record]);
        else members.push(record);
      }
    }
    return groups;
  }
}

/** What was in order stays so, and sorting it again costs a tenth. */
function asBefore<R extends Named>(before: readonly Named[], records: readonly R[]): R[] {
  const left = new Map(records.map((record) => [idKey(record.id), record]));
  const stayed = before.flatMap(({ id }) => {
    const record = left.get(idKey(id));
    left.delete(idKey(id));
    return record ?? [];
  });
  return [...stayed, ...left.values()];
}

function namesIn(scaleSetId: string): string {
  return `${nameOf(scaleSetId)}\n${parseId(scaleSetId)?.resourceGroup ?? ""}`;
}

/** The user's order of letters, numbers by value. */
export const collator = memo((locale: string) => new Intl.Collator(locale, { numeric: true }));
