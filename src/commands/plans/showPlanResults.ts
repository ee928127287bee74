import * as vscode from "vscode";
import { Emitter } from "../../core/emitter.ts";
import type { ChangeResult } from "../../core/plans/plan.ts";
import { message, verbatim } from "../../core/text/message.ts";
import { followInterrupted } from "../../fleet/plans/interrupted.ts";
import { type AppliedPlan, resultsLeft, undoneBy } from "../../fleet/plans/planBoard.ts";
import { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { spanInItsZone, spanInZone } from "../../tree/times.ts";
import type { Documents } from "../../ui/documents.ts";
import { localize } from "../../ui/messages.ts";
import type { Pages } from "../../ui/pages.ts";
import { showBoth } from "../../ui/plans/planResults.ts";
import { withProgress } from "../../ui/run.ts";
import type { Handler } from "../handler.ts";
import { connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenPlans, keptPlan, planNow, type KeptPlans } from "./chosenPlan.ts";
import { stepsAfter } from "./planEnd.ts";
import type { Found } from "./planKeeper.ts";
import { resultsOf } from "./shownPlan.ts";
import { describedPlan } from "./describedPlan.ts";

interface Options extends KeptPlans, FleetAccess {
  readonly documents: Documents;
  readonly pages: Pages;
}

type Step = Parameters<Awaited<ReturnType<typeof loadReport>>["planPage"]>[1]["steps"][number];

/** Opens the page with the results of plans, those of the nodes or else one that the user picks. */
export const showPlanResults = (options: Options): Handler => {
  /** What another look at interrupted plans has shown. */
  const looks = new Map<string, readonly ChangeResult[]>();
  const looked = new Emitter();
  return async (nodes) => {
    const question = {
      title: vscode.l10n.t("Show Results of Changes"),
      none: vscode.l10n.t("Nothing has been applied yet"),
      fits: () => true,
    };
    const [first] = nodes;
    if (first !== undefined && "changeId" in first && typeof first.changeId === "string")
      return compare(options, await keptPlan(options, nodes, question), first.changeId);
    for (const applied of await chosenPlans(options, nodes, question)) {
      if (applied.state === "interrupted") looks.set(applied.id, await whereItStands(options, applied));
      looked.fire();
      await show(options, applied.id, looks, looked);
    }
  };
};

async function show(
  { session, store, board, keeper, pages }: Options,
  id: string,
  looks: ReadonlyMap<string, readonly ChangeResult[]>,
  looked: Emitter,
): Promise<void> {
  const azure = await connectedAzure(session);
  const [report, plans, accounts] = await Promise.all([loadReport(), keeper(), session.accounts()]);
  let found = await planNow({ keeper }, id);
  // Of another connection the plan is not shown any more, and its page stays as it is.
  let last = { title: "", html: "" };
  pages.show({
    key: `plan ${id}`,
    commands: report.planCommands.map((name) => `scaleSetMaintenance.${name}`),
    *render(nonce) {
      const clock = clockNow();
      const shown = board.plans.find((plan) => plan.id === id);
      if (shown === undefined) return last;
      const { kept } = found;
      const look = shown.state === "interrupted" ? looks.get(id) : undefined;
      const results = look ?? (shown.state === "ended" ? resultsOf(kept) : shown.results);
      const sources = { kept, results, plans: board.plans, snapshot: store.snapshot, accounts, azure };
      const described = describedPlan({ ...sources, applied: shown });
      const page = {
        plan: described,
        steps: stepsOf(shown, results, board.plans),
        snapshot: store.snapshot,
        now: clock.now,
        wording: {
          say: localize,
          locale: clock.locale,
          zone: clock.zone,
          windowHere: (window: Parameters<typeof spanInZone>[0]) => spanInZone(window, clock),
          windowThere: (window: Parameters<typeof spanInZone>[0]) => spanInItsZone(window, clock),
        },
      };
      const frame = { language: vscode.env.language, nonce };
      const title = vscode.l10n.t("Results: {0}", localize(described.title));
      last = { title, html: yield* report.planPage(frame, page) };
      return last;
    },
    follow: (changed) => {
      const reread = async (): Promise<void> => {
        found = (await plans.find(id).catch(() => undefined)) ?? found;
        changed();
      };
      return vscode.Disposable.from(
        board.onDidChange(() => void reread()),
        looked.event(changed),
        store.onDidChange(changed),
      );
    },
    isUnsettled: () => board.plans.some((plan) => plan.id === id && plan.state === "here"),
  });
}

/** What is offered for the plan as a whole. */
function stepsOf(
  applied: AppliedPlan,
  results: readonly ChangeResult[],
  plans: readonly AppliedPlan[],
): readonly Step[] {
  const targets = [{ kind: "appliedPlan", planId: applied.id }];
  if (applied.state === "interrupted") return [{ command: "resumePlan", label: message("Resume"), targets }];
  if (applied.state !== "ended") return [];
  const left = resultsLeft(applied, plans);
  const isUndone = undoneBy(applied.id, plans) !== undefined;
  return [...stepsAfter({ results, left, isUndone })].map(([title, command]) => ({
    command,
    label: verbatim(title),
    targets,
  }));
}

/** Compares what a change found in Azure with what was reviewed. */
async function compare({ documents }: Options, { kept }: Found, changeId: string): Promise<void> {
  const change = kept.plan.changes.find(({ id }) => id === changeId);
  const outcome = kept.outcomes.get(changeId);
  const problem = outcome !== undefined && "problem" in outcome ? outcome.problem : undefined;
  if (change !== undefined && problem?.compare !== undefined)
    await showBoth(documents, change, problem.compare);
}

/** What became of what was sent is read from Azure; nothing is sent for it. */
async function whereItStands(
  { session, store, keeper }: KeptPlans & FleetAccess,
  { id, plan, results }: AppliedPlan,
): Promise<AppliedPlan["results"]> {
  const azure = await connectedAzure(session);
  const found = await (await keeper()).find(id);
  if (found === undefined) return results;
  const title = vscode.l10n.t("Checking {0}", localize(plan.title));
  return withProgress(title, (_, signal) => followInterrupted(azure, store, found.kept, signal));
}
