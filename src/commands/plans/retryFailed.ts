import * as vscode from "vscode";
import { offersRetry, toCheck, toRetry } from "../../core/plans/leftToDo.ts";
import type { Change } from "../../core/plans/plan.ts";
import { isRefusedForWindowsUpdate } from "../../core/plans/windowsUpdate.ts";
import { idKey } from "../../core/resources/ids.ts";
import { resultsOf } from "./shownPlan.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { checkedPlan, type CheckOptions } from "./checkedPlan.ts";
import { endedPlan, type EndedPlanQuestion, type KeptPlans } from "./chosenPlan.ts";
import type { FlowRunner } from "../flowRunner.ts";
import { type EndOptions, tellChecked } from "./planEnd.ts";
import { readNow } from "./readNow.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans, CheckOptions, EndOptions {
  readonly session: Session;
  readonly flows: FlowRunner;
}

/**
 * Makes the changes of a plan again that failed or met someone else's, with those that were not sent for them, as things are now: a plan of
 * its own, shown and confirmed as any other. What is not confirmed is looked at first.
 */
export const retryFailed = (options: Options): Handler =>
  retrying(options, {
    title: vscode.l10n.t("Retry Failed Changes"),
    none: vscode.l10n.t("Nothing to retry"),
    fits: offersRetry,
  });

/** The same, with Windows Update turned off first where Azure refused to enable upgrades while it is on. */
export const retryWithUpdatesOff = (options: Options): Handler =>
  retrying(options, {
    title: vscode.l10n.t("Turn Windows Update Off and Retry"),
    none: vscode.l10n.t("Nothing to retry"),
    fits: (left) => left.some(isRefusedForWindowsUpdate),
    turnsUpdatesOff: true,
  });

interface Wanted extends EndedPlanQuestion {
  readonly turnsUpdatesOff?: true;
}

const retrying =
  (options: Options, { turnsUpdatesOff, ...question }: Wanted): Handler =>
  async (nodes) => {
    const { session, flows } = options;
    const azure = await connectedAzure(session);
    const chosen = await endedPlan(options, nodes, question);
    const looked =
      toCheck(resultsOf(chosen.kept)).length > 0 ? await checkedPlan(options, azure, chosen) : undefined;
    const { kept } = looked?.found ?? chosen;
    const { id, plan } = kept;
    const results = resultsOf(kept);
    const { changes, waiting } = toRetry(results);
    if (changes.length === 0 && looked !== undefined) return tellChecked(options, azure, looked);
    const refused = results.filter(isRefusedForWindowsUpdate).map(({ change }) => idKey(change.target));
    const again = {
      planId: id,
      title: plan.title,
      changes,
      waiting,
      now: await readNow(
        azure,
        changes.filter(comparesWithNow).map(({ target }) => target),
      ),
      ...(turnsUpdatesOff && { updatesOff: new Set(refused) }),
    };
    await flows.run(({ retryFlow }, context) => retryFlow(context, again), {
      knows: () => true, // each target was just read
      from: { retries: id },
    });
  };

/** A group, a provider, an extension and actions are written as they are, whatever is there. */
export function comparesWithNow({ kind }: Change): boolean {
  return kind !== "addHealthExtension" && kind !== "registerProvider" && kind !== "createResourceGroup";
}
