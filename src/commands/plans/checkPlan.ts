import * as vscode from "vscode";
import { toCheck } from "../../core/plans/leftToDo.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import { checkedPlan, type CheckOptions } from "./checkedPlan.ts";
import { endedPlan, type KeptPlans } from "./chosenPlan.ts";
import { type EndOptions, tellChecked } from "./planEnd.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans, CheckOptions, EndOptions {
  readonly session: Session;
}

/** Checks the unconfirmed changes of a plan again and reports the result. Nothing is sent. */
export const checkPlan =
  (options: Options): Handler =>
  async (nodes) => {
    const azure = await connectedAzure(options.session);
    const found = await endedPlan(options, nodes, {
      title: vscode.l10n.t("Check Changes Again"),
      none: vscode.l10n.t("Nothing to check"),
      fits: (left) => toCheck(left).length > 0,
    });
    tellChecked(options, azure, await checkedPlan(options, azure, found));
  };
