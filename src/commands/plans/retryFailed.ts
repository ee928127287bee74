import * as vscode from "vscode";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import { resultsOf } from "./shownPlan.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { keptPlan, type KeptPlans } from "./chosenPlan.ts";
import type { FlowRunner } from "../flowRunner.ts";
import { checkEnded } from "./planEnd.ts";
import { readNow } from "./readNow.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans {
  readonly session: Session;
  readonly flows: FlowRunner;
}

/** Makes the changes of a plan again that failed or were not sent, as things are now: a plan of its own, shown and confirmed as any other. */
export const retryFailed =
  ({ session, flows, ...kept }: Options): Handler =>
  async (nodes) => {
    const azure = await connectedAzure(session);
    const found = await keptPlan(kept, nodes, {
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
    await flows.run(({ retryFlow }, context) => retryFlow(context, retrying), {
      knows: () => true, // each target was just read
      from: { retries: id },
    });
  };

function isOpen({ status }: Outcome): boolean {
  return status === "failed" || status === "skipped" || status === "notStarted";
}

/** A group, a provider, an extension and actions are written as they are, whatever is there. */
function comparesWithNow({ kind }: Change): boolean {
  return kind !== "addHealthExtension" && kind !== "registerProvider" && kind !== "createResourceGroup";
}
