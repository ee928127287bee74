import { subscriptionOf } from "../../core/resources/ids.ts";
import { differing } from "./differences.ts";
import type { Snapshot } from "./snapshot.ts";

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
  scaleSets: Iterable<string>,
  configurations: Iterable<string>,
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
  const ids = new Set<string>([
    ...differing(before.subscriptions, after.subscriptions),
    ...scaleSets,
    ...configurations,
    ...differing(before.danglingAssociations, after.danglingAssociations),
    ...malformedChanges(before, after),
  ]);
  for (const id of [...ids]) ids.add(subscriptionOf(id) || id);
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
