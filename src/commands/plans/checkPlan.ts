import * as vscode from "vscode";
import { toCheck } from "../../core/plans/leftToDo.ts";
import { resultsLeft } from "../../fleet/plans/planBoard.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { checkedPlan, type CheckOptions } from "./checkedPlan.ts";
import { keptPlan, type KeptPlans } from "./chosenPlan.ts";
import { checkEnded, type EndOptions, tellChecked } from "./planEnd.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans, CheckOptions, EndOptions {
  readonly session: Session;
  keeper: KeptPlans["keeper"];
}

/** Looks once more at the changes of a plan that are not confirmed, and tells what became of them. Nothing is sent. */
export const checkPlan =
  (options: Options): Handler =>
  async (nodes) => {
    const azure = await connectedAzure(options.session);
    const found = await keptPlan(options, nodes, {
      placeHolder: vscode.l10n.t("Choose changes to check again"),
      none: vscode.l10n.t("Every change is confirmed"),
      fits: (applied) =>
        applied.state === "ended" && toCheck(resultsLeft(applied, options.board.plans)).length > 0,
    });
    checkEnded(found);
    tellChecked(options, azure, await checkedPlan(options, azure, found));
  };
