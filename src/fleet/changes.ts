import { parseId } from "../core/ids.ts";
import type { Snapshot } from "./snapshot.ts";

/** What differs between two snapshots. */
export interface FleetChange {
  /**
   * Lower-cased ids of the configurations, scale sets and subscriptions that came, went or differ; `all` when the subscriptions
   * themselves are others, or the reason why they could not be read. Empty when only the state of loading differs.
   */
  readonly ids: ReadonlySet<string> | "all";
}

/** Told by identity: `derive` keeps the records that have not changed. */
export function changeBetween(before: Snapshot, after: Snapshot): FleetChange {
  const isOther =
    before.origin !== after.origin ||
    before.problem !== after.problem ||
    before.hiddenSubscriptions !== after.hiddenSubscriptions ||
    before.failedTenants.length !== after.failedTenants.length ||
    before.failedTenants.some((tenant, index) => tenant !== after.failedTenants[index]) ||
    before.subscriptions.size !== after.subscriptions.size ||
    [...after.subscriptions.keys()].some((id) => !before.subscriptions.has(id));
  if (isOther) return { ids: "all" };
  const ids = new Set<string>([
    ...differing(before.subscriptions, after.subscriptions),
    ...differing(before.configurations, after.configurations),
    ...differing(before.scaleSets, after.scaleSets),
    ...malformedChanges(before, after),
  ]);
  for (const id of [...ids]) ids.add(parseId(id)?.subscriptionId ?? id);
  return { ids };
}

function differing<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>): K[] {
  const changed = [...after].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
  const gone = [...before.keys()].filter((key) => !after.has(key));
  return [...changed, ...gone];
}

function malformedChanges(before: Snapshot, after: Snapshot): string[] {
  const [was, is] = [new Set(before.malformed), new Set(after.malformed)];
  const others = [
    ...before.malformed.filter((item) => !is.has(item)),
    ...after.malformed.filter((item) => !was.has(item)),
  ];
  return others.map(({ subscriptionId }) => subscriptionId);
}
