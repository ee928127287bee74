import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { message } from "../../core/text/message.ts";
import { resumePlan as goOnWith } from "../../fleet/plans/interrupted.ts";
import type { Run } from "../../fleet/plans/journal.ts";
import type { KeptPlan } from "../../fleet/plans/planFile.ts";
import { Failure } from "../../ui/failure.ts";
import { localize } from "../../ui/messages.ts";
import { resultsOf } from "./shownPlan.ts";
import { withPlanProgress } from "./planProgress.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { keptPlan } from "./chosenPlan.ts";
import { endPlan } from "./planEnd.ts";
import type { Found } from "./planKeeper.ts";
import type { Handler, Tools } from "../tools.ts";

/** Goes on with a plan whose window was closed, or is not heard of any more. */
export const resumePlan: Handler = async (tools, nodes) => {
  const azure = await chosenAzure(tools.session);
  const found = await keptPlan(tools, nodes, {
    placeHolder: vscode.l10n.t("Which plan should go on?"),
    none: vscode.l10n.t("No plan was interrupted"),
    fits: ({ state }) => state === "interrupted" || state === "elsewhere",
  });
  checkFree(found);
  if (found.kept.state !== "left") await confirmTakeOver(found.kept);
  await takeOverAndGoOn(tools, azure, found);
};

/** Becomes the owner of an interrupted plan and brings it to its end. */
export async function takeOverAndGoOn(tools: Tools, azure: Azure, found: Found): Promise<void> {
  const taken = await (await tools.keeper()).takeOver(found);
  if (taken === undefined) throw new Failure(takenByAnother());
  await goOn(tools, azure, taken);
}

async function goOn(
  tools: Tools,
  azure: Azure,
  { run, plan: kept }: { readonly run: Run; readonly plan: KeptPlan },
): Promise<void> {
  const { plan } = kept;
  try {
    const results = await withPlanProgress(
      tools,
      azure,
      plan,
      (options) => goOnWith(azure, tools.store, kept, run, options),
      resultsOf(kept),
    );
    endPlan(tools, azure, { id: run.id, plan, results });
  } finally {
    await run.close();
  }
}

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
  const seconds = Math.round((Date.now() - seenAt) / 1000);
  const silent =
    seconds < 120
      ? vscode.l10n.t("{0} s", seconds)
      : vscode.l10n.t("{0} min", Math.round(seconds / 60).toLocaleString(vscode.env.language));
  const takeOver = vscode.l10n.t("Take Over");
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("Take over “{0}” from its window?", localize(plan.title)),
    {
      modal: true,
      detail: vscode.l10n.t(
        "Its window has not been heard of for {0}. What it has sent is looked up in Azure first, and not sent again; should it still be there, it sends nothing more.",
        silent,
      ),
    },
    takeOver,
  );
  if (chosen !== takeOver) throw new vscode.CancellationError();
}

function takenByAnother() {
  return {
    kind: "conflict",
    summary: message("Another window was faster, or the plan has come to its end meanwhile."),
    wayOut: message("The Activity view shows how far it is."),
  } as const;
}
