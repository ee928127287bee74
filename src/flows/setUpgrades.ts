import { blockers, eligibility } from "../core/eligibility/eligibility.ts";
import { message, type Message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { planOf, setAutomaticUpgrades, type PlanPart, type Picking } from "../core/plans.ts";
import { automaticUpgradesOf } from "../core/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../fleet/snapshot.ts";
import { osImageAssociations } from "./assignments.ts";
import { checked } from "./check.ts";
import { flowTitle, givenBy, type FlowContext } from "./context.ts";
import { together } from "./parts.ts";
import type { Choice } from "./question.ts";
import { reviewOf } from "./review.ts";
import { runFlow } from "./run.ts";
import { scaleSetRow } from "./scaleSetRows.ts";
import { chosenSets, scaleSetSteps, type ScaleSetAnswers } from "./scaleSetSteps.ts";

export interface SetUpgradesStart {
  readonly on: boolean;
  readonly scaleSetIds?: readonly string[];
}

/** Asks for the scale sets whose automatic OS upgrades are to be enabled or disabled. */
export function setUpgradesFlow(
  context: FlowContext,
  { on, scaleSetIds = [] }: SetUpgradesStart,
): Promise<Plan | undefined> {
  const { scaleSets } = givenBy({ scaleSetIds });
  const title = on ? message("Enable Automatic OS Upgrades") : message("Disable Automatic OS Upgrades");
  return runFlow<ScaleSetAnswers>(
    {
      id: `${on ? "enable" : "disable"}AutomaticUpgrades.${context.azure.origin}`,
      title: flowTitle(context, title),
      given: { ...(scaleSets !== undefined && { scaleSets }) },
      steps: scaleSetSteps(context, (snapshot) => {
        const all = [...snapshot.scaleSets.values()];
        const sets = all.filter(({ resource }) => automaticUpgradesOf(resource) !== on);
        return {
          title: message("Scale sets"),
          placeholder: placeholderOf(on, all.length - sets.length),
          sets,
          ...(on && { rowOf: checkedRow }),
        };
      }),
      plan: (answers) => planFor(context, on, answers),
      check: (plan, signal) => checked(context, plan, signal),
      review: (plan) => reviewOf(context, plan),
    },
    context,
  );
}

function placeholderOf(on: boolean, others: number) {
  if (others === 0) {
    return on
      ? message("Which scale sets should be upgraded automatically?")
      : message("Which scale sets should no longer be upgraded automatically?");
  }
  return on
    ? message("Which scale sets? Not listed: {0} where they are on already", others)
    : message("Which scale sets? Not listed: {0} where they are off already", others);
}

/** The row of a set with what Azure would refuse to enable automatic OS upgrades for. */
export function checkedRow(snapshot: Snapshot, set: ScaleSetRecord): Choice {
  const [blocker] = blockers(eligibility(set.resource));
  if (blocker === undefined || set.coverage.managedBy !== undefined) return scaleSetRow(snapshot, set);
  const note = message("Upgrades can't be enabled: {0}", blocker.message);
  return { ...scaleSetRow(snapshot, set, note), icon: "circle-slash" };
}

function planFor(context: FlowContext, on: boolean, answers: ScaleSetAnswers): Plan {
  const snapshot = context.snapshot();
  const { sets, gone, picking } = chosenSets(snapshot, answers);
  const parts = together(sets.map((set) => upgradesPart(snapshot, set, on, picking)));
  const title = on ? message("Enable automatic OS upgrades") : message("Disable automatic OS upgrades");
  return planOf(title, parts.changes, [...parts.leftOut, ...gone], parts.warnings);
}

function upgradesPart(snapshot: Snapshot, set: ScaleSetRecord, on: boolean, picking: Picking): PlanPart {
  const part = setAutomaticUpgrades(set, on, picking);
  const warning = on && part.changes.length > 0 ? openHours(snapshot, set) : undefined;
  return warning === undefined ? part : { ...part, warnings: [...part.warnings, warning] };
}

/** A warning where no window is known to hold the upgrades of the set. */
function openHours(snapshot: Snapshot, set: ScaleSetRecord): Message | undefined {
  if ("unknown" in set.assignments) {
    return message("The associations of {0} are not known: its upgrades may start at any hour.", set.name);
  }
  return osImageAssociations(snapshot, set).length === 0
    ? message("{0} has no maintenance configuration: its upgrades could start at any hour.", set.name)
    : undefined;
}
