import * as vscode from "vscode";
import { rowText } from "./outside.ts";

/** How long it stays. */
const shownMs = 5000;

/** Says something in passing, in the status bar; behind an icon where one is named. */
export function mention(text: string, icon?: string): void {
  const said = rowText(text);
  vscode.window.setStatusBarMessage(icon === undefined ? said : `$(${icon}) ${said}`, shownMs);
}
