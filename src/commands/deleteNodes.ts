import * as vscode from "vscode";
import type { TreeNode } from "../tree/treeNode.ts";

const standForConfigurations: ReadonlySet<TreeNode["kind"]> = new Set([
  "configuration",
  "window",
  "quietConfiguration",
]);

/**
 * What Delete does: configurations are deleted, associations without a scale set are cleaned up, and of scale sets the associations are
 * removed.
 */
export async function deleteNodes(nodes: readonly TreeNode[]): Promise<void> {
  const [node] = nodes;
  if (node === undefined) return;
  const command = nodes.every(({ kind }) => standForConfigurations.has(kind))
    ? "deleteConfiguration"
    : nodes.every(({ kind }) => kind === "orphan")
      ? "cleanUpAssociations"
      : "removeAssociation";
  await vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, node, nodes);
}
