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

/** Continues a plan of a window that was closed or stopped responding. */
export const resumePlan =
  ({ session, planRunner, ...kept }: Options): Handler =>
  async (nodes) => {
    const azure = await chosenAzure(session);
    const found = await keptPlan(kept, nodes, {
      title: vscode.l10n.t("Resume Interrupted Changes"),
      none: vscode.l10n.t("Nothing to resume"),
      fits: ({ state }) => state === "interrupted" || state === "elsewhere",
    });
    checkFree(found);
    if (found.kept.state !== "left") await confirmTakeOver(found.kept);
    await planRunner.takeOver(azure, found);
  };

function checkFree({ state, kept }: Found): void {
  if (state === "interrupted") return;
  if (state === "elsewhere") {
    const seconds = Math.max(0, Math.round((Date.now() - kept.seenAt) / 1000));
    throw new Failure({
      kind: "conflict",
      summary: message("Another window is applying these changes. It last responded {0} s ago.", seconds),
      wayOut: message("Cancel there, or wait until the other window stops responding."),
    });
  }
  throw new Failure({
    kind: "conflict",
    summary:
      state === "here"
        ? message("This window is applying these changes.")
        : message("These changes have finished."),
  });
}

/** Throws CancellationError where the user does not confirm. */
async function confirmTakeOver({ plan, seenAt }: KeptPlan): Promise<void> {
  await confirm(
    vscode.l10n.t("Take over from the other window: {0}?", localize(plan.title)),
    [lastResponse(seenAt), afterTakeOver()].join(" "),
    vscode.l10n.t("Take Over"),
  );
}

function lastResponse(seenAt: number): string {
  const seconds = Math.round((Date.now() - seenAt) / 1000);
  if (seconds < 0)
    return vscode.l10n.t(
      "The other window last responded at {0}, ahead of this computer's clock.",
      new Date(seenAt).toLocaleString(vscode.env.language),
    );
  const silence =
    seconds < 120
      ? vscode.l10n.t("{0} s", seconds)
      : vscode.l10n.t("{0} min", Math.round(seconds / 60).toLocaleString(vscode.env.language));
  return vscode.l10n.t("The other window last responded {0} ago.", silence);
}

function afterTakeOver(): string {
  return vscode.l10n.t(
    "What it sent is checked in Azure first and not sent again. If it's still running, it sends nothing more.",
  );
}
