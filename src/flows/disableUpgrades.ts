import { message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { setAutomaticUpgrades } from "../core/plans.ts";
import { automaticUpgradesOf } from "../core/scaleSet.ts";
import type { FlowContext, FlowStart } from "./context.ts";
import { overScaleSets, planOverSets } from "./overScaleSets.ts";

/** Asks for the scale sets whose automatic OS upgrades are to be disabled. */
export function disableUpgradesFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  return overScaleSets(context, start, {
    id: "disableAutomaticUpgrades",
    title: message("Disable Automatic OS Upgrades"),
    listOf: (snapshot) => {
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
    },
    plan: (answers) =>
      planOverSets(context, message("Disable automatic OS upgrades"), answers, (set, picking) =>
        setAutomaticUpgrades(set, false, picking),
      ),
  });
}
