import * as vscode from "vscode";
import { runningInWords, type RunningState } from "../../tree/activity/running.ts";
import { localize } from "../../ui/messages.ts";
import type { StatusLine } from "../../ui/statusBar.ts";

/** What the status bar says of what runs; undefined while nothing does. */
export function runningLine(
  state: RunningState,
  origin: "none" | "azure" | "sandbox",
): StatusLine | undefined {
  const running = runningInWords(state);
  if (running === undefined) return undefined;
  const where = (text: string) => (origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text);
  const text = localize(running.text);
  return {
    text: where(text),
    lines: [...running.lines.map(localize), vscode.l10n.t("Click to open the Activity view.")],
    spoken: where(vscode.l10n.t("Running: {0}. Opens the Activity view.", text)),
  };
}
