import * as vscode from "vscode";
import type { AppliedPlan } from "../fleet/planLog.ts";
import { escapeIcons } from "../ui/icons.ts";
import { localize } from "../ui/messages.ts";
import { summaryOf } from "../ui/planReport.ts";
import { reportedPlan } from "../ui/planResults.ts";
import type { Handler, Tools } from "./tools.ts";

/** Opens the results of a plan that this window applied, the one of the node or else one that the user picks. */
export const showPlanResults: Handler = async (tools, nodes) => {
  const ids = new Set(nodes.flatMap((node) => (node.kind === "appliedPlan" ? [node.planId] : [])));
  const meant = tools.plans.plans.filter(({ id }) => ids.has(id));
  for (const { plan, results } of meant.length > 0 ? meant : [await chosenPlan(tools)])
    await reportedPlan(tools.documents, plan, results).show();
};

async function chosenPlan({ plans: { plans } }: Tools): Promise<AppliedPlan> {
  const items = plans.map((applied) => ({
    label: escapeIcons(localize(applied.plan.title)),
    description: localize(summaryOf(applied.results)),
    detail: new Date(applied.at).toLocaleString(vscode.env.language),
    applied,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder:
      items.length === 0
        ? vscode.l10n.t("Nothing has been applied in this window yet")
        : vscode.l10n.t("Whose results?"),
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.applied;
}
