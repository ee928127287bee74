import * as vscode from "vscode";
import type { Azure } from "../azure/contracts.ts";
import { idKey } from "../core/resources/ids.ts";
import type { ChangeResult, Plan } from "../core/plans/plan.ts";
import { applyPlan } from "../fleet/plans/applyPlan.ts";
import type { Origin } from "../fleet/plans/planFile.ts";
import type { FlowContext } from "../flows/engine/context.ts";
import { loadFlows } from "../flows/door.ts";
import { localize } from "../ui/messages.ts";
import { tallyOf } from "../ui/plans/planReport.ts";
import { withPlanProgress } from "./plans/planProgress.ts";
import { chosenAzure } from "./session/chosenAzure.ts";
import { endPlan } from "./plans/planEnd.ts";
import { textFrom } from "./textFrom.ts";
import type { Tools } from "./tools.ts";

export type Flows = Awaited<ReturnType<typeof loadFlows>>;

/** Takes the user through a flow, applies the plan that she confirms and shows what became of it. */
export async function runFlow(
  tools: Tools,
  flow: (flows: Flows, context: FlowContext) => Promise<Plan | undefined>,
  from: Origin = {},
): Promise<void> {
  const azure = await chosenAzure(tools.session);
  const flows = await loadFlows();
  const drafts = flows.draftsIn(tools.storage);
  const plan = await flow(flows, { ...contextOf(tools, azure), prompter: flows.quickPickPrompter, drafts });
  if (plan === undefined) throw new vscode.CancellationError();
  // The answers can be resumed until the plan has been applied as a whole, also by the window after this one.
  await drafts.restore();
  const { failed, skipped } = tallyOf(await applyAndTell(tools, azure, plan, from));
  if (failed + skipped === 0) await drafts.forget();
}

function contextOf(
  { store, documents, facts, fleetView }: Tools,
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
    textFrom,
    fleetView,
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

/** Applies a confirmed plan, kept in the journal, and shows what became of it. */
export async function applyAndTell(
  tools: Tools,
  azure: Azure,
  plan: Plan,
  from: Origin = {},
): Promise<readonly ChangeResult[]> {
  const run = await (await tools.keeper()).begin(azure, plan, from);
  try {
    const results = await withPlanProgress(tools, azure, plan, (options) =>
      applyPlan(azure, tools.store, plan, { ...options, run }),
    );
    endPlan(tools, azure, { id: run.id, plan, results });
    return results;
  } finally {
    await run.close();
  }
}
