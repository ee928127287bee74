import type { AccountName, Subscription } from "../../azure/contracts.ts";
import type { Coverage } from "../../core/associations/coverage.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { SubscriptionFilter } from "../events.ts";
import { newSubscription, noFacts } from "../snapshot/facts.ts";
import type { Facts, Referenced, Schedule, SubscriptionFacts } from "../snapshot/facts.ts";
import type { SavedFleet, SavedPart } from "./recall.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { SavedAnswers } from "./answers.ts";
import { format, maxCharacters, maxAgeMs } from "./format.ts";
import type { SavedFile, SavedSubscription } from "./format.ts";
import { PoolReader } from "./pool.ts";
import {
  checkColumns,
  configurationType,
  idsIn,
  keysIn,
  noRow,
  resourceIn,
  scaleSetType,
} from "./resources.ts";
import { SavedScaleSet } from "./scaleSet.ts";
import type { ScaleSetRows } from "./scaleSet.ts";

/** A file's text and what it must be. */
export interface Saved extends Pick<SavedFile, "version" | "key"> {
  readonly text: string;
  /** Through whom its subscriptions were reached; undefined in the sandbox. */
  readonly account: AccountName | undefined;
}

/**
 * What a file holds of the fleet, of those subscriptions that are `wanted`. Throws an Error that says what is wrong with it: it is no such
 * file, another version's, too old, or not whole. After that all that it holds can be asked for.
 */
export function decode(
  saved: Saved,
  origin: Snapshot["origin"],
  now: string,
  wanted: SubscriptionFilter,
): SavedFleet {
  return new Decoded(fileOf(saved, now), origin, saved.account, wanted);
}

/** What several accounts reach, as one fleet. */
export function together(all: readonly SavedFleet[]): SavedFleet | undefined {
  return all.reduce<SavedFleet | undefined>(
    (sum, one) => (sum === undefined ? one : both(sum, one)),
    undefined,
  );
}

function both(one: SavedFleet, other: SavedFleet): SavedFleet {
  const hidden = new Set([...one.hidden, ...other.hidden]);
  const made = (a: Facts, b: Facts): Facts => ({
    ...a,
    subscriptions: new Map([...a.subscriptions, ...b.subscriptions]),
    hidden,
    referenced: new Map([...a.referenced, ...b.referenced]),
    schedules: new Map([...a.schedules, ...b.schedules]),
  });
  let facts: Facts | undefined;
  return {
    origin: one.origin,
    subscriptions: new Map([...one.subscriptions, ...other.subscriptions]),
    hidden,
    get withoutSets() {
      return made(one.withoutSets, other.withoutSets);
    },
    get facts() {
      return (facts ??= made(one.facts, other.facts));
    },
  };
}

function fileOf({ text, version, key }: Saved, now: string): SavedFile {
  if (text.length > maxCharacters) throw new Error("It is too large.");
  const file = JSON.parse(text) as SavedFile;
  if (file.format !== format || file.version !== version) throw new Error("It is another version's.");
  if (file.key !== key) throw new Error("It is someone else's.");
  const age = Date.parse(now) - Date.parse(file.at);
  if (!(age <= maxAgeMs)) throw new Error("It is too old.");
  return file;
}

/** A subscription, and where what it has begins in the columns. */
interface Part extends SavedPart {
  readonly row: SavedSubscription;
  readonly firstConfiguration: number;
  readonly scaleSets: readonly SavedScaleSet[];
}

/** A file whose numbers have been checked, and of which objects are made as they are asked for. */
class Decoded implements SavedFleet {
  readonly origin: Snapshot["origin"];
  readonly subscriptions = new Map<string, Part>();
  readonly hidden = new Set<string>();
  readonly #file: SavedFile;
  readonly #pool: PoolReader;
  readonly #rows: ScaleSetRows;
  #withoutSets: Facts | undefined;
  #facts: Facts | undefined;

  constructor(
    file: SavedFile,
    origin: Snapshot["origin"],
    account: AccountName | undefined,
    wanted: SubscriptionFilter,
  ) {
    this.origin = origin;
    this.#file = file;
    this.#pool = new PoolReader(file.pool);
    const answers = new SavedAnswers(file, this.#pool);
    this.#rows = { columns: file.scaleSets, pool: this.#pool, answers };
    this.#check(answers);
    let [configuration, scaleSet] = [0, 0];
    for (const row of file.subscriptions) {
      const key = row.id.toLowerCase();
      if (!wanted({ subscriptionId: row.id, displayName: row.name })) this.hidden.add(key);
      else
        this.subscriptions.set(key, {
          row,
          subscription: subscriptionOf(row, account),
          at: row.at ?? file.at,
          firstConfiguration: configuration,
          scaleSets: this.#scaleSets(row, scaleSet),
        });
      configuration += row.configurations;
      scaleSet += row.scaleSets;
    }
  }

  get withoutSets(): Facts {
    this.#withoutSets ??= this.#madeWithoutSets();
    return this.#withoutSets;
  }

  get facts(): Facts {
    this.#facts ??= this.#madeFacts();
    return this.#facts;
  }

  /** That whatever is asked for later is there. */
  #check(answers: SavedAnswers): void {
    const { subscriptions, configurations, scaleSets, referenced } = this.#file;
    const pool = this.#pool;
    const rowsOf = (list: "configurations" | "scaleSets") =>
      subscriptions.reduce((sum, row) => sum + row[list], 0);
    checkColumns(configurations, rowsOf("configurations"), pool);
    checkColumns(scaleSets, rowsOf("scaleSets"), pool);
    const isRight =
      referenced.every(([id]) => typeof id === "string") &&
      pool.areParts([...configurations.schedule, ...referenced.flatMap(([, ...parts]) => parts)], 0) &&
      pool.areParts(scaleSets.coverage, 1) &&
      scaleSets.coverage.every((part) => isCoverage(pool.part(part))) &&
      answers.has(scaleSets.assignments) &&
      pool.areTexts(scaleSets.managedBy);
    if (!isRight) noRow();
  }

  #scaleSets({ id, scaleSets }: SavedSubscription, first: number): readonly SavedScaleSet[] {
    const { group, name } = this.#file.scaleSets;
    const subscriptionKey = id.toLowerCase();
    const [idIn, keyIn] = [idsIn(id, scaleSetType), keysIn(id, scaleSetType)];
    return Array.from({ length: scaleSets }, (_, index) => {
      const row = first + index;
      const key = keyIn(this.#pool.text(group[row] ?? noRow()), name[row] ?? noRow());
      return new SavedScaleSet(this.#rows, row, key, subscriptionKey, idIn);
    });
  }

  #madeWithoutSets(): Facts {
    const { hidden } = this;
    const subscriptions = new Map<string, SubscriptionFacts>();
    const schedules = new Map<IdKey, Schedule>();
    for (const [key, part] of this.subscriptions) {
      const reading = { awaited: true, outcome: "ready", savedAt: part.at } as const;
      subscriptions.set(key, {
        ...newSubscription,
        subscription: part.subscription,
        configurations: { ...reading, items: this.#configurations(part, schedules), malformed: [] },
        scaleSets: { ...newSubscription.scaleSets, ...reading },
        assignments: { ...newSubscription.assignments, ...reading },
      });
    }
    const referenced = this.#referenced(schedules);
    return { ...noFacts(this.origin), subscriptions, hidden, referenced, schedules };
  }

  #madeFacts(): Facts {
    const subscriptions = new Map<string, SubscriptionFacts>();
    for (const [key, known] of this.withoutSets.subscriptions) {
      const sets = this.subscriptions.get(key)?.scaleSets ?? [];
      subscriptions.set(key, {
        ...known,
        scaleSets: { ...known.scaleSets, items: mapOf(sets, (set) => set.resource) },
        assignments: { ...known.assignments, byScaleSet: mapOf(sets, (set) => set.assignments) },
      });
    }
    return { ...this.withoutSets, subscriptions };
  }

  #configurations(
    { row: { id, configurations }, firstConfiguration }: Part,
    schedules: Map<IdKey, Schedule>,
  ) {
    const columns = this.#file.configurations;
    const idIn = idsIn(id, configurationType);
    const items = new Map<IdKey, Resource>();
    for (let row = firstConfiguration; row < firstConfiguration + configurations; row++) {
      const own = idIn(this.#pool.text(columns.group[row] ?? noRow()), columns.name[row] ?? noRow());
      const resource = resourceIn(columns, row, own, configurationType, this.#pool);
      const key = idKey(own);
      items.set(key, resource);
      this.#takeSchedule(schedules, key, resource, columns.schedule[row] ?? noRow());
    }
    return items;
  }

  #referenced(schedules: Map<IdKey, Schedule>): ReadonlyMap<IdKey, Referenced> {
    return new Map(
      this.#file.referenced.map(([id, part, schedule]): [IdKey, Referenced] => {
        const key = idKey(id);
        if (part === 0) return [key, { state: "missing" }];
        const resource = this.#pool.part(part) as Resource;
        this.#takeSchedule(schedules, key, resource, schedule);
        return [key, { state: "found", resource }];
      }),
    );
  }

  #takeSchedule(schedules: Map<IdKey, Schedule>, key: IdKey, resource: Resource, part: number): void {
    if (part > 0) schedules.set(key, { resource, facts: this.#pool.part(part) as ScheduleFacts });
  }
}

function subscriptionOf(
  { id, name, tenantId, throughId, throughName, state }: SavedSubscription,
  account: AccountName | undefined,
): Subscription {
  const through = { tenantId: throughId, tenantName: throughName, ...(account && { account }) };
  const isKnown = typeof state === "string";
  return { subscriptionId: id, displayName: name, tenantId, through, ...(isKnown && { state }) };
}

function isCoverage(value: object): boolean {
  const { state, reasons } = value as Partial<Coverage>;
  return typeof state === "string" && Array.isArray(reasons);
}

function mapOf<V>(sets: readonly SavedScaleSet[], valueOf: (set: SavedScaleSet) => V): ReadonlyMap<IdKey, V> {
  return new Map(sets.map((set) => [set.key, valueOf(set)]));
}
