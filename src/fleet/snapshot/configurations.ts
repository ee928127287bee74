import type { KnownConfiguration } from "../../core/associations/link.ts";
import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { memo } from "../../core/memo.ts";
import { isReadable } from "./differences.ts";
import type { Facts } from "./facts.ts";
import type { AssignmentsOf } from "./snapshot.ts";

const none: readonly IdKey[] = [];

/** Many sets name the same few, and a key that is one string for all takes less time and memory. */
const keyOf = memo(idKey);

/** Keys of the configurations that a set's assignments name, as far as they are known. */
export function configurationsNamedBy(assignments: AssignmentsOf): readonly IdKey[] {
  if ("unknown" in assignments || assignments.known.length === 0) return none;
  const named: IdKey[] = [];
  for (const assignment of assignments.known) {
    const id = configurationIdOf(assignment);
    if (id !== undefined) named.push(keyOf(id));
  }
  return named;
}

/**
 * Looks a configuration up: in its list when that was read, else among the direct GETs. What a list said before it failed
 * proves nothing.
 */
export function knownConfiguration(facts: Facts, key: IdKey): KnownConfiguration | "missing" | "unknown" {
  const referenced = facts.referenced.get(key);
  const resource = listedIn(facts, key) ?? (referenced?.state === "found" ? referenced.resource : undefined);
  if (resource !== undefined) return { resource, schedule: facts.schedules.get(key)?.facts };
  return referenced?.state === "missing" ? "missing" : "unknown";
}

/** What its readable list says of a configuration. */
export function listedIn(facts: Facts, key: IdKey): Resource | undefined {
  const list = facts.subscriptions.get(subscriptionOf(key))?.configurations;
  return list !== undefined && isReadable(list) ? list.items.get(key) : undefined;
}
