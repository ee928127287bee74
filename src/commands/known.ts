import { configurationIdOf } from "../core/associations/link.ts";
import { idKey } from "../core/resources/ids.ts";
import type { JsonObject } from "../core/resources/json.ts";
import type { Snapshot } from "../fleet/snapshot/snapshot.ts";
import type { Target } from "../report/links.ts";
import { configurationIdsOf, scaleSetIdsOf } from "./targets.ts";

/** Whether a fleet, read as far as it is, has all that a command asks of it. */
export type Knows = (snapshot: Snapshot) => boolean;

/**
 * Whether the nodes are scale sets whose models, associations and windows are known. Not while any of these is being read: what is missing
 * would look as if it did not exist.
 */
export function knowsScaleSets(nodes: readonly Target[]): Knows {
  const ids = scaleSetIdsOf(nodes);
  const areSets = nodes.length > 0 && nodes.every((node) => scaleSetIdsOf([node]).length > 0);
  return (snapshot) => areSets && ids.every((id) => isKnown(snapshot, id));
}

/** Whether the nodes are configurations that are known, at least one. Which scale sets use them may not be. */
export function knowsConfigurations(nodes: readonly Target[]): Knows {
  const ids = configurationIdsOf(nodes);
  const areConfigurations = ids.length > 0 && nodes.every((node) => configurationIdsOf([node]).length > 0);
  return ({ configurations }) => areConfigurations && ids.every((id) => configurations.has(idKey(id)));
}

/** Whether the nodes are known scale sets and the one known configuration that they get. */
export function knowsSetsAndConfiguration(nodes: readonly Target[]): Knows {
  const [configurations, others] = [true, false].map((wanted) =>
    nodes.filter((node) => configurationIdsOf([node]).length > 0 === wanted),
  );
  const isOne = configurationIdsOf(configurations ?? []).length === 1;
  const parts = [knowsConfigurations(configurations ?? []), knowsScaleSets(others ?? [])];
  return (snapshot) => isOne && parts.every((knows) => knows(snapshot));
}

/** Whether all configurations of a subscription are known. */
export function knowsConfigurationsOf(subscriptionId: string | undefined): Knows {
  const key = subscriptionId?.toLowerCase() ?? "";
  return ({ subscriptions }) => subscriptions.get(key)?.configurations.state === "ready";
}

function isKnown(snapshot: Snapshot, scaleSetId: string): boolean {
  const assignments = snapshot.scaleSets.get(idKey(scaleSetId))?.assignments;
  if (assignments === undefined) return false;
  if ("unknown" in assignments) return assignments.unknown !== "loading";
  return assignments.known.every((assignment) => isResolved(snapshot, assignment));
}

/** Whether it is known what the assignment names: what no list has is asked for directly. */
function isResolved({ configurations, referenced }: Snapshot, assignment: JsonObject): boolean {
  const id = configurationIdOf(assignment);
  if (id === undefined) return true;
  const configuration = configurations.get(idKey(id)) ?? referenced.get(idKey(id));
  if (configuration === undefined) return false;
  return !("schedule" in configuration) || configuration.schedule !== undefined;
}
