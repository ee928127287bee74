import type { Plan } from "../../core/plans/plan.ts";
import { flowTitle, type FlowContext } from "../engine/context.ts";
import type { Flow } from "../engine/engine.ts";
import type { Choice, Row } from "../engine/question.ts";
import { takeThrough } from "../engine/takeThrough.ts";
import { checked } from "./check.ts";
import { FitReview, fitTurn } from "./fit.ts";
import type { Lever } from "./fitRows.ts";
import { reviewOf } from "./review.ts";

/** What one flow has for itself. Its drafts are kept apart by its id, and by the Azure. */
export interface ReviewedFlow<A extends object> extends Omit<Flow<A>, "check" | "review"> {
  /** Other ways that the review offers, each a row whose value `turn` knows. */
  instead?(answers: A): readonly Choice[];
  /** What the review shows first of all: answers, each a row that opens its steps (`opens`). */
  answers?(plan: Plan, answers: A): readonly Row[];
  /** What the review shows below the changes and the warnings: the windows, the scale sets. */
  details?(plan: Plan, answers: A): readonly Row[];
  /** What rows of the review may change so that upgrades fit into their windows; absent where that is not the question. */
  readonly fits?: readonly Lever[];
}

/** Takes the user through a flow that ends with the review of its plan, of which Azure was asked first. */
export function reviewedFlow<A extends object>(
  context: FlowContext,
  { id, title, instead, answers: answerRows, details, fits, ...own }: ReviewedFlow<A>,
): Promise<Plan | undefined> {
  const fit = fits && new FitReview(context, fits);
  return takeThrough<A>(
    {
      ...own,
      id: `${id}.${context.azure.origin}`,
      title: flowTitle(context, title),
      plan: (answers) => fit?.asked(own.plan(answers), answers) ?? own.plan(answers),
      check: async (plan, signal, say) => {
        const complete = await checked(context, (await fit?.fitted(plan, signal)) ?? plan, signal, say);
        await fit?.read(complete, signal);
        return complete;
      },
      review: (plan, answers) =>
        reviewOf(context, plan, {
          answers: answerRows?.(plan, answers),
          instead: instead?.(answers),
          details: [...(fit?.rows(plan, answers) ?? []), ...(details?.(plan, answers) ?? [])],
        }),
      turn: (value, answers) =>
        (fit && (fitTurn(value) as Partial<A> | undefined)) ?? own.turn?.(value, answers),
    },
    context,
  );
}
