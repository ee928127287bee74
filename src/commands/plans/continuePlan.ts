import * as vscode from "vscode";
import { toContinue } from "../../core/plans/leftToDo.ts";
import { message } from "../../core/text/message.ts";
import { Failure } from "../../ui/failure.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { endedPlan, type KeptPlans } from "./chosenPlan.ts";
import type { FlowRunner } from "../flowRunner.ts";
import { readNow } from "./readNow.ts";
import { comparesWithNow } from "./retryFailed.ts";
import { resultsOf } from "./shownPlan.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans {
  readonly session: Session;
  readonly flows: FlowRunner;
}

/** Sends what a plan did not send and what waits for nothing any more, as things are now: a plan of its own, shown and confirmed. */
export const continuePlan =
  ({ session, flows, ...kept }: Options): Handler =>
  async (nodes) => {
    const azure = await connectedAzure(session);
    const found = await endedPlan(kept, nodes, {
      title: vscode.l10n.t("Continue Changes"),
      none: vscode.l10n.t("Nothing to continue"),
      fits: (left) => toContinue(left).length > 0,
    });
    const { id, plan } = found.kept;
    const changes = toContinue(resultsOf(found.kept));
    if (changes.length === 0) throw new Failure(nothingToContinue());
    const targets = changes.filter(comparesWithNow).map(({ target }) => target);
    const continuing = { planId: id, title: plan.title, changes, now: await readNow(azure, targets) };
    await flows.run(({ continueFlow }, context) => continueFlow(context, continuing), {
      knows: () => true, // each target was just read
      from: { retries: id },
    });
  };

function nothingToContinue() {
  return {
    kind: "conflict",
    summary: message("Can't continue yet: earlier changes aren't done."),
    wayOut: message("Check again, or retry what failed."),
  } as const;
}
