import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { loadFlows } from "../../flows/door.ts";
import { localize } from "../../ui/messages.ts";
import { planColumns, planMarkdown, planRecords } from "../../ui/plans/planRecords.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { chosenPlans, type KeptPlans } from "./chosenPlan.ts";
import { exportFile } from "../exportFile.ts";
import type { Handler } from "../handler.ts";

type Format = "csv" | "json" | "md";

interface Options extends KeptPlans {
  readonly log: Log;
}

/** Writes what became of a plan's changes, scale set by scale set, into a file. */
export const exportPlanResults =
  ({ log, ...kept }: Options): Handler =>
  async (nodes) => {
    const [applied] = await chosenPlans(kept, nodes, {
      title: vscode.l10n.t("Export Results of Changes"),
      placeHolder: vscode.l10n.t("Whose results should be exported?"),
      none: vscode.l10n.t("Nothing has been applied yet"),
      fits: () => true,
    });
    if (applied === undefined) throw new vscode.CancellationError();
    const format = await chosenFormat(applied);
    await exportFile(log, {
      title: vscode.l10n.t("Export Results of Changes"),
      name: `changes-${applied.at.slice(0, 10)}.${format}`,
      filters: { [format === "md" ? "Markdown" : format.toUpperCase()]: [format] },
      text: () => textOf(applied, format),
      said: (file) => vscode.l10n.t("Exported to {0}. Changes: {1}.", file, applied.results.length),
    });
  };

async function textOf(applied: AppliedPlan, format: Format): Promise<string> {
  const { plan, results, at } = applied;
  const records = planRecords(results, localize);
  switch (format) {
    case "csv": {
      const { csvOf } = await loadFlows();
      return csvOf([planColumns, ...records.map((record) => planColumns.map((column) => record[column]))]);
    }
    case "json": {
      const leftOut = plan.leftOut.map(({ target, reason }) => ({ target, reason: localize(reason) }));
      return `${JSON.stringify({ title: localize(plan.title), at, changes: records, leftOut }, undefined, 2)}\n`;
    }
    case "md":
      return planMarkdown(plan, results, localize);
  }
}

async function chosenFormat({ results }: AppliedPlan): Promise<Format> {
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
    placeHolder: vscode.l10n.t("Changes whose end is known: {0}. As what?", results.length),
  });
  return chosen.format;
}
