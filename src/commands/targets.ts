import { idKey, isAssignmentId, isConfigurationId, isScaleSetId, parseId } from "../core/resources/ids.ts";

/** A node that may stand for an Azure resource. */
interface Target {
  readonly resourceId?: string | undefined;
}

/** The ids of the resources that the nodes stand for, each once, in the order of the nodes. */
export function resourceIdsOf(nodes: readonly Target[]): readonly string[] {
  const ids = nodes.flatMap(({ resourceId }) => (resourceId === undefined ? [] : [resourceId]));
  return [...new Map(ids.map((id) => [idKey(id), id])).values()];
}

/** The configurations among the nodes. */
export const configurationIdsOf = (nodes: readonly Target[]) =>
  resourceIdsOf(nodes).filter(isConfigurationId);

/** The scale sets among the nodes, and those whose association is among them. */
export function scaleSetIdsOf(nodes: readonly Target[]): readonly string[] {
  const sets = resourceIdsOf(nodes).flatMap((id) => (isAssignmentId(id) ? [parseId(id)?.scope ?? id] : [id]));
  return resourceIdsOf(sets.filter(isScaleSetId).map((resourceId) => ({ resourceId })));
}
