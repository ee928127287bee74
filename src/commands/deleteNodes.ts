import * as vscode from "vscode";
import type { TreeNode } from "../tree/treeNode.ts";

/** What Delete does: a configuration alone is deleted, and of scale sets the associations are removed. */
export async function deleteNodes(nodes: readonly TreeNode[]): Promise<void> {
  const [node, second] = nodes;
  if (node === undefined) return;
  const isConfiguration = node.kind === "configuration" && second === undefined;
  const command = isConfiguration ? "deleteConfiguration" : "removeAssociation";
  await vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, node, nodes);
}
