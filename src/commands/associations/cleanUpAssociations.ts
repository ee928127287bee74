import type { TreeNode } from "../../tree/treeNode.ts";
import { setsBelow, type FlowOptions, type ShownFleet } from "../flowStart.ts";
import type { Handler } from "../handler.ts";
import { resourceIdsOf } from "../targets.ts";

/** Of the nodes that it was called on, or of the whole fleet. */
export const cleanUpAssociations =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ cleanUpFlow }, context) =>
      cleanUpFlow(context, [...new Set(nodes.flatMap((node) => withinOf(node, shown)))]),
    );

/** Ids that say what a node stands for: what is in a subscription is more than its scale sets. */
function withinOf(node: TreeNode, shown: ShownFleet): readonly string[] {
  if (node.kind === "group") return setsBelow([node], shown);
  const isList = node.kind === "scaleSets" || node.kind === "danglingAssociations";
  return isList && node.subscriptionId !== undefined
    ? [`/subscriptions/${node.subscriptionId}`]
    : resourceIdsOf([node]);
}
