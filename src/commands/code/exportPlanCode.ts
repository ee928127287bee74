import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { Handler } from "../handler.ts";
import { keptPlan, type KeptPlans } from "../plans/chosenPlan.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import type { Session } from "../session/session.ts";
import { exportAsCode, sourceOf } from "./writtenCode.ts";

interface Options extends KeptPlans {
  readonly session: Session;
  readonly log: Log;
}

/** Exports the changes of a plan that was applied, or was begun, as code: all of them, as they were reviewed. */
export const exportPlanCode =
  ({ session, log, ...plans }: Options): Handler =>
  async (nodes) => {
    const azure = await connectedAzure(session);
    const title = vscode.l10n.t("Export Changes as Code");
    const { kept } = await keptPlan(plans, nodes, planQuestion(title));
    await exportAsCode(sourceOf(title, azure, kept.plan), log);
  };

/** Asks for one of the plans that are shown. */
export function planQuestion(title: string) {
  return { title, none: vscode.l10n.t("Nothing has been applied yet"), fits: () => true };
}
