import * as vscode from "vscode";
import { message } from "../../core/text/message.ts";
import type { KeptPlan } from "../../fleet/plans/planFile.ts";
import { confirm } from "../../ui/confirm.ts";
import { Failure } from "../../ui/failure.ts";
import { localize } from "../../ui/messages.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { keptPlan, type KeptPlans } from "./chosenPlan.ts";
import type { Found } from "./planKeeper.ts";
import type { PlanRunner } from "./planRunner.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session/session.ts";

interface Options extends KeptPlans {
  readonly session: Session;
  readonly planRunner: PlanRunner;
}

/** Goes on with a plan whose window was closed, or is not heard of any more. */
export const resumePlan =
  ({ session, planRunner, ...kept }: Options): Handler =>
  async (nodes) => {
    const azure = await chosenAzure(session);
    const found = await keptPlan(kept, nodes, {
      title: vscode.l10n.t("Resume Interrupted Changes"),
      placeHolder: vscode.l10n.t("Which plan should go on?"),
      none: vscode.l10n.t("No plan was interrupted"),
      fits: ({ state }) => state === "interrupted" || state === "elsewhere",
    });
    checkFree(found);
    if (found.kept.state !== "left") await confirmTakeOver(found.kept);
    await planRunner.takeOver(azure, found);
  };

function checkFree({ state, kept }: Found): void {
  if (state === "interrupted") return;
  if (state === "elsewhere") {
    const seconds = Math.round((Date.now() - kept.seenAt) / 1000);
    throw new Failure({
      kind: "conflict",
      summary: message(
        "Another window is sending this plan: it was heard of {0} s ago.",
        Math.max(0, seconds),
      ),
      wayOut: message("Cancel it there, or wait until that window is not heard of any more."),
    });
  }
  throw new Failure({
    kind: "conflict",
    summary:
      state === "here"
        ? message("This window is sending this plan.")
        : message("This plan has come to its end."),
  });
}

/** Throws CancellationError where the user does not confirm. */
async function confirmTakeOver({ plan, seenAt }: KeptPlan): Promise<void> {
  await confirm(
    vscode.l10n.t("Take over “{0}” from its window?", localize(plan.title)),
    lastHeardOf(seenAt),
    vscode.l10n.t("Take Over"),
  );
}

function lastHeardOf(seenAt: number): string {
  const seconds = Math.round((Date.now() - seenAt) / 1000);
  if (seconds < 0)
    return vscode.l10n.t(
      "Its window last wrote at {0}, ahead of this computer's clock. What it sent is looked up in Azure first and not sent again. If it still runs, it sends nothing more.",
      new Date(seenAt).toLocaleString(vscode.env.language),
    );
  const silent =
    seconds < 120
      ? vscode.l10n.t("{0} s", seconds)
      : vscode.l10n.t("{0} min", Math.round(seconds / 60).toLocaleString(vscode.env.language));
  return vscode.l10n.t(
    "Its window has not been heard of for {0}. What it has sent is looked up in Azure first, and not sent again; should it still be there, it sends nothing more.",
    silent,
  );
}
