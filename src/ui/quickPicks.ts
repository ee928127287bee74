import * as vscode from "vscode";
import { plainText, rowText } from "./outside.ts";

type Rows<T> = readonly T[] | Promise<readonly T[]>;

/** A quick pick of which one row is chosen. Every text is shown letter by letter. Throws CancellationError where none is. */
export async function pickOne<T extends vscode.QuickPickItem>(
  rows: Rows<T>,
  options: vscode.QuickPickOptions,
): Promise<T> {
  const chosen = await vscode.window.showQuickPick(shown(rows), inLetters(options));
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}

/** The same of which any number is ticked, or none. */
export async function pickMany<T extends vscode.QuickPickItem>(
  rows: Rows<T>,
  options: vscode.QuickPickOptions,
): Promise<readonly T[]> {
  const many = { ...inLetters(options), canPickMany: true as const };
  const chosen = await vscode.window.showQuickPick(shown(rows), many);
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
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
