import * as vscode from "vscode";
import { nameOf } from "../../core/resources/ids.ts";
import type { Log } from "../../core/log.ts";
import type { Change, ChangeResult } from "../../core/plans/plan.ts";
import type { Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { inOrder } from "../differences.ts";
import type { Documents } from "../documents.ts";
import { localize } from "../messages.ts";
import { notify } from "../notify.ts";
import { failuresOf, headlineOf, tallyOf } from "./planReport.ts";

/**
 * Says in one notification how a plan ended, without waiting for it to be closed. `show` opens the page with the results. Where the first change
 * that it tells of met another one in Azure, it offers to show what was read beside what is there now. `more`: what else it offers, after these.
 * `headline`: what it says.
 */
export function tellPlanResults(
  { documents, log }: { readonly documents: Documents; readonly log: Log },
  results: readonly ChangeResult[],
  origin: "azure" | "sandbox",
  show: () => unknown,
  more: ReadonlyMap<string, () => unknown> = new Map(),
  headline: Message = headlineOf(results),
): void {
  const text = localize(headline);
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  const allDone = tallyOf(results).done === results.length;
  const tell = allDone ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const [first] = failuresOf(results);
  const compare = first?.problem.compare;
  const both =
    first === undefined || compare === undefined
      ? []
      : [[vscode.l10n.t("Show Both"), () => showBoth(documents, first.result.change, compare)] as const];
  notify(tell, line, new Map([[vscode.l10n.t("Show Results"), show], ...both, ...more]), log);
}

/** Shows what was read of the target of a change beside what is there now. */
export function showBoth(
  documents: Documents,
  { target }: Change,
  { before, now }: NonNullable<Problem["compare"]>,
): Promise<void> {
  const name = nameOf(target);
  const title = vscode.l10n.t("{0}: reviewed ↔ now in Azure", name);
  return documents.compareJson(`${target}/${name}`, title, [inOrder(before), inOrder(now)]);
}
