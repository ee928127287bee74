import * as vscode from "vscode";
import type { Azure } from "../azure/contracts.ts";
import { idKey } from "../core/ids.ts";
import { inEnglish } from "../core/message.ts";
import type { ChangeResult, Plan } from "../core/plan.ts";
import { applyPlan } from "../fleet/apply.ts";
import type { FlowContext } from "../flows/context.ts";
import { loadFlows } from "../flows/door.ts";
import { localize } from "../ui/messages.ts";
import { tallyOf } from "../ui/planReport.ts";
import { withProgress } from "../ui/run.ts";
import { chosenAzure } from "./chosenAzure.ts";
import { endPlan } from "./planEnd.ts";
import type { Tools } from "./tools.ts";
import { sayWaits } from "./waiting.ts";

export type Flows = Awaited<ReturnType<typeof loadFlows>>;

/** Takes the user through a flow, applies the plan that she confirms and shows what became of it. */
export async function runFlow(
  tools: Tools,
  flow: (flows: Flows, context: FlowContext) => Promise<Plan | undefined>,
): Promise<void> {
  const azure = await chosenAzure(tools.session);
  const flows = await loadFlows();
  const drafts = flows.draftsIn(tools.storage);
  const plan = await flow(flows, { ...contextOf(tools, azure), prompter: flows.quickPickPrompter, drafts });
  if (plan === undefined) throw new vscode.CancellationError();
  // The answers can be resumed until the plan has been applied as a whole, also by the window after this one.
  await drafts.restore();
  const results = await apply(tools, azure, plan);
  const { failed, skipped } = tallyOf(results);
  if (failed + skipped === 0) await drafts.forget();
  endPlan(tools, azure, plan, results);
}

function contextOf(
  { store, documents, facts }: Tools,
  azure: Azure,
): Omit<FlowContext, "prompter" | "drafts"> {
  return {
    snapshot: () => store.snapshot,
    azure,
    now: () => `${new Date().toISOString().slice(0, 19)}Z`,
    localZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    showRequests: async (plan) => {
      const requests = await azure.preview(plan);
      await documents.showJson(vscode.l10n.t("Requests"), [...requests.values()]);
    },
    showText: (title, lines) =>
      documents.show(`${localize(title)}.txt`, `${lines.map(localize).join("\n")}\n`),
    readFacts: (ids) =>
      unlessCancelled(facts.readStale(ids.flatMap((id) => store.snapshot.scaleSets.get(idKey(id)) ?? []))),
    explain: async (ids) => {
      const targets = ids.map((resourceId) => ({ kind: "scaleSet", resourceId }));
      await vscode.commands.executeCommand("scaleSetMaintenance.explainEligibility", undefined, targets);
    },
  };
}

/** What the user does not wait for stays unknown. */
async function unlessCancelled(reading: Promise<void>): Promise<void> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof vscode.CancellationError)) throw error;
  }
}

/** The changes of so many are told one by one while they are sent; of more there are counts. */
const told = 8;

function countsInWords({ done, failed }: { readonly done: number; readonly failed: number }, all: number) {
  const locale = vscode.env.language;
  const [some, total] = [done.toLocaleString(locale), all.toLocaleString(locale)];
  return failed === 0
    ? vscode.l10n.t("{0} of {1} done", some, total)
    : vscode.l10n.t("{0} of {1} done, {2} failed", some, total, failed.toLocaleString(locale));
}

async function apply(
  { store, sandbox, journal, telemetry, log }: Tools,
  azure: Azure,
  plan: Plan,
): Promise<readonly ChangeResult[]> {
  const started = performance.now();
  const results = await withProgress(titleIn(azure, plan), async (report, signal) => {
    const all = plan.changes.length;
    let sent = 0;
    let step = "";
    const ended = { done: 0, failed: 0 };
    const increment = 100 / all;
    const waiting = sayWaits(azure, (sentence) => report({ message: sentence ?? step }));
    try {
      return await applyPlan(azure, store, plan, {
        signal,
        // The sandbox in this process ends with the window, and everything in it.
        journal: azure.origin === "sandbox" && sandbox.isInProcess ? undefined : journal,
        onStarted: ({ title }) => {
          sent += 1;
          if (all > told) return;
          step = vscode.l10n.t("{0} of {1}: {2}", sent, all, localize(title));
          report({ message: step });
        },
        onOutcome: ({ change, outcome }) => {
          log.info(`${inEnglish(change.title)}: ${outcome.status} (${change.kind} ${change.target})`);
          if (outcome.status === "done" || outcome.status === "failed") ended[outcome.status] += 1;
          if (all > told) step = countsInWords(ended, all);
          report({ increment, ...(all > told && { message: step }) });
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

function titleIn({ origin }: Azure, { title }: Plan): string {
  return origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", localize(title)) : localize(title);
}
