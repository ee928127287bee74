import * as vscode from "vscode";
import type { TreeNode } from "../tree/treeNode.ts";

const standForConfigurations: ReadonlySet<TreeNode["kind"]> = new Set([
  "configuration",
  "window",
  "quietConfiguration",
]);

/** What Delete does: a configuration alone is deleted, and of scale sets the associations are removed. */
export async function deleteNodes(nodes: readonly TreeNode[]): Promise<void> {
  const [node, second] = nodes;
  if (node === undefined) return;
  const isConfiguration = standForConfigurations.has(node.kind) && second === undefined;
  const command = isConfiguration ? "deleteConfiguration" : "removeAssociation";
  await vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, node, nodes);
}
