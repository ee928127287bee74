import type { IdKey } from "../../core/resources/ids.ts";
import type { ConfigurationRecord, ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { Message } from "../../core/text/message.ts";
import type { NodeView } from "../view.ts";

/** A node of the Upcoming Windows view: a place that is looked up in each state, or a remark that carries what it shows. */
export type UpcomingNode = Group | WindowNode | ResourceNode | Remark;

interface Node {
  /** Unique in the tree, and the same from state to state. */
  readonly id: string;
  readonly parent: UpcomingNode | undefined;
  /** Lower-cased id of the subscription that it is in. */
  readonly subscriptionId?: string;
  /** Of the Azure resource that it stands for. */
  readonly resourceId?: string;
  /** The configuration or scale set that a click shows in the Fleet view. */
  readonly leadsTo?: IdKey;
}

/** The windows that are open, those that open on one day (`YYYY-MM-DD`) or in one hour of it, or the configurations that have none. */
export interface Group extends Node {
  readonly kind: "openNow" | "day" | "hour" | "quiet";
  readonly parent: Group | undefined;
  readonly date: string;
  /** Of an hour: 0 to 23 on the user's clock. */
  readonly hour?: number;
}

/** One window; commands take it for its configuration. */
export interface WindowNode extends Node {
  readonly kind: "window";
  readonly parent: Group;
  readonly key: IdKey;
  /** When it opens, as an ISO instant. */
  readonly start: string;
}

/** A scale set below a window, or a configuration that has none. */
export interface ResourceNode extends Node {
  readonly kind: "servedSet" | "quietConfiguration";
  readonly parent: Group | WindowNode;
  readonly key: IdKey;
}

/** Made with its parent. */
export interface Remark extends Node {
  readonly kind: "remark";
  readonly view: NodeView;
  /** What a click, and Enter, does. */
  readonly runs?: RemarkAction;
}

/** A command without the extension's prefix, and what it is called. */
interface RemarkAction {
  readonly command: "refresh";
  readonly title: Message;
  readonly args: readonly [];
}

export function groupNode(kind: Exclude<Group["kind"], "hour">, date = ""): Group {
  return { kind, id: `${kind}#${date}`, parent: undefined, date };
}

export function hourNode(day: Group, hour: number): Group {
  return { kind: "hour", id: `${day.id}#${hour}`, parent: day, date: day.date, hour };
}

export function windowNode(
  parent: Group,
  { id, subscriptionId }: ConfigurationRecord,
  window: UpcomingWindow,
): WindowNode {
  const { key, occurrence } = window;
  const { start } = occurrence;
  return {
    kind: "window",
    id: `${key}#${start}`,
    parent,
    key,
    start,
    subscriptionId,
    resourceId: id,
    leadsTo: key,
  };
}

export function resourceNode(
  kind: ResourceNode["kind"],
  parent: Group | WindowNode,
  { id, subscriptionId }: ConfigurationRecord | ScaleSetRecord,
): ResourceNode {
  const key = id.toLowerCase() as IdKey;
  return { kind, id: `${parent.id}#${key}`, parent, key, subscriptionId, resourceId: id, leadsTo: key };
}

/** A line that is no resource; `name` is unique below the parent. */
export function remark(
  parent: Group | WindowNode | undefined,
  name: string,
  view: Omit<NodeView, "contextValue" | "children">,
  leadsTo?: IdKey,
): Remark {
  return {
    kind: "remark",
    id: `${parent?.id ?? ""}#${name}`,
    parent,
    ...(leadsTo && { leadsTo }),
    view: { ...view, contextValue: "remark", children: "none" },
  };
}
