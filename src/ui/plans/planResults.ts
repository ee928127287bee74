import * as vscode from "vscode";
import { nameOf } from "../../core/resources/ids.ts";
import type { Log } from "../../core/log.ts";
import type { Change, ChangeResult, Plan } from "../../core/plans/plan.ts";
import type { Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { inOrder } from "../differences.ts";
import type { Documents, Offer } from "../documents.ts";
import { localize } from "../messages.ts";
import { notify } from "../notify.ts";
import { failuresOf, headingOf, headlineOf, reportOf, tallyOf } from "./planReport.ts";

/**
 * Says in one notification how a plan ended, without waiting for it to be closed; "Show Results" opens the whole report. Where a change met
 * another one in Azure, both offer to show what was read beside what is there now. `more`: what else both offer, after these. `headline`: what
 * the notification says.
 */
export function showPlanResults(
  { documents, log }: { readonly documents: Documents; readonly log: Log },
  plan: Plan,
  results: readonly ChangeResult[],
  origin: "azure" | "sandbox",
  more: ReadonlyMap<string, () => unknown> = new Map(),
  headline: Message = headlineOf(results),
): void {
  const text = localize(headline);
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  const allDone = tallyOf(results).done === results.length;
  const show = allDone ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const report = reportedPlan(documents, plan, results, more);
  const buttons = new Map<string, () => unknown>([[vscode.l10n.t("Show Results"), report.show]]);
  // The notification tells of the first failure.
  const [first] = report.comparisons;
  if (first !== undefined) buttons.set(first.title, first.accept);
  for (const [title, press] of more) buttons.set(title, press);
  notify(show, line, buttons, log);
}

/** The line below the title and the counts: what is offered for the plan as a whole stands above it. */
const lineBelowCounts = 2;

/**
 * The report of a plan as a document to open. `comparisons` has what each failure offers to show, in their order. `more`: what is offered
 * below the counts, since the notification is gone once one of its buttons was pressed.
 */
export function reportedPlan(
  documents: Documents,
  plan: Plan,
  results: readonly ChangeResult[],
  more: ReadonlyMap<string, () => unknown>,
): { readonly show: () => Promise<void>; readonly comparisons: readonly (Comparison | undefined)[] } {
  const lines = reportOf(plan, results).map(localize);
  const comparisons = failuresOf(results).map(({ result, problem }) =>
    comparisonOf(documents, lines, result, problem),
  );
  const offers = [
    ...[...more].map(([title, accept]) => ({ line: lineBelowCounts, title, accept })),
    ...comparisons.filter((offer) => offer !== undefined),
  ];
  const show = () => documents.show(`${localize(plan.title)}.txt`, `${lines.join("\n")}\n`, offers);
  return { show, comparisons };
}

interface Comparison extends Offer {
  readonly accept: () => Promise<void>;
}

function comparisonOf(
  documents: Documents,
  lines: readonly string[],
  result: ChangeResult,
  { compare }: Problem,
): Comparison | undefined {
  if (compare === undefined) return undefined;
  return {
    line: lines.indexOf(localize(headingOf(result))),
    title: vscode.l10n.t("Show Both"),
    accept: () => showBoth(documents, result.change, compare),
  };
}

function showBoth(
  documents: Documents,
  { target }: Change,
  { before, now }: NonNullable<Problem["compare"]>,
): Promise<void> {
  const name = nameOf(target);
  const title = vscode.l10n.t("{0}: as it was read ↔ as Azure has it now", name);
  return documents.compareJson(`${target}/${name}`, title, [inOrder(before), inOrder(now)]);
}
