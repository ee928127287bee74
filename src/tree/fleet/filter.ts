import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { memo, onceFor } from "../../core/memo.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { regionKey, regionOf } from "../../core/resources/regions.ts";
import { inEnglish, message } from "../../core/text/message.ts";
import { searching, searchingConfigurations, searchingText } from "../../fleet/snapshot/search.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { stateName } from "../../core/associations/coverageInWords.ts";
import { filterWords } from "./filterWords.ts";
import type { FilterKey, FilterWord } from "./filterWords.ts";

/** What neither is a scale set nor a configuration, and is shown with them. */
export interface Other {
  readonly subscriptionId: string;
  /** The names that plain words are looked for in. */
  readonly names: () => string;
  /** The name of the configuration that it is about. */
  readonly configuration?: string;
}

type Subscriptions = Snapshot["subscriptions"];
type Values = (key: FilterKey) => readonly string[];

/** A filter of the Fleet view, which tests each record once: from snapshot to snapshot most of them stay the same objects. */
export class Filter {
  readonly #text: string;
  readonly #asked: readonly FilterWord[];
  readonly #subscriptions: Subscriptions;
  readonly #searching;
  readonly #searchingConfigurations;
  readonly #searchingText;
  readonly #tested = new WeakMap<object, boolean>();

  constructor(text: string, { subscriptions }: Pick<Snapshot, "subscriptions">) {
    const words = filterWords(text).filter(({ value }) => value !== "");
    const plain = words.filter(({ key }) => key === undefined).map(({ value }) => value);
    this.#text = text;
    this.#asked = words.filter(({ key }) => key !== undefined);
    this.#subscriptions = subscriptions;
    this.#searching = searching(plain);
    this.#searchingConfigurations = searchingConfigurations(plain);
    this.#searchingText = searchingText(plain);
  }

  /** Whether it still says the same of each record: only the names of subscriptions are not the records' own. */
  isFor(text: string, { subscriptions }: Pick<Snapshot, "subscriptions">): boolean {
    if (text !== this.#text) return false;
    if (subscriptions === this.#subscriptions) return true;
    return (
      !this.#asked.some(({ key }) => key === "subscription") ||
      namesOf(subscriptions) === namesOf(this.#subscriptions)
    );
  }

  passes(record: ScaleSetRecord): boolean {
    return this.#once(record, () => this.#searching(record) && this.#holds(this.#valuesOfSet(record)));
  }

  passesConfiguration(record: ConfigurationRecord): boolean {
    const { name, resource, subscriptionId } = record;
    const values = this.#values({ region: () => [regionOf(resource)], subscriptionId, configuration: name });
    return this.#once(record, () => this.#searchingConfigurations(record) && this.#holds(values));
  }

  passesOther({ names, ...other }: Other): boolean {
    return this.#searchingText(names) && this.#holds(this.#values(other));
  }

  #holds(values: Values): boolean {
    return this.#asked.every((word) => word.key !== undefined && isSaid(word, values(word.key)));
  }

  #valuesOfSet(record: ScaleSetRecord): Values {
    return (key) => (key === "subscription" ? this.#subscription(record.subscriptionId) : ofSet[key](record));
  }

  /** Of what is no scale set, and has neither a state nor a reason. */
  #values(of: {
    readonly subscriptionId: string;
    readonly configuration?: string;
    readonly region?: () => readonly string[];
  }): Values {
    return (key) => {
      if (key === "subscription") return this.#subscription(of.subscriptionId);
      if (key === "region") return of.region?.() ?? [];
      return key === "configuration" && of.configuration !== undefined
        ? [of.configuration.toLowerCase()]
        : [];
    };
  }

  #subscription(id: string): readonly string[] {
    const name = this.#subscriptions.get(id)?.subscription.displayName;
    return name === undefined ? [id] : [id, name.toLowerCase()];
  }

  #once<R extends object>(record: R, test: () => boolean): boolean {
    const known = this.#tested.get(record);
    if (known !== undefined) return known;
    const passes = test();
    this.#tested.set(record, passes);
    return passes;
  }
}

/** What a scale set says of itself, lower-cased. */
const ofSet: Readonly<
  Record<Exclude<FilterKey, "subscription">, (record: ScaleSetRecord) => readonly string[]>
> = {
  state: ({ coverage: { state, managedBy } }) =>
    managedBy === undefined ? stateTexts(state) : [...stateTexts(state), managedText(managedBy)],
  region: ({ resource }) => [regionOf(resource)],
  configuration: (record) => configurationNames(record).map((name) => name.toLowerCase()),
  reason: onceFor(({ coverage: { reasons } }: ScaleSetRecord) => [
    reasons.map(inEnglish).join("\n").toLowerCase(),
  ]),
};

/** By its id and by its label. */
const stateTexts = memo((state: CoverageState) => [state, inEnglish(stateName(state)).toLowerCase()]);
const managedText = memo((service: string) => inEnglish(managedBy(service)).toLowerCase());

/** What stands for the state of a set that another service owns. */
export const managedBy = (service: string) => message("Managed by {0}", service);

/** The names of the configurations that the set is associated with. */
export function configurationNames({ assignments }: ScaleSetRecord): readonly string[] {
  if ("unknown" in assignments) return [];
  return assignments.known.map(configurationIdOf).flatMap((id) => (id === undefined ? [] : nameOf(id)));
}

/**
 * A state matches by how it begins, since “controlled” ends “uncontrolled”; a reason, which is made of sentences, by any part of it even
 * in quotes.
 */
function isSaid({ key, value, isWhole }: FilterWord, values: readonly string[]): boolean {
  const wanted = key === "region" ? regionKey(value) : value;
  if (isWhole && key !== "reason") return values.includes(wanted);
  return values.some((one) => (key === "state" ? one.startsWith(wanted) : one.includes(wanted)));
}

function namesOf(subscriptions: Subscriptions): string {
  return [...subscriptions].map(([id, { subscription }]) => `${id} ${subscription.displayName}`).join("\n");
}
