import { message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { planOf, setAutomaticUpgrades } from "../core/plans.ts";
import { automaticUpgradesOf } from "../core/scaleSet.ts";
import { checked } from "./check.ts";
import { flowTitle, givenBy, type FlowContext, type FlowStart } from "./context.ts";
import { together } from "./parts.ts";
import { reviewOf } from "./review.ts";
import { runFlow } from "./run.ts";
import { chosenSets, scaleSetSteps, type ScaleSetAnswers } from "./scaleSetSteps.ts";

/** Asks for the scale sets whose automatic OS upgrades are to be disabled. */
export function disableUpgradesFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const { scaleSets } = givenBy(start);
  return runFlow<ScaleSetAnswers>(
    {
      id: `disableAutomaticUpgrades.${context.azure.origin}`,
      title: flowTitle(context, message("Disable Automatic OS Upgrades")),
      given: { ...(scaleSets !== undefined && { scaleSets }) },
      steps: scaleSetSteps(context, (snapshot) => {
        const all = [...snapshot.scaleSets.values()];
        const sets = all.filter(({ resource }) => automaticUpgradesOf(resource));
        const others = all.length - sets.length;
        return {
          title: message("Scale sets"),
          placeholder:
            others === 0
              ? message("Which scale sets should no longer be upgraded automatically?")
              : message("Which scale sets? Not listed: {0} where they are off already", others),
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
  const parts = together(sets.map((set) => setAutomaticUpgrades(set, false, picking)));
  return planOf(
    message("Disable automatic OS upgrades"),
    parts.changes,
    [...parts.leftOut, ...gone],
    parts.warnings,
  );
}
