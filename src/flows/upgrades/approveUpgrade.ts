import { message, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { managerOf, type PlanPart, type Picking } from "../../core/plans/plans.ts";
import { isDeferring } from "../../core/resources/scaleSet.ts";
import { approveUpgrade } from "../../core/plans/upgradePlans.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import { leftOut } from "../associations/parts.ts";

/** Asks for the scale sets whose deferred upgrade may go on. */
export function approveUpgradeFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  return overScaleSets(context, start, {
    id: "approveUpgrade",
    title: message("Approve Deferred Upgrade (Experimental)"),
    listOf: (snapshot) => {
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
    },
    plan: (answers) =>
      planOverSets(context, message("Approve deferred OS upgrades"), answers, approvePart, consequences),
  });
}

const consequences: readonly Message[] = [
  message("Experimental: Microsoft documents this call in its API, and not how it is used."),
  message("All instances that wait are upgraded then, batch by batch, whether or not a window is open."),
];

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
