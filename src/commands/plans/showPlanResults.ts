import * as vscode from "vscode";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { followInterrupted } from "../../fleet/plans/interrupted.ts";
import { localize } from "../../ui/messages.ts";
import { reportedPlan } from "../../ui/plans/planResults.ts";
import { withProgress } from "../../ui/run.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { chosenPlans } from "./chosenPlan.ts";
import { stepsAfter } from "./planEnd.ts";
import type { Handler, Tools } from "../tools.ts";

/** Opens the results of a plan, the one of the node or else one that the user picks. */
export const showPlanResults: Handler = async (tools, nodes) => {
  const question = {
    placeHolder: vscode.l10n.t("Whose results?"),
    none: vscode.l10n.t("Nothing has been applied yet"),
    fits: () => true,
  };
  for (const applied of await chosenPlans(tools, nodes, question)) {
    const results = applied.state === "interrupted" ? await whereItStands(tools, applied) : applied.results;
    const steps = applied.state === "ended" ? stepsAfter(applied) : new Map<string, () => unknown>();
    await reportedPlan(tools.documents, applied.plan, results, steps).show();
  }
};

/** What became of what was sent is read from Azure; nothing is sent for it. */
async function whereItStands(
  { session, store, keeper }: Tools,
  { id, plan, results }: AppliedPlan,
): Promise<AppliedPlan["results"]> {
  const azure = await chosenAzure(session);
  const found = await (await keeper()).find(id);
  if (found === undefined) return results;
  const title = vscode.l10n.t("Finding out where it stands: {0}", localize(plan.title));
  return withProgress(title, (_, signal) => followInterrupted(azure, store, found.kept, signal));
}
