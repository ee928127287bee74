import * as vscode from "vscode";
import type { FleetNode } from "../../tree/fleet/node.ts";

/**
 * What Enter does on a node: an association leads to what it names, a resource shows its properties, and any other node
 * expands or collapses, as Enter does in every tree.
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
  const hasProperties =
    node?.kind === "configuration" || node?.kind === "scaleSet" || node?.kind === "malformed";
  return hasProperties ? ["scaleSetMaintenance.viewProperties", node] : ["list.toggleExpand"];
}
