import * as vscode from "vscode";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { UpgradeHistory } from "../../fleet/upgrades/history.ts";
import { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { localize } from "../../ui/messages.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import type { Pages } from "../../ui/pages.ts";
import { withProgress } from "../../ui/run.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { historyScope, loadedHistory, type HistoryOptions } from "./historyScope.ts";
import { keyOf } from "../scopes.ts";
import type { Handler } from "../handler.ts";

interface Options extends HistoryOptions {
  readonly pages: Pages;
}

/** Opens a page with the upgrades of scale sets, those that Azure still tells and those that were kept, and reads what is new. */
export const upgradeHistory =
  ({ pages, ...options }: Options): Handler =>
  async (nodes, selected) => {
    const { store, histories } = options;
    const history = await loadedHistory(options);
    const ids = await historyScope(options, nodes, {
      title: vscode.l10n.t("Upgrade History"),
      selected,
    });
    const report = await loadReport();
    let isReading = true;
    pages.show({
      key: `history ${keyOf(ids.map((resourceId) => ({ kind: "scaleSet", resourceId })))}`,
      commands: report.pageCommands.map((name) => `scaleSetMaintenance.${name}`),
      *render(nonce) {
        const { locale, zone, now } = clockNow();
        const page = {
          ...scopeNow(store.snapshot, history, ids),
          unread: new Map([...histories.unread].filter(([id]) => ids.includes(id))),
          damaged: history.damaged,
          sets: store.snapshot.scaleSets,
          origin: store.snapshot.origin,
          now,
          wording: { say: localize, locale, zone },
        };
        const frame = { language: vscode.env.language, nonce };
        return { title: localize(report.historyTitle(page)), html: yield* report.historyPage(frame, page) };
      },
      follow: (changed) => vscode.Disposable.from(histories.onDidChange(changed), store.onDidChange(changed)),
      isUnsettled: () => isReading,
    });
    try {
      await read(options, ids);
    } finally {
      isReading = false;
    }
  };

function scopeNow({ scaleSets }: Snapshot, { attempts }: UpgradeHistory, ids: readonly string[]) {
  const keys = new Set<IdKey>(ids.map(idKey));
  return {
    scaleSetIds: ids,
    missing: ids.filter((id) => !scaleSets.has(idKey(id))),
    attempts: attempts.filter(({ scaleSetId }) => keys.has(idKey(scaleSetId))),
  };
}

/** Asks Azure for the attempts of the sets that the fleet has; the user can cancel it, and sees what was read until then. */
async function read({ session, store, histories }: HistoryOptions, ids: readonly string[]): Promise<void> {
  const azure = await connectedAzure(session);
  const there = ids.filter((id) => store.snapshot.scaleSets.has(idKey(id)));
  if (there.length === 0) return;
  const title = vscode.l10n.t("Loading upgrades of {0}", localize(countOfScaleSets(there.length)));
  const sandbox = azure.origin === "sandbox";
  await withProgress(sandbox ? vscode.l10n.t("Sandbox: {0}", title) : title, (report, signal) =>
    histories.read(azure, there, signal, () => report({ increment: 100 / there.length })),
  );
}
