import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { startOf } from "../../core/upgrades/upgrade.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import type { NodeView } from "../view.ts";

/** A node of the Activity view: a place that is looked up in each state, or a line that carries what it shows. */
export type ActivityNode = ActivityGroup | UpgradeNode | PlanNode | ActivityLine;

interface Node {
  /** Unique in the tree, and the same from state to state. */
  readonly id: string;
  readonly parent: ActivityNode | undefined;
  /** Lower-cased id of the subscription that it is in. */
  readonly subscriptionId?: string;
  /** Of the Azure resource that it stands for. */
  readonly resourceId?: string;
  /** The scale set that a click shows in the Fleet view. */
  readonly leadsTo?: IdKey;
}

export interface ActivityGroup extends Node {
  readonly kind: "runningUpgrades" | "endedUpgrades" | "appliedPlans";
}

/** An upgrade of a scale set that runs or has ended; commands take it for its set. */
export interface UpgradeNode extends Node {
  readonly kind: "runningUpgrade" | "endedUpgrade";
  readonly parent: ActivityGroup;
  readonly key: IdKey;
  readonly resourceId: string;
  /** When it began, as Azure wrote it; of an ended one. */
  readonly start: string;
}

/** A plan that was applied; a click shows its results. */
export interface PlanNode extends Node {
  readonly kind: "appliedPlan";
  readonly parent: ActivityGroup;
  readonly planId: string;
}

/** Made with its parent. */
export interface ActivityLine extends Node {
  readonly kind: "activityLine";
  readonly view: NodeView;
}

export function activityGroup(kind: ActivityGroup["kind"]): ActivityGroup {
  return { kind, id: kind, parent: undefined };
}

export function runningNode(parent: ActivityGroup, id: string): UpgradeNode {
  return upgradeNode("runningUpgrade", parent, id, "", true);
}

/** `isThere`: whether the fleet has the set, so that a click can show it. */
export function endedNode(
  parent: ActivityGroup,
  { scaleSetId, upgrade }: KeptAttempt,
  isThere: boolean,
): UpgradeNode {
  return upgradeNode("endedUpgrade", parent, scaleSetId, startOf(upgrade) ?? "", isThere);
}

export function planNode(parent: ActivityGroup, { id }: AppliedPlan): PlanNode {
  return { kind: "appliedPlan", id: `${parent.id}#${id}`, parent, planId: id };
}

function upgradeNode(
  kind: UpgradeNode["kind"],
  parent: ActivityGroup,
  resourceId: string,
  start: string,
  isThere: boolean,
): UpgradeNode {
  const key = idKey(resourceId);
  return {
    kind,
    id: `${parent.id}#${key}#${start}`,
    parent,
    key,
    resourceId,
    subscriptionId: subscriptionOf(idKey(resourceId)),
    start,
    ...(isThere && { leadsTo: key }),
  };
}
