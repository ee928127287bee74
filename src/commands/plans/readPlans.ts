import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import type { Runner } from "../../ui/run.ts";
import { tallyOf } from "../../ui/plans/planReport.ts";
import { takeOverAndGoOn } from "./resumePlan.ts";
import type { Tools } from "../tools.ts";

/** Reads the plans that are kept of the connected Azure, and offers to go on with those that were interrupted. */
export async function readPlans(tools: Tools, runner: Runner): Promise<void> {
  const { azure } = tools.session;
  if (azure === undefined) return;
  const keeper = await tools.keeper();
  for (const applied of await keeper.takeOffers()) {
    const found = await keeper.find(applied.id);
    if (found?.state !== "interrupted") continue;
    const { plan, sent, outcomes, state } = found.kept;
    const isSent = plan.changes.every(({ id }) => sent.has(id) || outcomes.has(id));
    // What Azure works on is followed without a question, since nothing is sent for it.
    if (state === "left" && isSent)
      runner.inBackground("Following an interrupted plan", () => follow(tools, azure, applied));
    else offer(tools, runner, applied);
  }
}

async function follow(tools: Tools, azure: Azure, { id }: AppliedPlan): Promise<void> {
  const { session } = tools;
  // What is read now may be older than what follows.
  await session.start();
  await session.whenRead();
  const found = await (await tools.keeper()).find(id);
  if (found?.state === "interrupted") await takeOverAndGoOn(tools, azure, found);
}

function offer({ keeper, log }: Tools, runner: Runner, { id, plan, origin, results }: AppliedPlan): void {
  const text = vscode.l10n.t(
    "“{0}” was interrupted: {1} of {2} changes were done.",
    localize(plan.title),
    tallyOf(results).done.toLocaleString(vscode.env.language),
    plan.changes.length.toLocaleString(vscode.env.language),
  );
  const node = { kind: "appliedPlan", planId: id };
  const run = (command: string) => () =>
    vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, undefined, [node]);
  const leave = () =>
    runner.inBackground("Leaving a plan as it is", async () => {
      const found = await (await keeper()).find(id);
      if (found?.state !== "interrupted") return;
      await (await (await keeper()).takeOver(found))?.run.close();
    });
  const buttons = new Map<string, () => unknown>([
    [vscode.l10n.t("Resume"), run("resumePlan")],
    [vscode.l10n.t("Show Where It Stands"), run("showPlanResults")],
    [vscode.l10n.t("Leave It As It Is"), leave],
  ]);
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  notify(vscode.window.showWarningMessage, line, buttons, log);
}
