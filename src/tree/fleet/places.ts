import type { ConfigurationRecord, ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { none, unknown } from "./grouping.ts";
import { configurationNode, groupNode, listNode, scaleSetNode, scaleSetsNode } from "./node.ts";
import type { Place } from "./node.ts";
import type { Scene } from "./scene.ts";

/** The node that the scale sets of a group stand below. */
export function groupPlace(value: string, { snapshot, grouping }: Scene): Place {
  if (grouping.by === "subscription") return scaleSetsNode(value);
  const isConfiguration = grouping.by === "configuration" && value !== none && value !== unknown;
  const listed = isConfiguration ? snapshot.configurations.get(value as IdKey) : undefined;
  return listed === undefined ? groupNode(grouping, value) : configurationNode(listed, undefined);
}

/** Where a scale set stands: in each of its groups, nowhere while the filter hides it. */
export function scaleSetPlaces(record: ScaleSetRecord, scene: Scene): readonly Place[] {
  const groups = scene.layout.groupsOf(idKey(record.id));
  return groups.map((value) => scaleSetNode(record, groupPlace(value, scene)));
}

/** Where a configuration stands; undefined while the filter hides it. */
export function configurationPlace(record: ConfigurationRecord, scene: Scene): Place | undefined {
  if (!scene.layout.isShownConfiguration(record)) return undefined;
  switch (scene.grouping.by) {
    case "subscription":
      return configurationNode(record, listNode("configurations", record.subscriptionId));
    case "configuration":
      return configurationNode(record, undefined);
    default:
      return configurationNode(record, listNode("configurations"));
  }
}
