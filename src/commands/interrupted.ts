import * as vscode from "vscode";
import type { Azure } from "../azure/contracts.ts";
import { followInterrupted } from "../fleet/interrupted.ts";
import type { InterruptedRun } from "../fleet/journal.ts";
import { localize } from "../ui/messages.ts";
import { type Runner, withProgress } from "../ui/run.ts";
import { endPlan } from "./planEnd.ts";
import type { Tools } from "./tools.ts";

/** Once an Azure is connected, says what became of the plans that this window was applying to it when it was closed or reloaded. */
export function followInterruptedPlans(tools: Tools, runner: Runner): vscode.Disposable {
  return tools.session.onDidChange(() => {
    const { azure } = tools.session;
    if (azure === undefined) return;
    for (const run of tools.journal.interrupted(azure.cloud.endpoint))
      runner.inBackground("Following an interrupted plan", () => follow(tools, azure, run));
  });
}

async function follow(tools: Tools, azure: Azure, run: InterruptedRun): Promise<void> {
  const { session, store } = tools;
  // What is read now may be older than what follows.
  await session.start();
  await session.whenRead();
  const title = vscode.l10n.t("Following what was under way: {0}", localize(run.plan.title));
  const results = await withProgress(title, (_, signal) => followInterrupted(azure, store, run, signal));
  await run.close();
  endPlan(tools, azure, run.plan, results);
}
