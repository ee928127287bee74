import { message, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { managerOf, type PlanPart, type Picking } from "../../core/plans/plans.ts";
import { isDeferring } from "../../core/resources/scaleSet.ts";
import { approveUpgrade } from "../../core/plans/upgradePlans.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { listWhere } from "../scaleSets/scaleSetSteps.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import { leftOut } from "../associations/parts.ts";

/** Asks for the scale sets whose deferred upgrade may go on. */
export function approveUpgradeFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  return overScaleSets(context, start, {
    id: "approveUpgrade",
    title: message("Approve Deferred Upgrade (Experimental)"),
    listOf: (snapshot) =>
      listWhere(snapshot, ({ resource }) => isDeferring(resource), message("upgrades not deferred")),
    plan: (answers) =>
      planOverSets(
        context,
        message("Approve Deferred Upgrade (Experimental)"),
        answers,
        approvePart,
        consequences,
      ),
  });
}

const consequences: readonly Message[] = [
  message("Experimental: documented only in Azure's API contract."),
  message("Can continue now, even outside a window. Replaced OS disks can't be restored."),
];

/** Of several sets those that defer nothing are left out; of one Azure is to say it. */
function approvePart(set: ScaleSetRecord, picking: Picking): PlanPart {
  const manager = managerOf(set, picking);
  if (manager !== undefined) return leftOut(set.id, manager);
  if (isDeferring(set.resource)) return { changes: [approveUpgrade(set)], leftOut: [], warnings: [] };
  if (picking.oneByOne !== true)
    return leftOut(set.id, message("Its upgrade policy doesn't defer upgrades."));
  const warning = message("The upgrade policy of {0} doesn't defer upgrades: Azure may refuse.", set.name);
  return { changes: [approveUpgrade(set)], leftOut: [], warnings: [warning] };
}
