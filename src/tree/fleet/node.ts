import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Message } from "../../core/text/message.ts";
import type { ConfigurationRecord, FailedTenant, ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { groupingKey } from "./grouping.ts";
import type { Grouping } from "./grouping.ts";
import type { NodeView } from "../view.ts";

/** A node of the fleet tree: a place that is looked up in each snapshot, or a leaf that carries what it shows. */
export type FleetNode = Place | Leaf;

interface Node {
  /** Unique in the tree, and the same from snapshot to snapshot. */
  readonly id: string;
  readonly parent: FleetNode | undefined;
  /** Lower-cased id of the subscription that it is in. */
  readonly subscriptionId?: string;
  /** Of the Azure resource that it stands for. */
  readonly resourceId?: string;
}

/** A node that lasts: what it shows follows from the scene, and it can be refreshed alone. */
export type Place =
  | (Node & { readonly kind: "subscription" | "scaleSets"; readonly subscriptionId: string })
  /** Of one subscription, or of all where the scale sets are grouped by something else. */
  | (Node & { readonly kind: "configurations" | "danglingAssociations" })
  /** Scale sets that have a state, a region, a tag, or none of it in common. */
  | (Node & { readonly kind: "group"; readonly grouping: Grouping["by"]; readonly value: string })
  /** What could not be read or understood, of all subscriptions. */
  | (Node & { readonly kind: "unread" })
  | (Node & {
      readonly kind: "configuration" | "scaleSet";
      readonly subscriptionId: string;
      readonly resourceId: string;
      readonly key: IdKey;
    });

/** A node that is made with its parent. */
export interface Leaf extends Node {
  readonly kind: "association" | "danglingAssociation" | "detail" | "note" | "problem" | "malformed";
  readonly view: NodeView;
  readonly children?: readonly Leaf[];
  /** The configuration or scale set that a click shows in its own place. */
  readonly leadsTo?: IdKey;
  /** What a click, and Enter, does. */
  readonly runs?: Action;
  /** The tenant that a sign-in may open. */
  readonly tenant?: FailedTenant;
  /** What Azure returned for an item that is malformed. */
  readonly value?: unknown;
}

/** A command of ours. */
export interface Action {
  readonly command: string;
  readonly title: Message;
  readonly args: readonly unknown[];
}

export function subscriptionNode(subscriptionId: string): Place {
  const resourceId = `/subscriptions/${subscriptionId}`;
  return { kind: "subscription", id: resourceId, parent: undefined, subscriptionId, resourceId };
}

/** The scale sets of a subscription. */
export function scaleSetsNode(subscriptionId: string): Place {
  const parent = subscriptionNode(subscriptionId);
  return { kind: "scaleSets", id: idBelow(parent, "scaleSets"), parent, subscriptionId };
}

/** The configurations, or the associations without a scale set, of a subscription; of all without one. */
export function listNode(kind: "configurations" | "danglingAssociations", subscriptionId?: string): Place {
  const parent = subscriptionId === undefined ? undefined : subscriptionNode(subscriptionId);
  return { kind, id: idBelow(parent, kind), parent, ...(subscriptionId !== undefined && { subscriptionId }) };
}

/** Scale sets that are in one group of a grouping. */
export function groupNode(grouping: Grouping, value: string): Place {
  const id = idBelow(undefined, `${groupingKey(grouping)}/${value}`);
  return { kind: "group", id, parent: undefined, grouping: grouping.by, value };
}

export const unreadNode: Place = { kind: "unread", id: idBelow(undefined, "unread"), parent: undefined };

export function configurationNode(
  { id, subscriptionId }: ConfigurationRecord,
  parent: Place | undefined,
): Place {
  return { kind: "configuration", id: idKey(id), parent, subscriptionId, resourceId: id, key: idKey(id) };
}

/** Alone in its subscription; in other groups the same set may stand more than once. */
export function scaleSetNode({ id, subscriptionId }: ScaleSetRecord, parent: Place): Place {
  const key = idKey(id);
  const isAlone = parent.kind === "scaleSets";
  return {
    kind: "scaleSet",
    id: isAlone ? key : idBelow(parent, key),
    parent,
    subscriptionId,
    resourceId: id,
    key,
  };
}

/** The id of a node below `parent`; `name` is unique there. */
export function idBelow(parent: { readonly id: string } | undefined, name: string): string {
  return `${parent?.id ?? ""}#${name}`;
}
