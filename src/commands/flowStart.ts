import { isConfigurationId } from "../core/ids.ts";
import type { Snapshot } from "../fleet/snapshot.ts";
import type { FlowStart } from "../flows/context.ts";
import type { Target } from "../report/links.ts";
import { scopeOf } from "./scopes.ts";
import { resourceIdsOf, scaleSetIdsOf } from "./targets.ts";

/**
 * What a flow over scale sets is started on: the sets that were picked one by one, if there are any; else those that the nodes stand for, a
 * configuration for those that are associated with it.
 */
export function startOnSets(nodes: readonly Target[], snapshot: Snapshot): FlowStart {
  const scaleSetIds = scaleSetIdsOf(nodes);
  if (nodes.length === 0 || scaleSetIds.length > 0) return { scaleSetIds };
  return { among: scopeOf(nodes, snapshot).records.map(({ id }) => id) };
}

/** The same where a configuration is what the sets get. */
export function startOnBoth(nodes: readonly Target[], snapshot: Snapshot): FlowStart {
  const [configurations, others] = [
    nodes.filter(isConfiguration),
    nodes.filter((one) => !isConfiguration(one)),
  ];
  return { ...startOnSets(others, snapshot), configurationIds: resourceIdsOf(configurations) };
}

const isConfiguration = ({ resourceId }: Target) => resourceId !== undefined && isConfigurationId(resourceId);
