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
import { countOfUpgrades } from "../../ui/counts.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import { chosenFormat, fileIn } from "../exportFormats.ts";
import { historyScope, loadedHistory, type HistoryOptions } from "./historyScope.ts";
import type { Handler } from "../handler.ts";

const formats = ["csv", "json"] as const;
type Format = (typeof formats)[number];

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
    const count = countOfUpgrades(attempts.length);
    const format = await chosenFormat(title, count, formats);
    await exportFile(log, {
      title,
      ...fileIn(format, "upgrade-history"),
      text: async () => {
        const { snapshot } = options.store;
        const parts = await partsOf(attempts, snapshot, format);
        return cancellable(encoded(parts));
      },
      count: () => count,
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
