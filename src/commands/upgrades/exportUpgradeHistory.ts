import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { idKey } from "../../core/resources/ids.ts";
import { jsonList } from "../../core/text/jsonList.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { localize } from "../../ui/messages.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import { historyScope, loadedHistory, type HistoryOptions } from "./historyScope.ts";
import type { Handler } from "../handler.ts";

type Format = "csv" | "json";

interface Options extends HistoryOptions {
  readonly log: Log;
}

/** Writes what is kept of the upgrades of scale sets into a file, as a table or with all that Azure said. */
export const exportUpgradeHistory =
  ({ log, ...options }: Options): Handler =>
  async (nodes, selected) => {
    const history = await loadedHistory(options);
    const title = vscode.l10n.t("Export Upgrade History");
    const keys = new Set((await historyScope(options, nodes, { title, selected })).map(idKey));
    const attempts = history.attempts.filter(({ scaleSetId }) => keys.has(idKey(scaleSetId)));
    const format = await chosenFormat(attempts.length);
    await exportFile(log, {
      title: vscode.l10n.t("Export Upgrade History"),
      name: `upgrade-history.${format}`,
      filters: { [format.toUpperCase()]: [format] },
      text: async () => {
        const parts = format === "csv" ? await csvWith(attempts) : await jsonWith(attempts);
        return cancellable(encoded(parts));
      },
      said: (file) => vscode.l10n.t("Exported to {0}. Upgrades: {1}.", file, attempts.length),
    });
  };

async function csvWith(attempts: readonly KeptAttempt[]): Promise<Iterable<string>> {
  const [{ csvOf }, { historyColumns, historyRecord }] = await Promise.all([loadFlows(), loadReport()]);
  const parts = function* () {
    yield csvOf([historyColumns]);
    for (const kept of attempts) {
      const record = historyRecord(kept, localize);
      yield csvOf([historyColumns.map((column) => record[column])]);
    }
  };
  return parts();
}

async function jsonWith(attempts: readonly KeptAttempt[]): Promise<Iterable<string>> {
  const { historyRecord } = await loadReport();
  const records = function* () {
    for (const kept of attempts) yield { ...historyRecord(kept, localize), azure: kept.upgrade };
  };
  const parts = function* () {
    yield* jsonList(records());
    yield "\n";
  };
  return parts();
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
  const chosen = await pickOne(items, {
    title: vscode.l10n.t("Export Upgrade History"),
    placeHolder: vscode.l10n.t("Upgrades that are known: {0}. As what?", count),
  });
  return chosen.format;
}
