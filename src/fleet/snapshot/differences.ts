import { subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { assignmentsOf, assignmentsOfOthers } from "./facts.ts";
import type { AssignmentFacts, Facts, ListFacts, SubscriptionFacts } from "./facts.ts";

/** What differs between two states of the facts, told by identity. */
export interface Differences {
  /** Lower-cased ids of the subscriptions of which anything differs. */
  readonly subscriptions: ReadonlySet<string>;
  /** Scale sets whose own model, assignments or eligibility facts differ, with their subscription. */
  readonly scaleSets: Map<IdKey, string>;
  /** Configurations whose resource, schedule or way of being known differs. */
  readonly configurations: ReadonlySet<IdKey>;
}

export function differences(before: Facts, after: Facts): Differences {
  const subscriptions = new Set(differing(before.subscriptions, after.subscriptions));
  const scaleSets = new Map<IdKey, string>();
  const configurations = new Set<IdKey>();
  for (const id of subscriptions) {
    const [was, is] = [before.subscriptions.get(id), after.subscriptions.get(id)];
    for (const key of setsDiffering(was, is)) scaleSets.set(key, id);
    for (const key of listDiffering(was?.configurations, is?.configurations)) configurations.add(key);
    // It is shown from when it is named.
    const isShown = is?.subscription !== undefined;
    if (was === undefined || is === undefined || isShown === (was.subscription !== undefined)) continue;
    for (const known of [was, is]) {
      for (const key of known.scaleSets.items.keys()) scaleSets.set(key, id);
      for (const key of known.configurations.items.keys()) configurations.add(key);
    }
  }
  for (const key of differing(before.eligibilityFacts, after.eligibilityFacts)) {
    const id = subscriptionOf(key);
    if (!scaleSets.has(key) && after.subscriptions.get(id)?.scaleSets.items.has(key)) scaleSets.set(key, id);
  }
  for (const key of differing(before.schedules, after.schedules)) configurations.add(key);
  for (const key of differing(before.referenced, after.referenced)) configurations.add(key);
  return { subscriptions, scaleSets, configurations };
}

/** Keys whose values are not the same object. */
export function differing<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>): K[] {
  if (before === after) return [];
  const keys: K[] = [];
  for (const [key, value] of after) if (before.get(key) !== value) keys.push(key);
  for (const key of before.keys()) if (!after.has(key)) keys.push(key);
  return keys;
}

const none: ReadonlyMap<IdKey, never> = new Map<IdKey, never>();

function setsDiffering(was: SubscriptionFacts | undefined, is: SubscriptionFacts | undefined): IdKey[] {
  const before = was?.scaleSets.items ?? none;
  const after = is?.scaleSets.items ?? none;
  const keys = differing(before, after);
  if (was === undefined || is === undefined || areSame(was.assignments, is.assignments)) return keys;
  for (const [key, resource] of after) {
    if (before.get(key) !== resource) continue;
    if (assignmentsOf(was.assignments, key) !== assignmentsOf(is.assignments, key)) keys.push(key);
  }
  return keys;
}

/** Whether every set has the same, also those of which nothing is said. */
function areSame(was: AssignmentFacts, is: AssignmentFacts): boolean {
  return was.byScaleSet === is.byScaleSet && assignmentsOfOthers(was) === assignmentsOfOthers(is);
}

function listDiffering(was: ListFacts | undefined, is: ListFacts | undefined): readonly IdKey[] {
  const [before, after] = [was?.items ?? none, is?.items ?? none];
  // What a list said before it failed proves nothing.
  if (was !== undefined && is !== undefined && isReadable(was) === isReadable(is))
    return differing(before, after);
  return [...new Set([...before.keys(), ...after.keys()])];
}

export function isReadable({ outcome }: ListFacts): boolean {
  return outcome === undefined || outcome === "ready";
}
