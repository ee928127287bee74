import * as vscode from "vscode";
import { readByUndo, whyNoInverse } from "../../core/plans/inverses.ts";
import { sentChange } from "../../fleet/plans/planFile.ts";
import { resultsOf } from "./shownPlan.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { endedPlan, type KeptPlans } from "./chosenPlan.ts";
import type { FlowRunner } from "../flowRunner.ts";
import { readNow } from "./readNow.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans {
  readonly session: Session;
  readonly flows: FlowRunner;
}

/** Takes a plan back that has ended: its inverse is a plan of its own, which is shown and confirmed as any other. */
export const undoPlan =
  ({ session, flows, ...plans }: Options): Handler =>
  async (nodes) => {
    const azure = await chosenAzure(session);
    const found = await endedPlan(plans, nodes, {
      title: vscode.l10n.t("Undo Changes"),
      none: vscode.l10n.t("Nothing to undo"),
      fits: (left) => left.some(({ outcome }) => outcome.status === "done"),
    });
    const { kept } = found;
    const results = resultsOf(kept).map(({ change, outcome }) => ({
      change: sentChange(change, kept),
      outcome,
    }));
    const done = results.filter(({ change, outcome }) => outcome.status === "done" && !whyNoInverse(change));
    const now = await readNow(
      azure,
      done.flatMap(({ change }) => readByUndo(change)),
    );
    const undoing = { planId: kept.id, title: kept.plan.title, results, now };
    await flows.run(({ undoFlow }, context) => undoFlow(context, undoing), { from: { undoes: kept.id } });
  };
