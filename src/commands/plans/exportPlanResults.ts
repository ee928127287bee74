import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { localize } from "../../ui/messages.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import type { Handler } from "../handler.ts";
import { connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenPlans, planNow, type KeptPlans } from "./chosenPlan.ts";
import { resultsOf } from "./shownPlan.ts";
import { toldPlan } from "./toldPlan.ts";

type Format = "csv" | "json" | "md";

interface Options extends KeptPlans, FleetAccess {
  readonly log: Log;
}

/** Writes what became of a plan's changes, one by one, into a file: when, through whom, before and after. */
export const exportPlanResults =
  ({ log, ...options }: Options): Handler =>
  async (nodes) => {
    const [applied] = await chosenPlans(options, nodes, {
      title: vscode.l10n.t("Export Results of Changes"),
      placeHolder: vscode.l10n.t("Choose the changes whose results you want to export"),
      none: vscode.l10n.t("Nothing has been applied yet"),
      fits: () => true,
    });
    if (applied === undefined) throw new vscode.CancellationError();
    const format = await chosenFormat(applied);
    await exportFile(log, {
      title: vscode.l10n.t("Export Results of Changes"),
      name: `changes-${applied.at.slice(0, 10)}.${format}`,
      filters: { [format === "md" ? "Markdown" : format.toUpperCase()]: [format] },
      text: async () => cancellable(encoded(await partsOf(options, applied, format))),
      said: (file) => vscode.l10n.t("Exported to {0}. Changes: {1}.", file, applied.plan.changes.length),
    });
  };

async function partsOf(
  { session, store, board, keeper }: Omit<Options, "log">,
  applied: AppliedPlan,
  format: Format,
): Promise<Iterable<string>> {
  const [report, { csvOf, insideWindow }] = await Promise.all([loadReport(), loadFlows()]);
  const azure = await connectedAzure(session);
  const { kept } = await planNow({ keeper }, applied.id);
  const { snapshot } = store;
  const accounts = await session.accounts();
  const results = applied.state === "ended" ? resultsOf(kept) : applied.results;
  const { locale, zone } = clockNow();
  const exported = {
    told: toldPlan({ applied, kept, results, plans: board.plans, snapshot, accounts, azure }),
    snapshot,
    isInside: insideWindow,
    wording: { say: localize, locale, zone },
  };
  switch (format) {
    case "csv":
      return (function* () {
        for (const row of report.planTable(exported)) yield csvOf([row]);
      })();
    case "json":
      return report.planJson(exported);
    case "md":
      return report.planMarkdown(exported);
  }
}

async function chosenFormat({ plan }: AppliedPlan): Promise<Format> {
  const items: readonly (vscode.QuickPickItem & { readonly format: Format })[] = [
    {
      format: "csv",
      label: vscode.l10n.t("CSV"),
      description: vscode.l10n.t("a table for spreadsheets: one row for each change"),
    },
    {
      format: "json",
      label: vscode.l10n.t("JSON"),
      description: vscode.l10n.t("the same for programs"),
    },
    {
      format: "md",
      label: vscode.l10n.t("Markdown"),
      description: vscode.l10n.t("the same for issues and chats"),
    },
  ];
  const chosen = await pickOne(items, {
    title: vscode.l10n.t("Export Results of Changes"),
    placeHolder: vscode.l10n.t("Export {0} changes as", plan.changes.length),
  });
  return chosen.format;
}
