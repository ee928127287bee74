import { subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { differing } from "./differences.ts";
import type { Snapshot } from "./snapshot.ts";

/** Records, and which of them came, went or differ, with their subscription. */
export interface Changed<R> {
  readonly records: ReadonlyMap<IdKey, R>;
  readonly changed: ReadonlyMap<IdKey, string>;
}

/** What differs between two snapshots. */
export interface FleetChange {
  /**
   * Lower-cased ids of the configurations, scale sets, assignments without a set and subscriptions that came, went or differ; `all` when the
   * subscriptions themselves are others, or the reason why they could not be read. Empty when only the state of loading differs.
   */
  readonly ids: ReadonlySet<string> | "all";
}

/** Told by identity: `derive` keeps the records that have not changed, and names those of configurations and scale sets that have. */
export function changeBetween(
  before: Snapshot,
  after: Snapshot,
  scaleSets: Changed<unknown>["changed"],
  configurations: Changed<unknown>["changed"],
): FleetChange {
  const isOther =
    before.origin !== after.origin ||
    before.problem !== after.problem ||
    before.hiddenSubscriptions !== after.hiddenSubscriptions ||
    before.failedTenants.length !== after.failedTenants.length ||
    before.failedTenants.some((tenant, index) => tenant !== after.failedTenants[index]) ||
    before.subscriptions.size !== after.subscriptions.size ||
    (before.subscriptions !== after.subscriptions &&
      [...after.subscriptions.keys()].some((id) => !before.subscriptions.has(id)));
  if (isOther) return { ids: "all" };
  const dangling = differing(before.danglingAssociations, after.danglingAssociations);
  const ids = new Set<string>([
    ...differing(before.subscriptions, after.subscriptions),
    ...malformedChanges(before, after),
    ...dangling.flatMap((id) => [id, subscriptionOf(id)]),
  ]);
  for (const changed of [scaleSets, configurations]) {
    for (const [id, subscription] of changed) ids.add(id).add(subscription);
  }
  return { ids };
}

function malformedChanges(before: Snapshot, after: Snapshot): string[] {
  if (before.malformed === after.malformed) return [];
  const [was, is] = [new Set(before.malformed), new Set(after.malformed)];
  const others = [
    ...before.malformed.filter((item) => !is.has(item)),
    ...after.malformed.filter((item) => !was.has(item)),
  ];
  return others.map(({ subscriptionId }) => subscriptionId);
}
