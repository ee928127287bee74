import * as vscode from "vscode";
import type { ApplyOptions, Azure } from "../../azure/contracts.ts";
import { nameWithSet } from "../../core/resources/ids.ts";
import { inEnglish, joined, message } from "../../core/text/message.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import type { Log } from "../../core/log.ts";
import type { Telemetry } from "../../telemetry/client.ts";
import { localize } from "../../ui/messages.ts";
import { type PlanTally, tallyOf, troubleInWords } from "../../ui/plans/planReport.ts";
import { withProgress } from "../../ui/run.ts";
import { sayWaits } from "../session/waiting.ts";

export interface ProgressOptions {
  readonly telemetry: Telemetry;
  readonly log: Log;
}

/** The changes of so many are told one by one while they are sent; of more there are counts. */
const maxToldChanges = 8;

/**
 * Applies a plan under a notification that says how far it has come, and that the user can cancel. `known`: what had ended before, of a plan
 * that is gone on with.
 */
export async function withPlanProgress(
  { telemetry, log }: ProgressOptions,
  azure: Azure,
  plan: Plan,
  work: (options: ApplyOptions) => Promise<readonly ChangeResult[]>,
  known: readonly ChangeResult[] = [],
): Promise<readonly ChangeResult[]> {
  const started = performance.now();
  const results = await withProgress(titleIn(azure, plan), async (report, signal) => {
    const all = plan.changes.length;
    let sent = 0;
    const ended = { ...tallyOf(known) };
    let step = all > maxToldChanges ? countsInWords(ended, all) : "";
    report({ message: step });
    const increment = 100 / all;
    const waiting = sayWaits(azure, (sentence) => report({ message: sentence ?? step }));
    try {
      return await work({
        signal,
        onStarted: ({ title }) => {
          sent += 1;
          if (all > maxToldChanges) return;
          step = vscode.l10n.t("{0} of {1}: {2}", sent, all, localize(title));
          report({ message: step });
        },
        onWaiting: ({ target }) => {
          step = vscode.l10n.t(
            "Waiting until Azure has finished its work on {0}. Cancel to continue later.",
            nameWithSet(target),
          );
          report({ message: step });
        },
        onOutcome: ({ change, outcome }) => {
          log.info(`${inEnglish(change.title)}: ${outcome.status} (${change.kind} ${change.target})`);
          ended[outcome.status === "notStarted" ? "skipped" : outcome.status] += 1;
          if (all > maxToldChanges) step = countsInWords(ended, all);
          report({ increment, ...(all > maxToldChanges && { message: step }) });
        },
      });
    } finally {
      waiting.dispose();
    }
  });
  const durationMs = Math.round(performance.now() - started);
  telemetry.send("plan", { origin: azure.origin }, { ...tallyOf(results), durationMs });
  return results;
}

function countsInWords(tally: PlanTally, all: number): string {
  const inDigits = (count: number) => count.toLocaleString(vscode.env.language);
  const done = message("{0} of {1} done", inDigits(tally.done), inDigits(all));
  return localize(joined(", ", [done, ...troubleInWords(tally, inDigits)]));
}

function titleIn({ origin }: Azure, { title }: Plan): string {
  return origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", localize(title)) : localize(title);
}
