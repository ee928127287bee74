import { coverageStates } from "../../core/associations/coverageStates.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import type { Message } from "../../core/text/message.ts";
import { behindInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Images, Names, Totals } from "./contract.ts";
import type { ReportWording } from "./wording.ts";

/** How many of the sets that are furthest behind are named. */
const maxNamedSets = 5;

/** Counts of the user's own sets by state, and of those that other services own. */
export function totalsOf({ scaleSets }: Snapshot, { say, stateName }: ReportWording): Totals {
  const states = new Map<CoverageState, number>();
  const others = new Map<string, number>();
  for (const { coverage } of scaleSets.values()) {
    if (coverage.managedBy === undefined) add(states, coverage.state);
    else add(others, coverage.managedBy);
  }
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

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How the images of the user's own sets stand to the newest. */
export function imagesOf({ scaleSets }: Snapshot, say: (text: Message) => string): Images {
  const counts = { current: 0, behind: 0, unknown: 0, unchecked: 0 };
  const behind: ScaleSetRecord[] = [];
  for (const record of scaleSets.values()) {
    if (record.coverage.managedBy !== undefined) continue;
    counts[record.freshness?.state ?? "unchecked"] += 1;
    if (record.freshness?.state === "behind") behind.push(record);
  }
  const worst = behind
    .sort((a, b) => daysBehind(b) - daysBehind(a) || (a.name < b.name ? -1 : 1))
    .slice(0, maxNamedSets)
    .map(({ id, name, freshness }) => {
      const words = behindInWords(freshness);
      return { id, name, words: words === undefined ? "" : say(words) };
    });
  return { ...counts, worst };
}

function daysBehind({ freshness }: ScaleSetRecord): number {
  return freshness?.state === "behind" ? (freshness.daysBehind ?? 0) : 0;
}

export function stateNames({ say, stateName }: ReportWording): Names["states"] {
  return Object.fromEntries(coverageStates.map((state) => [state, say(stateName(state))])) as Names["states"];
}

/** Names of the subscriptions, configurations and regions that the rows name, in the order of their names. */
export function namesOf(
  rows: Iterable<{
    readonly subscription: string;
    readonly region: string;
    readonly configurations: readonly string[];
  }>,
  snapshot: Snapshot,
  nameOfConfiguration: (key: string) => string,
  locale: string,
): Omit<Names, "states"> {
  const subscriptions = new Map<string, string>();
  const configurations = new Map<string, string>();
  const regions = new Map<string, string>();
  for (const { subscription, region, configurations: keys } of rows) {
    if (!subscriptions.has(subscription)) {
      const name = snapshot.subscriptions.get(subscription)?.subscription.displayName;
      subscriptions.set(subscription, name ?? subscription);
    }
    if (!regions.has(region)) regions.set(region, snapshot.regions.get(region)?.displayName ?? region);
    for (const key of keys) {
      if (!configurations.has(key)) configurations.set(key, nameOfConfiguration(key));
    }
  }
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const sorted = (names: ReadonlyMap<string, string>) =>
    Object.fromEntries([...names].sort(([, a], [, b]) => compare(a, b)));
  return {
    subscriptions: sorted(subscriptions),
    configurations: sorted(configurations),
    regions: sorted(regions),
  };
}
