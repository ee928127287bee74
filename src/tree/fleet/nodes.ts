import type { NodeView } from "../view.ts";
import { configurationChildren, configurationPlaceView } from "../configurations/configurationPlace.ts";
import { groupView, scaleSetsView } from "./groupView.ts";
import type { Named } from "./grouped.ts";
import { configurationsChildren, configurationsIn, configurationsView, listNotes } from "./lists.ts";
import { scaleSetNode } from "./node.ts";
import type { FleetNode, Place } from "./node.ts";
import { danglingItems, danglingView } from "../associations/danglingAssociations.ts";
import { paged } from "./pages.ts";
import { rootsOf, subscriptionChildren } from "./roots.ts";
import { scaleSetChildren, scaleSetView } from "../scaleSets/scaleSetView.ts";
import type { Scene } from "./scene.ts";
import { subscriptionName } from "../subscriptions/subscriptionName.ts";
import { subscriptionView } from "../subscriptions/subscriptionView.ts";
import { unreadItems, unreadView } from "./unread.ts";
import { inShownOrder } from "./worstFirst.ts";

export type { FleetNode } from "./node.ts";

/** What a node shows; undefined when the scene has its subject no more. */
export function viewOf(node: FleetNode, scene: Scene): NodeView | undefined {
  const { snapshot, clock, grouping } = scene;
  switch (node.kind) {
    case "subscription": {
      const record = snapshot.subscriptions.get(node.subscriptionId);
      return record && subscriptionView(record, scene);
    }
    case "configurations":
      return configurationsView(node.subscriptionId, scene);
    case "danglingAssociations":
      return danglingView(node.subscriptionId, scene);
    case "scaleSets":
      return scaleSetsView(node.subscriptionId, scene);
    case "group":
      return groupView(node.value, scene);
    case "unread":
      return unreadView(scene);
    case "configuration": {
      const record = snapshot.configurations.get(node.key);
      return record && configurationPlaceView(record, scene);
    }
    case "scaleSet": {
      const record = snapshot.scaleSets.get(node.key);
      if (record === undefined) return undefined;
      const isThere = grouping.by === "subscription";
      const subscription = isThere ? undefined : subscriptionName(record.subscriptionId, snapshot);
      return scaleSetView(record, clock, { subscription, isByState: grouping.by === "state" });
    }
    default:
      return node.view;
  }
}

/** The nodes below `node`, those at the root without one. */
export function childrenOf(node: FleetNode | undefined, scene: Scene): readonly FleetNode[] {
  if (node === undefined) return rootsOf(scene);
  const { snapshot, clock } = scene;
  switch (node.kind) {
    case "subscription":
      return subscriptionChildren(node.subscriptionId, scene);
    case "configurations":
      return configurationsChildren(node, scene);
    case "danglingAssociations":
      return danglingItems(node, scene);
    case "scaleSets":
      return [...listNotes(node, "scaleSets", scene), ...scaleSetsBelow(node, node.subscriptionId, scene)];
    case "group":
      return scaleSetsBelow(node, node.value, scene);
    case "unread":
      return unreadItems(scene);
    case "configuration": {
      const record = snapshot.configurations.get(node.key);
      return record ? configurationChildren(node, record, scene) : [];
    }
    case "scaleSet": {
      const record = snapshot.scaleSets.get(node.key);
      return record ? scaleSetChildren(node, record, snapshot, clock) : [];
    }
    default:
      return node.children ?? [];
  }
}

/** The scale sets or configurations that a place is the list or group of; empty for every other. */
export function itemsOf(place: FleetNode, scene: Scene): readonly Named[] {
  const { layout, snapshot, grouping } = scene;
  switch (place.kind) {
    case "configurations":
      return configurationsIn(place.subscriptionId, scene);
    case "scaleSets":
      return layout.groups.get(place.subscriptionId) ?? [];
    case "group":
      return layout.groups.get(place.value) ?? [];
    case "configuration": {
      const record = snapshot.configurations.get(place.key);
      if (grouping.by === "configuration") return layout.groups.get(place.key) ?? [];
      return record === undefined ? [] : layout.associatedWith(record);
    }
    default:
      return [];
  }
}

function scaleSetsBelow(parent: Place, group: string, scene: Scene): readonly FleetNode[] {
  const sets = inShownOrder(scene.layout.groups.get(group) ?? [], scene);
  return paged(parent, sets, scene, (set) => [scaleSetNode(set, parent)]);
}
