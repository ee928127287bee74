import { message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { managerOf, planOf, type PlanPart, type Picking } from "../core/plans.ts";
import { isDeferring } from "../core/scaleSet.ts";
import { approveUpgrade } from "../core/upgradePlans.ts";
import type { ScaleSetRecord } from "../fleet/snapshot.ts";
import { checked } from "./check.ts";
import { flowTitle, givenBy, type FlowContext, type FlowStart } from "./context.ts";
import { leftOut, together } from "./parts.ts";
import { reviewOf } from "./review.ts";
import { runFlow } from "./run.ts";
import { chosenSets, scaleSetSteps, type ScaleSetAnswers } from "./scaleSetSteps.ts";

/** Asks for the scale sets whose deferred upgrade may go on. */
export function approveUpgradeFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const { scaleSets } = givenBy(start);
  return runFlow<ScaleSetAnswers>(
    {
      id: `approveUpgrade.${context.azure.origin}`,
      title: flowTitle(context, message("Approve Deferred Upgrade (experimental)")),
      given: { ...(scaleSets !== undefined && { scaleSets }) },
      steps: scaleSetSteps(context, (snapshot) => {
        const all = [...snapshot.scaleSets.values()];
        const sets = all.filter(({ resource }) => isDeferring(resource));
        return {
          title: message("Scale sets"),
          placeholder: message(
            "Whose upgrade may go on? Not listed: {0} that defer none",
            all.length - sets.length,
          ),
          sets,
        };
      }),
      plan: (answers) => planFor(context, answers),
      check: (plan, signal) => checked(context, plan, signal),
      review: (plan) => reviewOf(context, plan),
    },
    context,
  );
}

function planFor(context: FlowContext, answers: ScaleSetAnswers): Plan {
  const { sets, gone, picking } = chosenSets(context.snapshot(), answers);
  const parts = together(sets.map((set) => approvePart(set, picking)));
  const warnings =
    parts.changes.length === 0
      ? []
      : [
          message("Experimental: Microsoft documents this call in its API, and not how it is used."),
          message(
            "All instances that wait are upgraded then, batch by batch, whether or not a window is open.",
          ),
          ...parts.warnings,
        ];
  const title = message("Approve deferred OS upgrades");
  return planOf(title, parts.changes, [...parts.leftOut, ...gone], warnings);
}

/** Of several sets those that defer nothing are left out; of one Azure is to say it. */
function approvePart(set: ScaleSetRecord, picking: Picking): PlanPart {
  const manager = managerOf(set, picking);
  if (manager !== undefined) return leftOut(set.id, manager);
  if (isDeferring(set.resource)) return { changes: [approveUpgrade(set)], leftOut: [], warnings: [] };
  if (picking.oneByOne !== true)
    return leftOut(set.id, message("Its upgrade policy does not defer upgrades."));
  const warning = message("The upgrade policy of {0} does not defer upgrades: Azure may refuse.", set.name);
  return { changes: [approveUpgrade(set)], leftOut: [], warnings: [warning] };
}
