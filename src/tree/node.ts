import { idKey } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import type { ConfigurationRecord, FailedTenant, ScaleSetRecord } from "../fleet/snapshot.ts";
import type { NodeView } from "./view.ts";

/** A node of the fleet tree: a place that is looked up in each snapshot anew, or a leaf that carries what it shows. */
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

/** A node that lasts: what it shows follows from the snapshot, and it can be refreshed alone. */
export type Place =
  | (Node & {
      readonly kind: "subscription" | "configurations" | "scaleSets";
      readonly subscriptionId: string;
    })
  | (Node & {
      readonly kind: "configuration" | "scaleSet";
      readonly subscriptionId: string;
      readonly resourceId: string;
      readonly key: IdKey;
    });

/** A node that is made anew with its parent. */
export interface Leaf extends Node {
  readonly kind: "association" | "detail" | "note" | "problem" | "malformed";
  readonly view: NodeView;
  readonly children?: readonly Leaf[];
  /** The configuration or scale set that a click shows in its own place. */
  readonly leadsTo?: IdKey;
  /** The tenant that a sign-in may open. */
  readonly tenant?: FailedTenant;
  /** What Azure returned for an item that is malformed. */
  readonly value?: unknown;
}

export type Group = "configurations" | "scaleSets";

export function subscriptionNode(subscriptionId: string): Place {
  const resourceId = `/subscriptions/${subscriptionId}`;
  return { kind: "subscription", id: resourceId, parent: undefined, subscriptionId, resourceId };
}

export function groupNode(kind: Group, subscriptionId: string): Place {
  const parent = subscriptionNode(subscriptionId);
  return { kind, id: `${parent.id}#${kind}`, parent, subscriptionId };
}

export function configurationNode({ id, subscriptionId }: ConfigurationRecord): Place {
  const parent = groupNode("configurations", subscriptionId);
  return { kind: "configuration", id: idKey(id), parent, subscriptionId, resourceId: id, key: idKey(id) };
}

export function scaleSetNode({ id, subscriptionId }: ScaleSetRecord): Place {
  const parent = groupNode("scaleSets", subscriptionId);
  return { kind: "scaleSet", id: idKey(id), parent, subscriptionId, resourceId: id, key: idKey(id) };
}

/** The id of a node below `parent`; `name` is unique there. */
export function idBelow(parent: { readonly id: string } | undefined, name: string): string {
  return `${parent?.id ?? ""}#${name}`;
}
