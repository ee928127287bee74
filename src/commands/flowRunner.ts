import * as vscode from "vscode";
import type { Azure } from "../azure/contracts.ts";
import { idKey } from "../core/resources/ids.ts";
import type { Plan } from "../core/plans/plan.ts";
import type { Log } from "../core/log.ts";
import { SharedRun } from "../core/sharedRun.ts";
import type { Origin } from "../fleet/plans/planFile.ts";
import type { FleetStore } from "../fleet/store.ts";
import type { FlowContext, FlowStart } from "../flows/engine/context.ts";
import { loadFlows } from "../flows/door.ts";
import type { FleetView } from "../tree/fleet/fleetView.ts";
import type { Documents } from "../ui/documents.ts";
import { isConfirmed } from "../ui/confirm.ts";
import { localize } from "../ui/messages.ts";
import { tallyOf } from "../ui/plans/planReport.ts";
import { now } from "./clock.ts";
import { exportAsCode, sourceOf } from "./code/writtenCode.ts";
import type { Knows } from "./known.ts";
import type { PlanRunner } from "./plans/planRunner.ts";
import { azureKnowing } from "./session/chosenAzure.ts";
import type { Session } from "./session/session.ts";
import { textFrom } from "./textFrom.ts";
import type { EligibilityFactsReader } from "./upgrades/eligibilityFactsReader.ts";

export type Flows = Awaited<ReturnType<typeof loadFlows>>;

/** A flow with what it is started on. */
type StartedFlow = (flows: Flows, context: FlowContext) => Promise<Plan | undefined>;

export interface FlowRun {
  /**
   * Whether what is known of the fleet answers the questions of the flow, which is then taken at once; else the fleet is read first. Never,
   * when absent.
   */
  readonly knows?: Knows;
  /** See `FlowContext`. */
  readonly selected?: FlowStart;
  /** The earlier plan that it retries or undoes. */
  readonly from?: Origin;
}

export interface FlowRunnerOptions {
  readonly session: Session;
  readonly store: FleetStore;
  readonly facts: EligibilityFactsReader;
  readonly documents: Documents;
  readonly fleetView: FleetView;
  /** Where the drafts are kept. */
  readonly storage: vscode.Memento;
  readonly planRunner: PlanRunner;
  readonly log: Log;
}

/** Takes the user through flows, and has the plans applied that are confirmed at their end. */
export class FlowRunner {
  readonly #options: FlowRunnerOptions;

  constructor(options: FlowRunnerOptions) {
    this.#options = options;
  }

  /** Resolves when the plan was applied and its results are shown. */
  async run(flow: StartedFlow, { knows = () => false, selected, from = {} }: FlowRun = {}): Promise<void> {
    const { planRunner } = this.#options;
    const { flows, context } = await this.#begin(knows, selected);
    const { azure, drafts } = context;
    const plan = await flow(flows, context);
    if (plan === undefined) throw new vscode.CancellationError();
    // The answers can be resumed until the plan has been applied as a whole, also by the window after this one.
    await drafts.restore();
    const { failed, changedBySomeoneElse, skipped } = tallyOf(await planRunner.apply(azure, plan, from));
    if (failed + changedBySomeoneElse + skipped === 0) await drafts.forget();
  }

  /** The plan that a flow comes to, without its review: nothing is sent. Throws CancellationError where the user leaves it. */
  async planOf(flow: StartedFlow, { knows = () => false, selected }: FlowRun = {}): Promise<Plan> {
    const { flows, context } = await this.#begin(knows, selected);
    const plan = await flow(flows, { ...context, prompter: flows.withoutReview(context.prompter) });
    if (plan === undefined) throw new vscode.CancellationError();
    return plan;
  }

  async #begin(knows: Knows, selected: FlowStart | undefined) {
    const azure = await azureKnowing(this.#options, knows);
    const flows = await loadFlows();
    const drafts = flows.draftsIn(this.#options.storage);
    const known = { ...this.#contextOf(azure), ...(selected && { selected }) };
    const context = { ...known, prompter: flows.quickPickPrompter(known.showText), drafts };
    return { flows, context };
  }

  #contextOf(azure: Azure): Omit<FlowContext, "prompter" | "drafts"> {
    const { session, store, documents, facts, fleetView, log } = this.#options;
    const read = new SharedRun(() => session.whenRead());
    return {
      snapshot: () => store.snapshot,
      azure,
      now,
      whenRead: (signal) => read.join(signal),
      localZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      showRequests: async (plan) => {
        const requests = await azure.preview(plan);
        await documents.showJson(vscode.l10n.t("Requests"), [...requests.values()]);
      },
      exportAsCode: (plan) =>
        unlessCancelled(exportAsCode(sourceOf(vscode.l10n.t("Export as Code"), azure, plan), log)),
      showText: (title, lines) =>
        documents.showToTheSide(`${localize(title)}.txt`, `${lines.map(localize).join("\n")}\n`),
      confirm: ({ question, detail, yes }) =>
        isConfirmed(localize(question), detail.map(localize), localize(yes)),
      readEligibilityFacts: (ids) =>
        unlessCancelled(facts.readStale(ids.flatMap((id) => store.snapshot.scaleSets.get(idKey(id)) ?? []))),
      textFrom,
      fleetView,
      explain: async (ids) => {
        const targets = ids.map((resourceId) => ({ kind: "scaleSet", resourceId }));
        await vscode.commands.executeCommand("scaleSetMaintenance.explainEligibility", undefined, targets);
      },
    };
  }
}

/** A cancellation ends the work, not the flow: what it would have read stays unknown. */
async function unlessCancelled(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof vscode.CancellationError)) throw error;
  }
}
