import type { Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Picking, PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { givenBy, type FlowContext, type FlowStart } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { onlyNew } from "../configurations/chooseConfiguration.ts";
import { together } from "../associations/parts.ts";
import { reviewedFlow, type ReviewedFlow } from "../review/reviewedFlow.ts";
import { chosenSets, scaleSetSteps, type ScaleSetAnswers, type ScaleSetList } from "./scaleSetSteps.ts";

/** What one flow over scale sets has for itself. */
export interface ScaleSetFlow<A extends ScaleSetAnswers> extends Omit<ReviewedFlow<A>, "given" | "steps"> {
  /** The sets to choose from. */
  readonly listOf: (snapshot: Snapshot) => ScaleSetList;
  /** What is asked once the sets are chosen. */
  readonly steps?: readonly Step<A>[];
  /** Whether a configuration among the nodes that it was started on is the one that the sets get. */
  readonly takesConfiguration?: true;
}

/** Takes the user through a flow about any number of scale sets: which, what else, and the review of a plan that Azure was asked about. */
export function overScaleSets<A extends ScaleSetAnswers>(
  context: FlowContext,
  start: FlowStart,
  { listOf, steps = [], takesConfiguration, ...own }: ScaleSetFlow<A>,
): Promise<Plan | undefined> {
  const { configuration = onlyNew(context.snapshot()), ...sets } = givenBy(start);
  const given = { ...sets, ...(takesConfiguration && configuration && { configuration }) } as A;
  return reviewedFlow<A>(context, {
    ...own,
    given,
    steps: [...scaleSetSteps<A>(context, listOf), ...steps],
  });
}

/** The plan that asks the same of each chosen set; `always`: warnings of a plan that changes something. */
export function planOverSets<A extends ScaleSetAnswers>(
  context: FlowContext,
  title: Message,
  answers: A,
  partOf: (set: ScaleSetRecord, picking: Picking) => PlanPart,
  always: readonly Message[] = [],
): Plan {
  const { sets, missing, picking } = chosenSets(context.snapshot(), answers);
  const { changes, leftOut, warnings } = together(sets.map((set) => partOf(set, picking)));
  return planOf(
    title,
    changes,
    [...leftOut, ...missing],
    changes.length === 0 ? warnings : [...always, ...warnings],
  );
}
