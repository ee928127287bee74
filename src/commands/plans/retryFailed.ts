import * as vscode from "vscode";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import { resultsOf } from "./shownPlan.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { keptPlan } from "./chosenPlan.ts";
import { runFlow } from "../flow.ts";
import { checkEnded } from "./planEnd.ts";
import { readNow } from "./readNow.ts";
import type { Handler } from "../tools.ts";

/** Makes the changes of a plan again that failed or were not sent, as things are now: a plan of its own, shown and confirmed as any other. */
export const retryFailed: Handler = async (tools, nodes) => {
  const azure = await chosenAzure(tools.session);
  const found = await keptPlan(tools, nodes, {
    placeHolder: vscode.l10n.t("Whose failed changes should be made again?"),
    none: vscode.l10n.t("No change has failed"),
    fits: ({ state, results }) => state === "ended" && results.some(({ outcome }) => isOpen(outcome)),
  });
  checkEnded(found);
  const { id, plan } = found.kept;
  const changes = resultsOf(found.kept).flatMap(({ change, outcome }) => (isOpen(outcome) ? [change] : []));
  const retrying = {
    planId: id,
    title: plan.title,
    changes,
    now: await readNow(
      azure,
      changes.filter(comparesWithNow).map(({ target }) => target),
    ),
  };
  await runFlow(tools, ({ retryFlow }, context) => retryFlow(context, retrying), { retries: id });
};

function isOpen({ status }: Outcome): boolean {
  return status === "failed" || status === "skipped" || status === "notStarted";
}

/** A group, a provider, an extension and actions are written as they are, whatever is there. */
function comparesWithNow({ kind }: Change): boolean {
  return kind !== "addHealthExtension" && kind !== "registerProvider" && kind !== "createResourceGroup";
}
