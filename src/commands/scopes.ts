import { idKey, isConfigurationId } from "../core/resources/ids.ts";
import type { IdKey } from "../core/resources/ids.ts";
import type { ScaleSetRecord, Snapshot } from "../fleet/snapshot/snapshot.ts";
import type { Target } from "../report/links.ts";
import { resourceIdsOf, scaleSetIdsOf } from "./targets.ts";

/** The scale sets of a scope as the fleet has them now. */
export interface Scope {
  readonly records: readonly ScaleSetRecord[];
  /** IDs of scale sets that were chosen individually and are no longer in the fleet. */
  readonly missing: readonly string[];
}

/** Sets themselves, all sets of a subscription, and those that are associated with a configuration; each once. */
export function scopeOf(nodes: readonly Target[], { scaleSets, configurations }: Snapshot): Scope {
  const named = scaleSetIdsOf(nodes);
  const keys = new Set<IdKey>(named.map(idKey));
  const whole = new Set(nodes.filter(isWholeSubscription).map(({ subscriptionId = "" }) => subscriptionId));
  if (whole.size > 0) {
    for (const [key, { subscriptionId }] of scaleSets) if (whole.has(subscriptionId)) keys.add(key);
  }
  for (const id of resourceIdsOf(nodes).filter(isConfigurationId)) {
    for (const key of configurations.get(idKey(id))?.scaleSets ?? []) keys.add(key);
  }
  return {
    records: [...keys].flatMap((key) => scaleSets.get(key) ?? []),
    missing: named.filter((id) => !scaleSets.has(idKey(id))),
  };
}

/** The fewest targets that mean the same sets: for links, and to tell one scope from another. */
export function scopeNodes(nodes: readonly Target[]): readonly Target[] {
  const sets = scaleSetIdsOf(nodes).map((resourceId) => ({ kind: "scaleSet", resourceId }));
  const wholes = nodes
    .filter(isWholeSubscription)
    .map(({ subscriptionId }) => ({ kind: "scaleSets", subscriptionId }));
  const configurations = resourceIdsOf(nodes)
    .filter(isConfigurationId)
    .map((resourceId) => ({ kind: "configuration", resourceId }));
  return [...wholes, ...configurations, ...sets];
}

export function keyOf(nodes: readonly Target[]): string {
  return nodes
    .map(({ resourceId, subscriptionId }) => (resourceId ?? subscriptionId ?? "").toLowerCase())
    .sort()
    .join(" ");
}

function isWholeSubscription({ kind }: Target): boolean {
  return kind === "subscription" || kind === "scaleSets";
}
