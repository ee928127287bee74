import * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import type { ChangeResult, Plan } from "../core/plan.ts";
import type { Documents } from "./documents.ts";
import { localize } from "./messages.ts";
import { notify } from "./notify.ts";
import { headlineOf, reportOf, tallyOf } from "./planReport.ts";

/** Says in one notification how a plan ended, without waiting for it to be closed; "Show Results" opens the whole report. */
export function showPlanResults(
  { documents, log }: { readonly documents: Documents; readonly log: Log },
  plan: Plan,
  results: readonly ChangeResult[],
  origin: "azure" | "sandbox",
): void {
  const text = localize(headlineOf(results));
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  const allDone = tallyOf(results).done === results.length;
  const show = allDone ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const showReport = () =>
    documents.show(`${localize(plan.title)}.txt`, `${reportOf(plan, results).map(localize).join("\n")}\n`);
  notify(show, line, new Map([[vscode.l10n.t("Show Results"), showReport]]), log);
}
