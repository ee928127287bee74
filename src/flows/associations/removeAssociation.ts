import { nameOf } from "../../core/resources/ids.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { dissociateWhile } from "../../core/plans/kinds/dissociate.ts";
import { managerOf, setAutomaticUpgrades } from "../../core/plans/plans.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { opensWindows, osImageAssociations, removalConditions, type Association } from "./assignments.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { overScaleSets } from "../scaleSets/overScaleSets.ts";
import { leftOut, together, unknownAssignments } from "./parts.ts";
import type { Choice } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { scaleSetRow } from "../scaleSets/scaleSetRows.ts";
import { chosenSets, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";
import {
  setsIn,
  windowsUpdateRows,
  windowsUpdateTurn,
  withWindowsUpdate,
  type WindowsUpdateAnswers,
} from "../upgrades/windowsUpdate.ts";

interface Answers extends ScaleSetAnswers, WindowsUpdateAnswers {
  /** Ids of the associations to remove, where a set has more than one. */
  readonly associations?: readonly string[];
  /** What becomes of automatic OS upgrades of sets that end without a configuration: `disable` or `keep`. */
  readonly upgrades?: string;
}

/** Asks for scale sets whose association goes, and what becomes of their automatic OS upgrades. */
export function removeAssociationFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  return overScaleSets<Answers>(context, start, {
    id: "removeAssociation",
    title: message("Remove Association"),
    listOf: (snapshot) => ({
      sets: [...snapshot.scaleSets.values()].filter((set) => osImageAssociations(snapshot, set).length > 0),
    }),
    steps: [associationsStep(context), upgradesStep(context)],
    plan: (answers) => planFor(context, answers),
    details: (plan) => windowsUpdateRows(plan, setsIn(context.snapshot())),
    turn: windowsUpdateTurn,
  });
}

interface Removal {
  readonly set: ScaleSetRecord;
  /** Why it is left out where another service manages it. */
  readonly manager: Message | undefined;
  readonly associations: readonly Association[];
  /** Its other associations, which stay. */
  readonly rest: readonly Association[];
  /** Whether its automatic OS upgrades could then start at any hour. */
  readonly isLeftOpen: boolean;
}

function removalsOf(snapshot: Snapshot, answers: Answers): readonly Removal[] {
  const { sets, picking } = chosenSets(snapshot, answers);
  const picked = new Set(answers.associations);
  return sets.map((set) => {
    const all = osImageAssociations(snapshot, set);
    const goes = ({ id }: Association) => all.length === 1 || picked.has(id);
    const manager = managerOf(set, picking);
    const associations = manager === undefined ? all.filter(goes) : [];
    const rest = all.filter((one) => !goes(one));
    const keepsWindow = rest.some(opensWindows);
    const isLeftOpen = associations.length > 0 && !keepsWindow && automaticUpgradesOf(set.resource);
    return { set, manager, associations, rest, isLeftOpen };
  });
}

function associationsStep(context: FlowContext): Step<Answers> {
  const ambiguous = (answers: Answers) => {
    const snapshot = context.snapshot();
    return chosenSets(snapshot, answers).sets.filter((set) => osImageAssociations(snapshot, set).length > 1);
  };
  return {
    id: "associations",
    applies: (answers) => ambiguous(answers).length > 0,
    ask: (answers) => {
      const snapshot = context.snapshot();
      return {
        kind: "pick",
        title: message("Choose associations"),
        placeholder: message("Some scale sets have several associations: select what to remove"),
        many: { none: message("Select at least one association (Space)") },
        rows: ambiguous(answers).flatMap((set) =>
          osImageAssociations(snapshot, set).map((one): Choice => ({
            ...scaleSetRow(snapshot, set),
            value: one.id,
            icon: "link",
            label: message("{0}: {1}", set.name, nameOf(one.configurationId)),
            description: one.configuration?.schedule?.words,
          })),
        ),
      };
    },
  };
}

function upgradesStep(context: FlowContext): Step<Answers> {
  const open = (answers: Answers) =>
    removalsOf(context.snapshot(), answers).filter(({ isLeftOpen }) => isLeftOpen);
  return {
    id: "upgrades",
    applies: (answers) => open(answers).length > 0,
    ask: (answers) => {
      const names = verbatim(
        open(answers)
          .map(({ set }) => set.name)
          .join(", "),
      );
      return {
        kind: "pick",
        title: message("Automatic OS upgrades"),
        placeholder: message("Without a maintenance window, automatic OS upgrades can start at any time."),
        rows: [
          choice("disable", "debug-pause", message("Turn off automatic OS upgrades first"), {
            description: message("recommended"),
            detail: names,
          }),
          choice("keep", "warning", message("Keep automatic OS upgrades on"), { detail: names }),
        ],
      };
    },
  };
}

function planFor(context: FlowContext, answers: Answers): Plan {
  const snapshot = context.snapshot();
  const { missing } = chosenSets(snapshot, answers);
  const parts = together(removalsOf(snapshot, answers).map((removal) => removalPart(removal, answers)));
  const title = message("Remove Association");
  return planOf(title, parts.changes, [...parts.leftOut, ...missing], parts.warnings);
}

function removalPart(removal: Removal, answers: Answers): PlanPart {
  const { set, manager, associations, rest, isLeftOpen } = removal;
  if ("unknown" in set.assignments) return unknownAssignments(set);
  if (manager !== undefined) return leftOut(set.id, manager);
  if (associations.length === 0) return leftOut(set.id, message("No association to remove."));
  const staysOn = isLeftOpen && answers.upgrades === "keep";
  const conditions = staysOn ? [] : removalConditions(set, rest);
  const removed: PlanPart = {
    changes: associations.map(({ assignment }) => dissociateWhile(assignment, ...conditions)),
    leftOut: [],
    warnings: staysOn
      ? [message("Automatic OS upgrades of {0} stay on and can start at any time.", set.name)]
      : [],
  };
  if (!isLeftOpen || staysOn) return removed;
  const disabling = setAutomaticUpgrades(set, false, { oneByOne: true });
  return together([withWindowsUpdate(disabling, () => set, answers), removed]);
}
