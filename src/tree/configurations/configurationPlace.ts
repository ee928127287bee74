import { message } from "../../core/text/message.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { ConfigurationRecord } from "../../fleet/snapshot/snapshot.ts";
import { setOfConfiguration } from "../associations/associationLeaf.ts";
import { configurationDetails, configurationView } from "./configurationView.ts";
import { attentionOf, countOf } from "../counts.ts";
import { detailLeaf, noteLeaf } from "../leaves.ts";
import { scaleSetNode } from "../fleet/node.ts";
import type { FleetNode, Place } from "../fleet/node.ts";
import { paged } from "../fleet/pages.ts";
import type { Scene } from "../fleet/scene.ts";
import { inShownOrder } from "../fleet/worstFirst.ts";
import { subscriptionName } from "../subscriptions/subscriptionName.ts";
import type { NodeView } from "../view.ts";

/** A configuration in its subscription, in a list of all, or as the group of its scale sets. */
export function configurationPlaceView(record: ConfigurationRecord, scene: Scene): NodeView {
  const { snapshot, clock, grouping, filter } = scene;
  if (grouping.by === "subscription") return configurationView(record, clock);
  const subscription = subscriptionName(record.subscriptionId, snapshot);
  if (grouping.by !== "configuration") return configurationView(record, clock, [subscription]);
  const sets = scene.layout.groups.get(idKey(record.id)) ?? [];
  const shown = filter === "" ? undefined : message("{0} shown", countOf(sets));
  return configurationView(record, clock, [attentionOf(sets), shown, subscription]);
}

export function configurationChildren(
  parent: Place,
  record: ConfigurationRecord,
  scene: Scene,
): readonly FleetNode[] {
  const { problems, facts } = configurationDetails(record, scene.clock);
  const [schedule, ...others] = facts;
  const isGroup = scene.grouping.by === "configuration";
  const details =
    isGroup && schedule !== undefined
      ? [...problems, { ...schedule, children: others }]
      : [...problems, ...facts];
  const sets = isGroup ? setsInGroup(parent, record, scene) : associatedSets(parent, record, scene);
  return [...details.map((detail) => detailLeaf(parent, detail)), ...sets];
}

function setsInGroup(parent: Place, record: ConfigurationRecord, scene: Scene): readonly FleetNode[] {
  const sets = inShownOrder(scene.layout.groups.get(idKey(record.id)) ?? [], scene);
  if (sets.length > 0) return paged(parent, sets, scene, (set) => [scaleSetNode(set, parent)]);
  return [noSets(parent, scene.filter !== "" && record.scaleSets.length > 0)];
}

/** As associations that lead to the sets: the sets themselves stand in their subscriptions. */
function associatedSets(parent: Place, record: ConfigurationRecord, scene: Scene): readonly FleetNode[] {
  const { snapshot, layout } = scene;
  const sets = layout.associatedWith(record);
  if (sets.length === 0) return [noSets(parent, false)];
  return paged(parent, inShownOrder(sets, scene), scene, (set) =>
    setOfConfiguration(parent, record, set, snapshot),
  );
}

function noSets(parent: Place, areHidden: boolean): FleetNode {
  const label = areHidden ? message("No scale sets match the filter") : message("No scale sets");
  return noteLeaf(parent, "no-sets", label, { id: "info" });
}
