import { groupOf, subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { regionOf } from "../../core/resources/regions.ts";
import { problemsOf } from "../../core/text/rule.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import { limitRules } from "../../core/windows/rules/limits.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { Associated } from "./associationIndex.ts";
import type { Changed } from "./changes.ts";
import type { Derived, Parts } from "./derived.ts";
import { differing } from "./differences.ts";
import type { Facts } from "./facts.ts";
import type { ConfigurationRecord } from "./snapshot.ts";

const noSets: readonly IdKey[] = [];

/** The records of the configurations, made anew where their resource, schedule, sets or the limits that they break differ. */
export function* configurationRecords(
  facts: Facts,
  previous: Derived,
  differ: Parts["differ"],
  associated: Associated,
): Sliced<Changed<ConfigurationRecord>> {
  const before = previous.snapshot.configurations;
  const changed = new Map<IdKey, string>();
  const due = dueIn(facts, previous, differ, associated);
  if (due.size === 0) return { records: before, changed };
  const records = new Map(before);
  const counts = new Map<string, ReadonlyMap<string, number>>();
  yield* inPieces(due, (key) => {
    const subscriptionId = subscriptionOf(key);
    const known = facts.subscriptions.get(subscriptionId);
    const resource = known?.subscription && known.configurations.items.get(key);
    const was = before.get(key);
    if (known === undefined || resource === undefined) {
      if (was === undefined) return;
      records.delete(key);
      changed.set(key, subscriptionId);
      return;
    }
    const regions = counts.get(subscriptionId) ?? countByRegion(known.configurations.items.values());
    counts.set(subscriptionId, regions);
    const sets = associated.get(key) ?? noSets;
    const count = { inRegion: regions.get(regionOf(resource)), associations: sets.length };
    const schedule = withLimits(resource, facts.schedules.get(key)?.facts, count, was?.schedule);
    if (was?.resource === resource && was.schedule === schedule && was.scaleSets === sets) return;
    changed.set(key, subscriptionId);
    records.set(key, {
      id: resource.id,
      name: resource.name,
      subscriptionId,
      resourceGroup: groupOf(resource.id),
      resource: resource as JsonObject,
      schedule,
      scaleSets: sets,
    });
  });
  return { records: changed.size === 0 ? before : records, changed };
}

/** Those that may differ: a configuration that comes or goes counts for the limits of the others of its subscription. */
function dueIn(
  facts: Facts,
  previous: Derived,
  differ: Parts["differ"],
  associated: Associated,
): ReadonlySet<IdKey> {
  const due = new Set([...differ.configurations, ...differing(previous.associated, associated)]);
  for (const id of differ.subscriptions) {
    const was = previous.facts.subscriptions.get(id)?.configurations.items;
    const is = facts.subscriptions.get(id)?.configurations.items;
    if (was !== is) for (const key of is?.keys() ?? []) due.add(key);
  }
  return due;
}

/** The schedule with the limits that are broken: the same object while neither differs. */
function withLimits(
  resource: Resource,
  schedule: ScheduleFacts | undefined,
  count: { readonly inRegion: number | undefined; readonly associations: number },
  before: ScheduleFacts | undefined,
): ScheduleFacts | undefined {
  const limits = isOsImage(resource) ? problemsOf(limitRules, count) : [];
  if (schedule === undefined || limits.length === 0) return schedule;
  const is = { ...schedule, problems: [...schedule.problems, ...limits] };
  const isSame = before?.next === is.next && JSON.stringify(before.problems) === JSON.stringify(is.problems);
  return isSame ? before : is;
}

function countByRegion(resources: Iterable<Resource>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    const region = regionOf(resource);
    counts.set(region, (counts.get(region) ?? 0) + 1);
  }
  return counts;
}
