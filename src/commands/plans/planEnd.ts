import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { offersRetry, toCheck, toContinue } from "../../core/plans/leftToDo.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import { isRefusedForWindowsUpdate } from "../../core/plans/windowsUpdate.ts";
import type { Log } from "../../core/log.ts";
import type { Documents } from "../../ui/documents.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { checkedHeadlineOf, summaryOf, tallyOf } from "../../ui/plans/planReport.ts";
import { showPlanResults } from "../../ui/plans/planResults.ts";
import type { CheckedPlan } from "./checkedPlan.ts";
import { resultsOf } from "./shownPlan.ts";
import type { Refreshing } from "../session/refreshing.ts";
import type { UpgradeFollower } from "../upgrades/upgradeFollower.ts";

export interface EndOptions {
  readonly documents: Documents;
  readonly log: Log;
  readonly upgrades: UpgradeFollower;
  readonly refreshing: Refreshing;
}

/** A plan that was applied, by its id in the journal. */
export interface EndedPlan extends Pick<Azure, "origin"> {
  readonly id: string;
  readonly plan: Plan;
  readonly results: readonly ChangeResult[];
}

/** Tells in one notification how plans have ended; of one also what can be done with it. */
export function tellPlans(options: EndOptions, ended: readonly EndedPlan[]): void {
  const [only, ...others] = ended;
  if (only === undefined) return;
  const { id, plan, results, origin } = only;
  if (others.length === 0)
    return showPlanResults(options, plan, results, origin, stepsAfter({ id, results }));
  const all = ended.flatMap((one) => one.results);
  const text = vscode.l10n.t("{0} plans ended: {1}", ended.length, localize(summaryOf(all)));
  const nodes = ended.map((one) => ({ kind: "appliedPlan", planId: one.id }));
  const { executeCommand } = vscode.commands;
  const buttons = new Map<string, () => unknown>([
    [
      vscode.l10n.t("Show Results"),
      () => executeCommand("scaleSetMaintenance.showPlanResults", undefined, nodes),
    ],
    [vscode.l10n.t("Show Activity"), () => executeCommand("scaleSetMaintenance.activity.focus")],
  ]);
  const { showInformationMessage, showWarningMessage } = vscode.window;
  notify(
    tallyOf(all).done === all.length ? showInformationMessage : showWarningMessage,
    origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text,
    buttons,
    options.log,
  );
}

/** What follows when a plan was looked at once more: it is told what became of it, and the upgrades are followed that it shows to have begun. */
export function tellChecked(options: EndOptions, { origin }: Azure, { found, checked }: CheckedPlan): void {
  const { id, plan } = found.kept;
  const results = resultsOf(found.kept);
  const headline = checkedHeadlineOf(checked, results);
  showPlanResults(options, plan, results, origin, stepsAfter({ id, results }), headline);
  options.upgrades.took(checked);
  options.refreshing.soon();
}

/** What can be done with a plan that has ended, by the words of the buttons. `left`: those of its results that no later plan takes up. */
export function stepsAfter(
  { id, results }: Pick<EndedPlan, "id" | "results">,
  left = results,
): ReadonlyMap<string, () => unknown> {
  const node = { kind: "appliedPlan", planId: id };
  const run = (command: string) => () =>
    vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, undefined, [node]);
  return new Map([
    ...(toCheck(left).length > 0 ? [[vscode.l10n.t("Check Again"), run("checkPlan")] as const] : []),
    ...(toContinue(left).length > 0 ? [[vscode.l10n.t("Continue"), run("continuePlan")] as const] : []),
    ...(left.some(isRefusedForWindowsUpdate)
      ? [[vscode.l10n.t("Turn Windows Update Off and Retry"), run("retryWithUpdatesOff")] as const]
      : []),
    ...(offersRetry(left) ? [[retryTitle(left), run("retryFailed")] as const] : []),
    ...(results.length > 1 ? [[vscode.l10n.t("Export…"), run("exportPlanResults")] as const] : []),
  ]);
}

/** What someone else changed did not fail, and neither did what is not confirmed. */
function retryTitle(results: readonly ChangeResult[]): string {
  const { failed, changedBySomeoneElse } = tallyOf(results);
  if (failed > 0) return vscode.l10n.t("Retry Failed");
  return changedBySomeoneElse > 0 ? vscode.l10n.t("Review Again") : vscode.l10n.t("Retry");
}
