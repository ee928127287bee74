import * as vscode from "vscode";
import { chosenScope } from "../chosenScope.ts";
import { loadExplainer } from "./explained.ts";
import type { Handler } from "../tools.ts";

/** Puts what the page says into the clipboard, as Markdown for a ticket. */
export const copyExplanation: Handler = async (tools, nodes) => {
  const scope = await chosenScope(tools, nodes);
  const { markdown } = await loadExplainer(tools);
  await vscode.env.clipboard.writeText(markdown(scope));
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t("Copied as Markdown")}`, 5000);
};
