import * as vscode from "vscode";
import { type AppliedPlan, resultsLeft } from "../../fleet/plans/planBoard.ts";
import { followInterrupted } from "../../fleet/plans/interrupted.ts";
import type { Documents } from "../../ui/documents.ts";
import { localize } from "../../ui/messages.ts";
import { reportedPlan } from "../../ui/plans/planResults.ts";
import { withProgress } from "../../ui/run.ts";
import { connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenPlans, type KeptPlans } from "./chosenPlan.ts";
import { stepsAfter } from "./planEnd.ts";
import type { Handler } from "../handler.ts";

interface Options extends KeptPlans, FleetAccess {
  readonly documents: Documents;
}

/** Opens the results of a plan, the one of the node or else one that the user picks. */
export const showPlanResults =
  ({ documents, ...options }: Options): Handler =>
  async (nodes) => {
    const question = {
      title: vscode.l10n.t("Show Results of Changes"),
      placeHolder: vscode.l10n.t("Whose results?"),
      none: vscode.l10n.t("Nothing has been applied yet"),
      fits: () => true,
    };
    for (const applied of await chosenPlans(options, nodes, question)) {
      const results =
        applied.state === "interrupted" ? await whereItStands(options, applied) : applied.results;
      const left = resultsLeft(applied, options.board.plans);
      const steps = applied.state === "ended" ? stepsAfter(applied, left) : new Map<string, () => unknown>();
      await reportedPlan(documents, applied.plan, results, steps).show();
    }
  };

/** What became of what was sent is read from Azure; nothing is sent for it. */
async function whereItStands(
  { session, store, keeper }: KeptPlans & FleetAccess,
  { id, plan, results }: AppliedPlan,
): Promise<AppliedPlan["results"]> {
  const azure = await connectedAzure(session);
  const found = await (await keeper()).find(id);
  if (found === undefined) return results;
  const title = vscode.l10n.t("Finding out where it stands: {0}", localize(plan.title));
  return withProgress(title, (_, signal) => followInterrupted(azure, store, found.kept, signal));
}
