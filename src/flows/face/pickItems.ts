import * as vscode from "vscode";
import { joined, message, type Message } from "../../core/text/message.ts";
import { localize } from "../../ui/messages.ts";
import { plainText, rowText } from "../../ui/outside.ts";
import type { Choice, Fact, Fold, Row } from "../engine/question.ts";

/** A row as a quick pick shows it. */
export interface Item extends vscode.QuickPickItem {
  readonly row: Row;
}

/** The icon shows whether it is unfolded, and the description says it to those who listen. */
export function foldItem(row: Fold, isUnfolded: boolean): Item {
  const does = isUnfolded ? message("collapse") : message("expand");
  const description = row.description === undefined ? does : joined(" · ", [row.description, does]);
  const icon = isUnfolded ? "chevron-down" : "chevron-right";
  return { ...itemOf({ ...row, kind: "fact", description, icon }), row };
}

export function itemOf(row: Exclude<Row, Fold>): Item {
  if (row.kind === "group") {
    // VS Code shows a separator's label as it is, without icons.
    return { row, kind: vscode.QuickPickItemKind.Separator, label: plainText(localize(row.label)) };
  }
  const { description, detail }: Partial<Choice | Fact> = row.kind === "action" ? {} : row;
  return {
    row,
    label: escaped(row.label),
    ...(description && { description: escaped(description) }),
    ...(detail && { detail: escaped(detail) }),
    ...(row.icon !== undefined && { iconPath: new vscode.ThemeIcon(row.icon) }),
  };
}

const escaped = (text: Message) => rowText(localize(text));
