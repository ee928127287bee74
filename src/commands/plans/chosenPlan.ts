import * as vscode from "vscode";
import { message } from "../../core/text/message.ts";
import type { ChangeResult } from "../../core/plans/plan.ts";
import { resultsLeft, type AppliedPlan, type PlanBoard } from "../../fleet/plans/planBoard.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { planStateInWords } from "../../tree/activity/planState.ts";
import { Failure } from "../../ui/failure.ts";
import { localize } from "../../ui/messages.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import type { Found, PlanKeeper } from "./planKeeper.ts";

export interface KeptPlans {
  /** The plans that are shown. */
  readonly board: PlanBoard;
  keeper(): Promise<PlanKeeper>;
}

/** What is asked where no plan is given. */
export interface PlanQuestion {
  /** The title of the command that asks. */
  readonly title: string;
  /** Shown where there is nothing to choose from. */
  readonly none: string;
  readonly fits: (plan: AppliedPlan) => boolean;
}

export interface EndedPlanQuestion extends Omit<PlanQuestion, "fits"> {
  /** Whether the results of a plan that no later plan takes up are what it is about. */
  readonly fits: (left: readonly ChangeResult[]) => boolean;
}

/** The plans of the nodes, or else one that the user picks of those that fit. */
export async function chosenPlans(
  { board, keeper }: KeptPlans,
  nodes: readonly TreeNode[],
  question: PlanQuestion,
): Promise<readonly AppliedPlan[]> {
  const ids = new Set(nodes.flatMap((node) => (node.kind === "appliedPlan" ? [node.planId] : [])));
  const given = board.plans.filter(({ id }) => ids.has(id));
  if (given.length > 0) return given;
  await (await keeper()).refresh();
  return [await pickedPlan(board.plans.filter(question.fits), question)];
}

/** The same of one plan, as it is kept. */
export async function keptPlan(
  kept: KeptPlans,
  nodes: readonly TreeNode[],
  question: PlanQuestion,
): Promise<Found> {
  const [chosen] = await chosenPlans(kept, nodes, question);
  return planNow(kept, chosen?.id ?? "");
}

/** The plan of this id, as it is kept. Throws Failure where it is not kept any more. */
export async function planNow({ keeper }: Pick<KeptPlans, "keeper">, id: string): Promise<Found> {
  const found = await (await keeper()).find(id);
  if (found !== undefined) return found;
  throw new Failure({
    kind: "notFound",
    summary: message("These changes are no longer saved."),
    wayOut: message("See the Activity view."),
  });
}

/** The same of one that has ended. Throws Failure where it has not. */
export async function endedPlan(
  kept: KeptPlans,
  nodes: readonly TreeNode[],
  { fits, ...question }: EndedPlanQuestion,
): Promise<Found> {
  const found = await keptPlan(kept, nodes, {
    ...question,
    fits: (applied) => applied.state === "ended" && fits(resultsLeft(applied, kept.board.plans)),
  });
  if (found.state === "ended") return found;
  throw new Failure({
    kind: "conflict",
    summary: message("These changes haven't finished."),
    wayOut: message("See the Activity view."),
  });
}

async function pickedPlan(
  plans: readonly AppliedPlan[],
  { title, none }: PlanQuestion,
): Promise<AppliedPlan> {
  const items = plans.map((applied) => ({
    label: localize(applied.plan.title),
    description: localize(planStateInWords(applied)),
    detail: new Date(applied.at).toLocaleString(vscode.env.language),
    applied,
  }));
  const chosen = await pickOne(items, {
    title,
    placeHolder: items.length === 0 ? none : vscode.l10n.t("Choose changes"),
  });
  return chosen.applied;
}
