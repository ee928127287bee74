import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { localize } from "../../ui/messages.ts";
import { countOfChanges } from "../../ui/counts.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import { chosenFormat, fileIn, type ExportFormat } from "../exportFormats.ts";
import type { Handler } from "../handler.ts";
import { connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenPlans, planNow, type KeptPlans } from "./chosenPlan.ts";
import { resultsOf } from "./shownPlan.ts";
import { describedPlan } from "./describedPlan.ts";

interface Options extends KeptPlans, FleetAccess {
  readonly log: Log;
}

/** Writes what became of a plan's changes, one by one, into a file: when, through whom, before and after. */
export const exportPlanResults =
  ({ log, ...options }: Options): Handler =>
  async (nodes) => {
    const title = vscode.l10n.t("Export Results of Changes");
    const [applied] = await chosenPlans(options, nodes, {
      title,
      none: vscode.l10n.t("Nothing has been applied yet"),
      fits: () => true,
    });
    if (applied === undefined) throw new vscode.CancellationError();
    const count = countOfChanges(applied.plan.changes.length);
    const format = await chosenFormat(title, count, ["csv", "json", "markdown"]);
    await exportFile(log, {
      title,
      ...fileIn(format, `changes-${applied.at.slice(0, 10)}`),
      text: async () => cancellable(encoded(await partsOf(options, applied, format))),
      count: () => count,
    });
  };

async function partsOf(
  { session, store, board, keeper }: Omit<Options, "log">,
  applied: AppliedPlan,
  format: ExportFormat,
): Promise<Iterable<string>> {
  const [report, { csvOf, insideWindow }] = await Promise.all([loadReport(), loadFlows()]);
  const azure = await connectedAzure(session);
  const { kept } = await planNow({ keeper }, applied.id);
  const { snapshot } = store;
  const accounts = await session.accounts();
  const results = applied.state === "ended" ? resultsOf(kept) : applied.results;
  const { locale, zone } = clockNow();
  const exported = {
    plan: describedPlan({ applied, kept, results, plans: board.plans, snapshot, accounts, azure }),
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
    case "markdown":
      return report.planMarkdown(exported);
  }
}
