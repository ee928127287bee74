import * as vscode from "vscode";
import type { ApplyOptions, Azure } from "../../azure/contracts.ts";
import { nameWithSet } from "../../core/resources/ids.ts";
import { inEnglish, joined, message } from "../../core/text/message.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import type { Log } from "../../core/log.ts";
import type { Telemetry } from "../../telemetry/client.ts";
import { cancellingInWords } from "../../tree/activity/planState.ts";
import { localize } from "../../ui/messages.ts";
import { type PlanTally, tallyOf, troubleInWords } from "../../ui/plans/planReport.ts";
import { type Report, withProgress } from "../../ui/run.ts";
import { sayWaits } from "../session/waiting.ts";

export interface ProgressOptions {
  readonly telemetry: Telemetry;
  readonly log: Log;
}

/** The progress names the changes of a plan up to this many, and only counts those of a larger one. */
const maxNamedChanges = 8;

export interface Followed {
  /** What had ended before, of a plan that is continued. */
  readonly known?: readonly ChangeResult[];
  /** Told how many changes that were sent have not ended yet: once the user cancels, and whenever it changes after that. */
  onCancelling?(inFlight: number): void;
}

/** Applies a plan under a notification that says how far it has come, and that the user can cancel: what was sent is waited for then. */
export async function withPlanProgress(
  { telemetry, log }: ProgressOptions,
  azure: Azure,
  plan: Plan,
  work: (options: ApplyOptions) => Promise<readonly ChangeResult[]>,
  { known = [], onCancelling }: Followed = {},
): Promise<readonly ChangeResult[]> {
  const started = performance.now();
  const title = titleIn(azure, plan);
  const apply = async (report: Report, signal: AbortSignal) => {
    const all = plan.changes.length;
    /** Ids of the changes that were sent and have not ended; one may be sent several times. */
    const inFlight = new Set<string>();
    let sent = 0;
    const ended = { ...tallyOf(known) };
    const tellCancelling = () => {
      step = `${localize(cancellingInWords(inFlight.size))} · ${title}`;
      report({ message: step });
      onCancelling?.(inFlight.size);
    };
    signal.addEventListener("abort", tellCancelling, { once: true });
    let step = all > maxNamedChanges ? countsInWords(ended, all) : "";
    report({ message: step });
    const increment = 100 / all;
    const waiting = sayWaits(azure, (sentence) => report({ message: sentence ?? step }));
    try {
      return await work({
        signal,
        onStarted: ({ id, title }) => {
          if (!inFlight.has(id)) sent += 1;
          inFlight.add(id);
          if (signal.aborted) return tellCancelling();
          if (all > maxNamedChanges) return;
          step = vscode.l10n.t("{0} of {1}: {2}", sent, all, localize(title));
          report({ message: step });
        },
        onWaiting: ({ target }) => {
          step = vscode.l10n.t(
            "Waiting for Azure to finish its work on {0}. Cancel to continue later.",
            nameWithSet(target),
          );
          report({ message: step });
        },
        onOutcome: ({ change, outcome }) => {
          log.info(`${inEnglish(change.title)}: ${outcome.status} (${change.kind} ${change.target})`);
          ended[outcome.status === "notStarted" ? "skipped" : outcome.status] += 1;
          const wasInFlight = inFlight.delete(change.id);
          if (signal.aborted) {
            if (wasInFlight) tellCancelling();
          } else if (all > maxNamedChanges) {
            step = countsInWords(ended, all);
            report({ increment, message: step });
          } else report({ increment });
        },
      });
    } finally {
      waiting.dispose();
    }
  };
  const results = await withProgress(title, apply, { finishes: true });
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
