import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { notify } from "../../ui/notify.ts";
import { scaleSetIdsOf } from "../targets.ts";

const standForConfigurations: ReadonlySet<TreeNode["kind"]> = new Set([
  "configuration",
  "window",
  "quietConfiguration",
]);

/**
 * What Delete does: configurations are deleted, associations without a scale set are cleaned up, and of scale sets the associations are
 * removed. Several of these at once is not what a key should do, and neither is a whole group.
 */
export async function deleteNodes(nodes: readonly TreeNode[], log: Log): Promise<void> {
  const [node] = nodes;
  if (node === undefined) return;
  const configurations = nodes.filter(({ kind }) => standForConfigurations.has(kind));
  const dangling = nodes.filter(({ kind }) => kind === "danglingAssociation");
  const sets = scaleSetIdsOf(nodes.filter((one) => !configurations.includes(one) && !dangling.includes(one)));
  const [command, second] = [
    ...(configurations.length > 0 ? ["deleteConfiguration"] : []),
    ...(dangling.length > 0 ? ["cleanUpAssociations"] : []),
    ...(sets.length > 0 ? ["removeAssociation"] : []),
  ];
  if (command !== undefined && second === undefined) {
    await vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, node, nodes);
    return;
  }
  const text = vscode.l10n.t(
    "Select either configurations to delete, or scale sets to remove their associations.",
  );
  notify(vscode.window.showInformationMessage, text, new Map(), log);
}
