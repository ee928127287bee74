import { homedir } from "node:os";
import * as vscode from "vscode";
import { idKey } from "../core/ids.ts";
import type { KeptAttempt } from "../fleet/history.ts";
import { loadFlows } from "../flows/door.ts";
import { loadReport } from "../report/door.ts";
import { localize } from "../ui/messages.ts";
import { notify } from "../ui/notify.ts";
import { historyScope, loadedHistory } from "./historyScope.ts";
import type { Handler } from "./tools.ts";

type Format = "csv" | "json";

/** Writes what is kept of the upgrades of scale sets into a file, as a table or with all that Azure said. */
export const exportUpgradeHistory: Handler = async (tools, nodes) => {
  const history = await loadedHistory(tools);
  const keys = new Set((await historyScope(tools, nodes)).map(idKey));
  const attempts = history.attempts.filter(({ scaleSetId }) => keys.has(idKey(scaleSetId)));
  const format = await chosenFormat(attempts.length);
  const target = await chosenFile(format);
  const text = format === "csv" ? await csvWith(attempts) : await jsonWith(attempts);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  notify(
    vscode.window.showInformationMessage,
    vscode.l10n.t("Exported to {0}. Upgrades: {1}.", target.path.split("/").at(-1) ?? "", attempts.length),
    new Map([[vscode.l10n.t("Open File"), () => vscode.commands.executeCommand("vscode.open", target)]]),
    tools.log,
  );
};

async function csvWith(attempts: readonly KeptAttempt[]): Promise<string> {
  const [{ csvOf }, { historyColumns, historyRecord }] = await Promise.all([loadFlows(), loadReport()]);
  const rows = attempts.map((kept) => {
    const record = historyRecord(kept, localize);
    return historyColumns.map((column) => record[column]);
  });
  return csvOf([historyColumns, ...rows]);
}

async function jsonWith(attempts: readonly KeptAttempt[]): Promise<string> {
  const { historyRecord } = await loadReport();
  const records = attempts.map((kept) => ({ ...historyRecord(kept, localize), azure: kept.upgrade }));
  return `${JSON.stringify(records, undefined, 2)}\n`;
}

async function chosenFormat(count: number): Promise<Format> {
  const items: readonly (vscode.QuickPickItem & { readonly format: Format })[] = [
    {
      format: "csv",
      label: vscode.l10n.t("CSV"),
      description: vscode.l10n.t("a table for spreadsheets: one row for each upgrade"),
    },
    {
      format: "json",
      label: vscode.l10n.t("JSON"),
      description: vscode.l10n.t("the same for programs, with all that Azure said"),
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Export Upgrade History"),
    placeHolder: vscode.l10n.t("Upgrades that are known: {0}. As what?", count),
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.format;
}

async function chosenFile(format: Format): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export Upgrade History"),
    saveLabel: vscode.l10n.t("Export"),
    defaultUri: vscode.Uri.joinPath(folder, `upgrade-history.${format}`),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (target === undefined) throw new vscode.CancellationError();
  return target;
}
