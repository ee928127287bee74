import * as vscode from "vscode";
import type { FleetNode } from "../../tree/fleet/node.ts";
import type { TreeNode } from "../../tree/treeNode.ts";

/**
 * What Enter does on a node: an association leads to what it names, a scale set is explained, a configuration shows its properties, and any
 * other node expands or collapses, as Enter does in every tree.
 */
export async function openNode(node: FleetNode | undefined): Promise<void> {
  const [command, ...args] = actionOf(node);
  await vscode.commands.executeCommand(command, ...args);
}

function actionOf(node: FleetNode | undefined): readonly [command: string, ...args: unknown[]] {
  if (node !== undefined && "leadsTo" in node && node.leadsTo !== undefined) {
    return ["scaleSetMaintenance.reveal", node.leadsTo];
  }
  if (node !== undefined && "runs" in node && node.runs !== undefined) {
    return [`scaleSetMaintenance.${node.runs.command}`, ...node.runs.args];
  }
  if (node?.kind === "scaleSet") return ["scaleSetMaintenance.explainEligibility", node];
  const hasProperties = node?.kind === "configuration" || node?.kind === "malformed";
  return hasProperties ? ["scaleSetMaintenance.viewProperties", node] : ["list.toggleExpand"];
}

/** What F2 edits: of a scale set its upgrade policy, else the configuration, which the command asks for on other nodes. */
export async function editNode(node: TreeNode | undefined): Promise<void> {
  const command = node?.kind === "scaleSet" ? "editUpgradePolicy" : "editConfiguration";
  await vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, node);
}
