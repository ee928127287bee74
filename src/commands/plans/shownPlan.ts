import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import type { AppliedPlan, PlanState } from "../../fleet/plans/planBoard.ts";
import { type KeptPlan, type Origin, saidChange, saidOutcome } from "../../fleet/plans/planFile.ts";

/** A kept plan as the view shows it. */
export function appliedPlan(kept: KeptPlan, state: PlanState): AppliedPlan {
  const { id, begunAt, origin } = kept;
  const shown = shownPlan(kept.plan, resultsOf(kept));
  return { id, at: new Date(begunAt).toISOString(), origin, ...shown, state, ...earlierPlans(kept) };
}

/** The earlier plan that a plan comes from. */
export function earlierPlans({ retries, undoes }: Origin): Origin {
  return { ...(retries && { retries }), ...(undoes && { undoes }) };
}

/** What is known of a plan's changes; of one that has ended, of all of them. */
export function resultsOf({ plan, outcomes, state }: KeptPlan): readonly ChangeResult[] {
  return plan.changes.flatMap((change): ChangeResult[] => {
    const outcome = outcomes.get(change.id);
    if (outcome !== undefined) return [{ change, outcome }];
    return state === "closed" ? [{ change, outcome: { status: "notStarted", why: "windowClosed" } }] : [];
  });
}

/** A plan and its results without what was sent and read. */
export function shownPlan(
  plan: Plan,
  results: readonly ChangeResult[],
): Pick<AppliedPlan, "plan" | "results"> {
  return {
    plan: { ...plan, changes: plan.changes.map(saidChange) },
    results: results.map(({ change, outcome }) => ({
      change: saidChange(change),
      outcome: saidOutcome(outcome),
    })),
  };
}
