import type { Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Picking, PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { checked } from "../review/check.ts";
import { flowTitle, givenBy, type FlowContext, type FlowStart } from "../engine/context.ts";
import type { Flow, Step } from "../engine/engine.ts";
import { together } from "../associations/parts.ts";
import type { Row } from "../engine/question.ts";
import { reviewOf } from "../review/review.ts";
import { takeThrough } from "../engine/takeThrough.ts";
import { chosenSets, scaleSetSteps, type ScaleSetAnswers, type ScaleSetList } from "./scaleSetSteps.ts";

/** What one flow over scale sets has for itself. */
export interface ScaleSetFlow<A extends ScaleSetAnswers> extends Pick<
  Flow<A>,
  "title" | "prepare" | "load" | "plan" | "turn"
> {
  /** Its drafts are kept apart by it, and by the Azure. */
  readonly id: string;
  /** The sets to choose from. */
  readonly listOf: (snapshot: Snapshot) => ScaleSetList;
  /** What is asked once the sets are chosen. */
  readonly steps?: readonly Step<A>[];
  /** Whether a configuration among the nodes that it was started on is the one that the sets get. */
  readonly takesConfiguration?: true;
  /** What the review shows below the changes and the warnings. */
  details?(plan: Plan, answers: A): readonly Row[];
}

/** Takes the user through a flow about any number of scale sets: which, what else, and the review of a plan that Azure was asked about. */
export function overScaleSets<A extends ScaleSetAnswers>(
  context: FlowContext,
  start: FlowStart,
  { id, title, listOf, steps = [], takesConfiguration, details, ...own }: ScaleSetFlow<A>,
): Promise<Plan | undefined> {
  const { configuration, ...sets } = givenBy(start);
  const given = { ...sets, ...(takesConfiguration && configuration && { configuration }) } as A;
  return takeThrough<A>(
    {
      ...own,
      id: `${id}.${context.azure.origin}`,
      title: flowTitle(context, title),
      given,
      steps: [...scaleSetSteps<A>(context, listOf), ...steps],
      check: (plan, signal, say) => checked(context, plan, signal, say),
      review: (plan, answers) =>
        reviewOf(context, plan, details === undefined ? {} : { details: details(plan, answers) }),
    },
    context,
  );
}

/** The plan that asks the same of each chosen set; `always`: warnings of a plan that changes something. */
export function planOverSets<A extends ScaleSetAnswers>(
  context: FlowContext,
  title: Message,
  answers: A,
  partOf: (set: ScaleSetRecord, picking: Picking) => PlanPart,
  always: readonly Message[] = [],
): Plan {
  const { sets, gone, picking } = chosenSets(context.snapshot(), answers);
  const { changes, leftOut, warnings } = together(sets.map((set) => partOf(set, picking)));
  return planOf(
    title,
    changes,
    [...leftOut, ...gone],
    changes.length === 0 ? warnings : [...always, ...warnings],
  );
}
