import { coverageStates } from "../../core/associations/coverageStates.ts";
import { stateName } from "../../core/associations/coverageInWords.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { sortedInPieces } from "../../core/pieces.ts";
import type { Message } from "../../core/text/message.ts";
import { behindInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Images, KeyedNames, Names, Row, Totals } from "./contract.ts";
import type { ReportWording } from "./wording.ts";

/** How many of the sets that are furthest behind are named. */
const maxNamedSets = 5;

/** Counts of the user's own sets by state, and of those that other services own. */
export function* totalsOf({ scaleSets }: Snapshot, { say }: ReportWording): Sliced<Totals> {
  const states = new Map<CoverageState, number>();
  const others = new Map<string, number>();
  yield* inPieces(scaleSets.values(), ({ coverage: { managedBy, state } }) => {
    if (managedBy === undefined) addOne(states, state);
    else addOne(others, managedBy);
  });
  return {
    states: coverageStates.flatMap((state) => {
      const count = states.get(state) ?? 0;
      return count === 0 ? [] : [{ state, name: say(stateName(state)), count }];
    }),
    own: [...states.values()].reduce((sum, count) => sum + count, 0),
    others: [...others]
      .map(([service, count]) => ({ service, count }))
      .sort((a, b) => b.count - a.count || (a.service < b.service ? -1 : 1)),
  };
}

export function addOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How the images of the user's own sets stand to the newest. */
export function* imagesOf({ scaleSets }: Snapshot, say: (text: Message) => string): Sliced<Images> {
  const counts = { current: 0, behind: 0, unknown: 0, unchecked: 0 };
  const behind: ScaleSetRecord[] = [];
  yield* inPieces(scaleSets.values(), (record) => {
    if (record.coverage.managedBy !== undefined) return;
    counts[record.freshness?.state ?? "unchecked"] += 1;
    if (record.freshness?.state === "behind") behind.push(record);
  });
  const sorted = yield* sortedInPieces(
    behind,
    (a, b) => daysBehind(b) - daysBehind(a) || (a.name < b.name ? -1 : 1),
  );
  const worst = sorted.slice(0, maxNamedSets).map(({ id, name, freshness }) => {
    const words = behindInWords(freshness);
    return { id, name, words: words === undefined ? "" : say(words) };
  });
  return { ...counts, worst };
}

function daysBehind({ freshness }: ScaleSetRecord): number {
  return freshness?.state === "behind" ? (freshness.daysBehind ?? 0) : 0;
}

export function stateNames({ say }: ReportWording): Names["states"] {
  return Object.fromEntries(coverageStates.map((state) => [state, say(stateName(state))])) as Names["states"];
}

/** Names of the subscriptions, configurations and regions that the rows name, in the order of their names. `before`: the last answer. */
export function* namesOf(
  rows: Iterable<Pick<Row, "subscription" | "region" | "configurations">>,
  snapshot: Snapshot,
  locale: string,
  before?: KeyedNames,
): Sliced<KeyedNames> {
  const subscriptions = new Map<string, string>();
  const configurations = new Map<string, string>();
  const regions = new Map<string, string>();
  yield* inPieces(rows, ({ subscription, region, configurations: keys }) => {
    if (!subscriptions.has(subscription)) {
      const name = snapshot.subscriptions.get(subscription)?.subscription.displayName;
      subscriptions.set(subscription, name ?? subscription);
    }
    if (!regions.has(region)) regions.set(region, snapshot.regions.get(region)?.displayName ?? region);
    for (const key of keys) {
      if (!configurations.has(key)) configurations.set(key, nameOfConfiguration(key, snapshot));
    }
  });
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const sorted = function* (
    names: ReadonlyMap<string, string>,
    known: Readonly<Record<string, string>> = {},
  ) {
    const isKnown = names.size === Object.keys(known).length;
    if (isKnown && [...names].every(([key, name]) => known[key] === name)) return known;
    return Object.fromEntries(yield* sortedInPieces([...names], ([, a], [, b]) => compare(a, b)));
  };
  return {
    subscriptions: yield* sorted(subscriptions, before?.subscriptions),
    configurations: yield* sorted(configurations, before?.configurations),
    regions: yield* sorted(regions, before?.regions),
  };
}

/** An assignment may name its configuration in any casing; the configuration itself knows its own. */
export function nameOfConfiguration(key: string, { configurations }: Snapshot): string {
  return configurations.get(key as IdKey)?.name ?? nameOf(key);
}
