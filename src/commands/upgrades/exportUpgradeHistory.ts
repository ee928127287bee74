import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { idKey } from "../../core/resources/ids.ts";
import { jsonList } from "../../core/text/jsonList.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
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
        const { snapshot } = options.store;
        const parts = await partsOf(attempts, snapshot, format);
        return cancellable(encoded(parts));
      },
      said: (file) => vscode.l10n.t("Exported to {0}. Upgrades: {1}.", file, attempts.length),
    });
  };

async function partsOf(
  attempts: readonly KeptAttempt[],
  snapshot: Snapshot,
  format: Format,
): Promise<Iterable<string>> {
  const [{ csvOf, insideWindow }, report] = await Promise.all([loadFlows(), loadReport()]);
  const sources = {
    snapshot,
    isInside: insideWindow,
    wording: { say: localize, zone: clockNow().zone },
  };
  const rows = function* () {
    yield csvOf([report.historyColumns]);
    for (const kept of attempts) yield csvOf([report.historyRow(kept, sources)]);
  };
  const records = function* () {
    for (const kept of attempts) yield { ...report.historyRecord(kept, sources), azure: kept.upgrade };
  };
  const json = function* () {
    yield* jsonList(records());
    yield "\n";
  };
  return format === "csv" ? rows() : json();
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
    placeHolder: vscode.l10n.t("Export {0} upgrades as", count),
  });
  return chosen.format;
}
