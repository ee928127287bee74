import * as vscode from "vscode";
import { plainText, rowText } from "./outside.ts";

type Rows<T> = readonly T[] | Promise<readonly T[]>;

/** A quick pick of which one row is chosen; undefined where none is. Every text is shown letter by letter. */
export function pickOne<T extends vscode.QuickPickItem>(
  rows: Rows<T>,
  options: vscode.QuickPickOptions,
): Thenable<T | undefined> {
  return vscode.window.showQuickPick(shown(rows), inLetters(options));
}

/** The same of which any number is ticked. */
export function pickMany<T extends vscode.QuickPickItem>(
  rows: Rows<T>,
  options: vscode.QuickPickOptions,
): Thenable<T[] | undefined> {
  return vscode.window.showQuickPick(shown(rows), { ...inLetters(options), canPickMany: true });
}

async function shown<T extends vscode.QuickPickItem>(rows: Rows<T>): Promise<T[]> {
  return (await rows).map((row) => ({
    ...row,
    // VS Code shows the label of a separator as it is, without icons.
    label: row.kind === vscode.QuickPickItemKind.Separator ? plainText(row.label) : rowText(row.label),
    ...(row.description !== undefined && { description: rowText(row.description) }),
    ...(row.detail !== undefined && { detail: rowText(row.detail) }),
  }));
}

function inLetters({ title, placeHolder, ...others }: vscode.QuickPickOptions): vscode.QuickPickOptions {
  return {
    ...others,
    ...(title !== undefined && { title: plainText(title) }),
    ...(placeHolder !== undefined && { placeHolder: plainText(placeHolder) }),
  };
}
