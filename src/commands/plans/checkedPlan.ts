import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { toCheck } from "../../core/plans/leftToDo.ts";
import type { ChangeResult } from "../../core/plans/plan.ts";
import { message } from "../../core/text/message.ts";
import { checkSent } from "../../fleet/plans/sentChanges.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { Failure } from "../../ui/failure.ts";
import { localize } from "../../ui/messages.ts";
import { withProgress } from "../../ui/run.ts";
import type { Found, PlanKeeper } from "./planKeeper.ts";
import { resultsOf } from "./shownPlan.ts";

export interface CheckOptions {
  readonly store: FleetStore;
  keeper(): Promise<PlanKeeper>;
}

/** A plan after another look. */
export interface CheckedPlan {
  readonly found: Found;
  /** What was looked at, as it is now. */
  readonly checked: readonly ChangeResult[];
}

/** Checks the unconfirmed changes of a plan again and saves the result. Nothing is sent; cancelling changes nothing. */
export async function checkedPlan(
  { store, keeper }: CheckOptions,
  azure: Azure,
  found: Found,
): Promise<CheckedPlan> {
  const { journal, kept } = found;
  const count = toCheck(resultsOf(kept)).length;
  const title = vscode.l10n.t("Checking {0}", localize(kept.plan.title));
  const checked = await withProgress(title, (report, signal) => {
    let looks = 0;
    return checkSent(azure, store, kept, signal, () => {
      looks += 1;
      report({ increment: 100 / count, message: vscode.l10n.t("{0} of {1}", looks, count) });
    });
  });
  await journal.amend(kept, checked).catch((error: unknown) => {
    throw notKept(error);
  });
  const plans = await keeper();
  await plans.refresh();
  return { found: (await plans.find(kept.id)) ?? found, checked };
}

function notKept(error: unknown): Failure {
  return new Failure({
    kind: "validation",
    summary: message("Couldn't save the results: {0}", String(error)),
    wayOut: message("Free disk space or let VS Code write to its storage, then try again."),
  });
}
