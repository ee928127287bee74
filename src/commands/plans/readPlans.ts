import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { Log } from "../../core/log.ts";
import { message } from "../../core/text/message.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import type { Runner } from "../../ui/run.ts";
import { tallyOf } from "../../ui/plans/planReport.ts";
import type { Session } from "../session/session.ts";
import type { PlanKeeper } from "./planKeeper.ts";
import type { PlanRunner } from "./planRunner.ts";

export interface ReadPlansOptions {
  readonly session: Session;
  readonly planRunner: PlanRunner;
  readonly runner: Runner;
  readonly log: Log;
  keeper(): Promise<PlanKeeper>;
}

/** At most this many interrupted plans, the latest, get a notification each. One more notification says that others exist. */
const maxOffers = 5;

/** Reads the plans that are kept of the connected Azure, and offers to go on with those that were interrupted. */
export async function readPlans(options: ReadPlansOptions): Promise<void> {
  const { session, runner } = options;
  const { azure } = session;
  if (azure === undefined) return;
  const keeper = await options.keeper();
  const offers: AppliedPlan[] = [];
  for (const applied of await keeper.takeOffers()) {
    const found = await keeper.find(applied.id);
    if (found?.state !== "interrupted") continue;
    const { plan, sent, outcomes, state } = found.kept;
    const isSent = plan.changes.every(({ id }) => sent.has(id) || outcomes.has(id));
    // What Azure works on is followed without a question, since nothing is sent for it.
    if (state === "left" && isSent)
      runner.inBackground("Following an interrupted plan", () => follow(options, azure, applied));
    else offers.push(applied);
  }
  for (const applied of offers.slice(0, maxOffers)) offer(options, applied);
  if (offers.length > maxOffers) offerRest(options, azure);
}

async function follow(options: ReadPlansOptions, azure: Azure, { id }: AppliedPlan): Promise<void> {
  const { session, planRunner, keeper } = options;
  // What is read now may be older than what follows.
  await session.start();
  await session.whenRead();
  const found = await (await keeper()).find(id);
  if (found?.state === "interrupted") await planRunner.takeOver(azure, found);
}

function offer({ keeper, runner, log }: ReadPlansOptions, { id, plan, origin, results }: AppliedPlan): void {
  const inDigits = (count: number) => count.toLocaleString(vscode.env.language);
  const done = message("{0} of {1} done", inDigits(tallyOf(results).done), inDigits(plan.changes.length));
  const text = vscode.l10n.t("Interrupted: {0}. {1}.", localize(plan.title), localize(done));
  const node = { kind: "appliedPlan", planId: id };
  const run = (command: string) => () =>
    vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, undefined, [node]);
  const leave = () =>
    runner.inBackground("Ending an interrupted plan", async () => {
      const found = await (await keeper()).find(id);
      if (found?.state !== "interrupted") return;
      await (await (await keeper()).takeOver(found))?.run.close();
    });
  const buttons = new Map<string, () => unknown>([
    [vscode.l10n.t("Resume"), run("resumePlan")],
    [vscode.l10n.t("Show Results"), run("showPlanResults")],
    [vscode.l10n.t("Don't Resume"), leave],
  ]);
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  notify(vscode.window.showWarningMessage, line, buttons, log);
}

function offerRest({ log }: ReadPlansOptions, { origin }: Azure): void {
  const text = vscode.l10n.t("More changes were interrupted. Resume them in the Activity view.");
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  const show = () => vscode.commands.executeCommand("scaleSetMaintenance.activity.focus");
  notify(vscode.window.showWarningMessage, line, new Map([[vscode.l10n.t("Show Activity"), show]]), log);
}
