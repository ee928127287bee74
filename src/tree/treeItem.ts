import * as vscode from "vscode";
import { localize } from "../ui/messages.ts";
import { plainText } from "../ui/outside.ts";
import { tooltipMarkdown } from "./tooltip.ts";
import type { TreeNode } from "./treeNode.ts";
import type { Icon, NodeView } from "./view.ts";

/** A node as VS Code takes it; its tooltip comes when it is asked for (`tooltipOf`). */
export function treeItemOf(node: TreeNode, view: NodeView): vscode.TreeItem {
  const item = new vscode.TreeItem(plainText(localize(view.label)), expansionOf(view));
  item.id = node.id;
  item.iconPath = iconOf(view.icon);
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: plainText(localize(view.spoken)) };
  if (view.description !== undefined) item.description = plainText(localize(view.description));
  if ("leadsTo" in node && node.leadsTo !== undefined) {
    const title = vscode.l10n.t("Show in Fleet View");
    item.command = { command: "scaleSetMaintenance.reveal", title, arguments: [node.leadsTo] };
  }
  if ("runs" in node && node.runs !== undefined) {
    const { command, title, args } = node.runs;
    item.command = {
      command: `scaleSetMaintenance.${command}`,
      title: localize(title),
      arguments: [...args],
    };
  }
  if (node.kind === "appliedPlan") {
    const title = vscode.l10n.t("Show Results");
    item.command = { command: "scaleSetMaintenance.showPlanResults", title, arguments: [node] };
  }
  if ("tenant" in node && node.tenant !== undefined) {
    const title = vscode.l10n.t("Sign In");
    item.command = { command: "scaleSetMaintenance.signIn", title, arguments: [node] };
  }
  return item;
}

/** Never trusted: text from Azure is in it. */
export function tooltipOf(view: NodeView): vscode.MarkdownString {
  return new vscode.MarkdownString(tooltipMarkdown(view.tooltip(), localize));
}

function iconOf({ id, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function expansionOf({ children }: NodeView): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  return { none: None, collapsed: Collapsed, expanded: Expanded }[children];
}
