import { idKey, isConfigurationId } from "../core/resources/ids.ts";
import type { ScaleSetRecord } from "../fleet/snapshot/snapshot.ts";
import type { FleetStore } from "../fleet/store.ts";
import type { FlowStart } from "../flows/engine/context.ts";
import { groupsOf } from "../tree/fleet/grouping.ts";
import type { FleetView } from "../tree/fleet/fleetView.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { scopeOf } from "./scopes.ts";
import { resourceIdsOf, scaleSetIdsOf } from "./targets.ts";

/** The fleet as the Fleet view shows it. */
export interface ShownFleet {
  readonly store: Pick<FleetStore, "snapshot">;
  readonly fleetView: Pick<FleetView, "grouping" | "filter" | "shownScaleSets">;
}

/**
 * What a flow over scale sets is started on: the sets that were picked one by one, if there are any; else those that the nodes stand for, a
 * configuration for those that are associated with it, as far as the view's filter shows them.
 */
export function startOnSets(nodes: readonly TreeNode[], shown: ShownFleet): FlowStart {
  const scaleSetIds = scaleSetIdsOf(nodes);
  return nodes.length === 0 || scaleSetIds.length > 0 ? { scaleSetIds } : { among: setsBelow(nodes, shown) };
}

/** The same where a configuration is what the sets get. */
export function startOnBoth(nodes: readonly TreeNode[], shown: ShownFleet): FlowStart {
  const configurations = nodes.filter(isConfiguration);
  const others = nodes.filter((one) => !isConfiguration(one));
  return { ...startOnSets(others, shown), configurationIds: resourceIdsOf(configurations) };
}

const isConfiguration = ({ resourceId }: TreeNode) =>
  resourceId !== undefined && isConfigurationId(resourceId);

/** Ids of the scale sets that nodes for several of them stand for. */
export function setsBelow(
  nodes: readonly TreeNode[],
  { store: { snapshot }, fleetView }: ShownFleet,
): readonly string[] {
  const values = new Set(nodes.flatMap((node) => (node.kind === "group" ? [node.value] : [])));
  const isInGroup = (set: ScaleSetRecord) =>
    groupsOf(set, fleetView.grouping).some((value) => values.has(value));
  const grouped = values.size === 0 ? [] : [...snapshot.scaleSets.values()].filter(isInGroup);
  const ids = new Set([...scopeOf(nodes, snapshot).records, ...grouped].map(({ id }) => id));
  if (fleetView.filter === "") return [...ids];
  const shown = new Set(fleetView.shownScaleSets().map(idKey));
  return [...ids].filter((id) => shown.has(idKey(id)));
}
