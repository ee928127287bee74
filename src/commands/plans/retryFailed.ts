import * as vscode from "vscode";
import { offersRetry, toCheck, toContinue, toRetry } from "../../core/plans/leftToDo.ts";
import { resultsLeft } from "../../fleet/plans/planBoard.ts";
import type { Change } from "../../core/plans/plan.ts";
import { resultsOf } from "./shownPlan.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { checkedPlan, type CheckOptions } from "./checkedPlan.ts";
import { keptPlan, type KeptPlans } from "./chosenPlan.ts";
import type { FlowRunner } from "../flowRunner.ts";
import { checkEnded, type EndOptions, tellChecked } from "./planEnd.ts";
import { readNow } from "./readNow.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans, CheckOptions, EndOptions {
  readonly session: Session;
  readonly flows: FlowRunner;
  keeper: KeptPlans["keeper"];
}

/**
 * Makes the changes of a plan again that failed, met someone else's or were not sent, as things are now: a plan of its own, shown and confirmed
 * as any other. What is not confirmed is looked at first.
 */
export const retryFailed =
  (options: Options): Handler =>
  async (nodes) => {
    const { session, flows } = options;
    const azure = await connectedAzure(session);
    const chosen = await keptPlan(options, nodes, {
      placeHolder: vscode.l10n.t("Whose failed changes should be made again?"),
      none: vscode.l10n.t("No change has failed"),
      fits: (applied) => {
        const left = resultsLeft(applied, options.board.plans);
        return applied.state === "ended" && (offersRetry(left) || toContinue(left).length > 0);
      },
    });
    checkEnded(chosen);
    const looked =
      toCheck(resultsOf(chosen.kept)).length > 0 ? await checkedPlan(options, azure, chosen) : undefined;
    const { kept } = looked?.found ?? chosen;
    const { id, plan } = kept;
    const { changes, waiting } = toRetry(resultsOf(kept));
    if (changes.length === 0 && looked !== undefined) return tellChecked(options, azure, looked);
    const retrying = {
      planId: id,
      title: plan.title,
      changes,
      waiting,
      now: await readNow(
        azure,
        changes.filter(comparesWithNow).map(({ target }) => target),
      ),
    };
    await flows.run(({ retryFlow }, context) => retryFlow(context, retrying), {
      knows: () => true, // each target was just read
      from: { retries: id },
    });
  };

/** A group, a provider, an extension and actions are written as they are, whatever is there. */
export function comparesWithNow({ kind }: Change): boolean {
  return kind !== "addHealthExtension" && kind !== "registerProvider" && kind !== "createResourceGroup";
}
