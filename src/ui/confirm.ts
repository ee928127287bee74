import * as vscode from "vscode";
import { plainText } from "./outside.ts";

/** Asks in a modal dialog for a yes. Throws CancellationError where the user does not give it. */
export async function confirm(question: string, detail: string, yes: string): Promise<void> {
  const options = { modal: true, detail: plainText(detail) };
  const chosen = await vscode.window.showWarningMessage(plainText(question), options, yes);
  if (chosen !== yes) throw new vscode.CancellationError();
}
