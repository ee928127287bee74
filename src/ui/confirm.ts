import * as vscode from "vscode";
import { plainText } from "./outside.ts";

/** Asks in a modal dialog for a yes. Throws CancellationError where the user does not give it. */
export async function confirm(question: string, detail: string, yes: string): Promise<void> {
  if (!(await isConfirmed(question, [detail], yes))) throw new vscode.CancellationError();
}

/** The same, answered. `detail`: a paragraph each. */
export async function isConfirmed(
  question: string,
  detail: readonly string[],
  yes: string,
): Promise<boolean> {
  const options = { modal: true, detail: detail.map(plainText).join("\n\n") };
  const chosen = await vscode.window.showWarningMessage(plainText(question), options, yes);
  return chosen === yes;
}
