import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { isUndoable } from "../../core/plans/inverses.ts";
import { offersRetry, toCheck, toContinue } from "../../core/plans/leftToDo.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import { isRefusedForWindowsUpdate } from "../../core/plans/windowsUpdate.ts";
import type { Log } from "../../core/log.ts";
import type { PlanCommand } from "../../report/steps.ts";
import type { Documents } from "../../ui/documents.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { checkedHeadlineOf, summaryOf, tallyOf } from "../../ui/plans/planReport.ts";
import { tellPlanResults } from "../../ui/plans/planResults.ts";
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
  const { id, results, origin } = only;
  if (others.length === 0)
    return tellPlanResults(options, results, origin, show(id), buttonsAfter({ id, results }));
  const all = ended.flatMap((one) => one.results);
  const text = localize(summaryOf(all));
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

/** Reports the result of checking a plan again, and follows the upgrades that it started. */
export function tellChecked(options: EndOptions, { origin }: Azure, { found, checked }: CheckedPlan): void {
  const { id } = found.kept;
  const results = resultsOf(found.kept);
  const headline = checkedHeadlineOf(checked, results);
  tellPlanResults(options, results, origin, show(id), buttonsAfter({ id, results }), headline);
  options.upgrades.took(checked);
  options.refreshing.soon();
}

const run = (command: string, planId: string) => () =>
  vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, undefined, [
    { kind: "appliedPlan", planId },
  ]);
const show = (planId: string) => run("showPlanResults", planId);

function buttonsAfter({
  id,
  results,
}: Pick<EndedPlan, "id" | "results">): ReadonlyMap<string, () => unknown> {
  return new Map([...stepsAfter({ results })].map(([title, command]) => [title, run(command, id)]));
}

/**
 * What can be done with a plan that has ended: commands by the words of their buttons. `left`: those of its results that no later plan takes up.
 * `isUndone`: whether a later plan takes it back already.
 */
export function stepsAfter({
  results,
  left = results,
  isUndone = false,
}: {
  readonly results: readonly ChangeResult[];
  readonly left?: readonly ChangeResult[];
  readonly isUndone?: boolean;
}): ReadonlyMap<string, PlanCommand> {
  return new Map<string, PlanCommand>([
    ...(toCheck(left).length > 0 ? [[vscode.l10n.t("Check Again"), "checkPlan"] as const] : []),
    ...(toContinue(left).length > 0 ? [[vscode.l10n.t("Continue"), "continuePlan"] as const] : []),
    ...(left.some(isRefusedForWindowsUpdate)
      ? [[vscode.l10n.t("Turn Windows Update Off and Retry"), "retryWithUpdatesOff"] as const]
      : []),
    ...(offersRetry(left) ? [[retryTitle(left), "retryFailed"] as const] : []),
    ...(!isUndone && results.some(isUndoable) ? [[vscode.l10n.t("Undo"), "undoPlan"] as const] : []),
    ...(results.length > 1 ? [[vscode.l10n.t("Export…"), "exportPlanResults"] as const] : []),
  ]);
}

/** What someone else changed did not fail, and neither did what is not confirmed. */
function retryTitle(results: readonly ChangeResult[]): string {
  const { failed, changedBySomeoneElse } = tallyOf(results);
  if (failed > 0) return vscode.l10n.t("Retry Failed");
  return changedBySomeoneElse > 0 ? vscode.l10n.t("Review Again") : vscode.l10n.t("Retry");
}
