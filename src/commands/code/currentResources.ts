import { configurationIdOf } from "../../core/associations/link.ts";
import { idKey, type IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { CurrentResource, CurrentResources, CurrentScaleSet } from "../../export/code/current.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Target } from "../../report/links.ts";
import { configurationIdsOf } from "../targets.ts";

/**
 * What is exported of rows: the scale sets that they stand for, the configurations among them and all of a whole subscription, and the
 * configurations that these sets are associated with, wherever they are.
 */
export function* currentResources(
  nodes: readonly Target[],
  scaleSetIds: readonly string[],
  snapshot: Snapshot,
): Sliced<CurrentResources> {
  const { configurations, referenced, scaleSets } = snapshot;
  const keys = new Set<IdKey>(configurationIdsOf(nodes).map(idKey));
  const whole = new Set(nodes.flatMap((node) => (node.kind === "subscription" ? [node.subscriptionId] : [])));
  yield* inPieces(configurations, ([key, { subscriptionId, resource }]) => {
    if (whole.has(subscriptionId) && isOsImage(resource)) keys.add(key);
  });
  const exported: CurrentScaleSet[] = [];
  yield* inPieces(scaleSetIds, (scaleSetId) => {
    const record = scaleSets.get(idKey(scaleSetId));
    if (record === undefined) return;
    const { id, resource, assignments } = record;
    const known = "known" in assignments ? assignments.known : undefined;
    for (const assignment of known ?? []) {
      const configurationId = configurationIdOf(assignment);
      if (configurationId !== undefined) keys.add(idKey(configurationId));
    }
    exported.push({ id, resource, ...(known && { assignments: known }) });
  });
  const found = [...keys].flatMap((key): readonly CurrentResource[] => {
    const known = configurations.get(key);
    if (known !== undefined) return [{ id: known.id, resource: known.resource }];
    const elsewhere = referenced.get(key);
    return elsewhere?.state === "found"
      ? [{ id: textAt(elsewhere.resource, "id") ?? key, resource: elsewhere.resource }]
      : [];
  });
  return { configurations: found, scaleSets: exported };
}
