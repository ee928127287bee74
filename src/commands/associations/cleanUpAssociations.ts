import type { TreeNode } from "../../tree/treeNode.ts";
import { runFlow } from "../flow.ts";
import { setsBelow } from "../flowStart.ts";
import { resourceIdsOf } from "../targets.ts";
import type { Handler, Tools } from "../tools.ts";

/** Of the nodes that it was called on, or of the whole fleet. */
export const cleanUpAssociations: Handler = (tools, nodes) =>
  runFlow(tools, ({ cleanUpFlow }, context) =>
    cleanUpFlow(context, [...new Set(nodes.flatMap((node) => withinOf(node, tools)))]),
  );

/** Ids that say what a node stands for: what is in a subscription is more than its scale sets. */
function withinOf(node: TreeNode, tools: Tools): readonly string[] {
  if (node.kind === "group") return setsBelow([node], tools);
  const isList = node.kind === "scaleSets" || node.kind === "orphans";
  return isList && node.subscriptionId !== undefined
    ? [`/subscriptions/${node.subscriptionId}`]
    : resourceIdsOf([node]);
}
