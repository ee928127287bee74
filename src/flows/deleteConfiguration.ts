import { nameOf, sameId } from "../core/ids.ts";
import { message, verbatim, type Message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { deleteConfiguration } from "../core/configurationPlans.ts";
import { planOf, setAutomaticUpgrades, type PlanPart } from "../core/plans.ts";
import { automaticUpgradesOf } from "../core/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../fleet/snapshot.ts";
import { opensWindows, osImageAssociations } from "./assignments.ts";
import { checked } from "./check.ts";
import {
  chosenConfiguration,
  chosenWindows,
  configurationChoice,
  type ChosenConfigurationAnswers,
} from "./chooseConfiguration.ts";
import { flowTitle, type FlowContext, type FlowStart } from "./context.ts";
import { dependantRows, dependantsOf, namesOf } from "./dependants.ts";
import type { Step } from "./engine.ts";
import { associationWarnings } from "./limits.ts";
import { associationPart, together } from "./parts.ts";
import { group, type Choice } from "./question.ts";
import { reviewOf } from "./review.ts";
import { section } from "./rows.ts";
import { runFlow } from "./run.ts";
import { givenSubject, Subjects, subjectStep, type SubjectAnswers } from "./subject.ts";

/** `configuration` is where the scale sets move, where they do. */
interface Answers extends SubjectAnswers, ChosenConfigurationAnswers {
  /** What becomes of its scale sets: their upgrades go off (`disable`), they `move`, or nothing (`keep`). */
  readonly dependants?: string;
}

/** Asks for a configuration to delete, and what becomes of the scale sets that it controls. */
export function deleteConfigurationFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  const subjects = new Subjects(context);
  return runFlow<Answers>(
    {
      id: `deleteConfiguration.${context.azure.origin}`,
      title: flowTitle(context, message("Delete Configuration")),
      given: givenSubject(start),
      steps: [
        subjectStep(
          context,
          message("Which configuration should be deleted?"),
          message("There is no OSImage configuration to delete."),
        ),
        dependantsStep(context),
        ...configurationChoice<Answers>(
          context,
          () => undefined,
          ({ dependants }) => dependants === "move",
          ({ id }, { subject = "" }) => !sameId(id, subject),
        ),
      ],
      load: async (answers, signal) => void (await subjects.read(answers, signal)),
      plan: (answers) => planFor(context, subjects, answers),
      check: (plan, signal) => checked(context, plan, signal),
      review: (plan, answers) => reviewOf(context, plan, { details: details(context, answers) }),
    },
    context,
  );
}

function dependantsStep(context: FlowContext): Step<Answers> {
  const known = ({ subject = "" }: Answers) => dependantsOf(context.snapshot(), subject);
  return {
    id: "dependants",
    applies: (answers) => known(answers).sets.length > 0,
    ask: (answers) => {
      const snapshot = context.snapshot();
      const dependants = known(answers);
      const open = dependants.sets.filter((set) => isLeftOpen(snapshot, set, answers));
      return {
        kind: "pick",
        title: message("Scale sets that lose control"),
        placeholder: message(
          "Scale sets that lose their maintenance configuration: {0}. What becomes of them?",
          dependants.sets.length,
        ),
        rows: [
          ...wayRows(open, dependants.sets),
          group(message("Scale sets that lose control")),
          ...dependantRows(snapshot, dependants),
        ],
      };
    },
  };
}

/** `open`: those of `sets` whose automatic OS upgrades could then start at any hour. */
function wayRows(open: readonly ScaleSetRecord[], sets: readonly ScaleSetRecord[]): readonly Choice[] {
  const way = (value: string, icon: string, label: Message, more: Partial<Choice> = {}): Choice => ({
    kind: "choice",
    value,
    icon,
    label,
    ...more,
  });
  const move = way("move", "arrow-right", message("Move them to another configuration first…"), {
    detail: verbatim(namesOf(sets)),
  });
  if (open.length === 0) {
    const keep = way(
      "keep",
      "trash",
      message("Delete it: no automatic OS upgrades are left without a window"),
    );
    return [keep, move];
  }
  return [
    way("disable", "debug-pause", message("Disable their automatic OS upgrades first"), {
      description: message("recommended"),
      detail: verbatim(namesOf(open)),
    }),
    move,
    way("keep", "warning", message("Delete it all the same"), {
      detail: message("Automatic OS upgrades can then start at any hour: {0}", namesOf(open)),
    }),
  ];
}

/** Whether automatic OS upgrades of the set could start at any hour once the configuration is gone. */
function isLeftOpen(snapshot: Snapshot, set: ScaleSetRecord, { subject = "" }: Answers): boolean {
  const others = osImageAssociations(snapshot, set).filter((one) => !sameId(one.configurationId, subject));
  return automaticUpgradesOf(set.resource) && !others.some(opensWindows);
}

function planFor(context: FlowContext, subjects: Subjects, answers: Answers): Plan {
  const { subject = "", dependants } = answers;
  const snapshot = context.snapshot();
  const { sets, gaps } = dependantsOf(snapshot, subject);
  const open = sets.filter((set) => isLeftOpen(snapshot, set, answers));
  const picking = { oneByOne: sets.length === 1 };
  const target = dependants === "move" ? chosenConfiguration(context, answers) : undefined;
  const partOf = (set: ScaleSetRecord): PlanPart =>
    target === undefined
      ? setAutomaticUpgrades(set, false, picking)
      : associationPart(snapshot, set, target, picking);
  const prepared = dependants === "disable" ? open : dependants === "move" ? sets : [];
  const parts = prepared.map(partOf);
  const { changes, leftOut, warnings } = together(parts);
  const failing = prepared.filter((set, index) => open.includes(set) && parts[index]?.changes.length === 0);
  const isUsed = changes.some(({ kind }) => kind === "associate");
  const title = message("Delete maintenance configuration {0}", nameOf(subject));
  const before = isUsed && target !== undefined ? target.changes : [];
  const all = [...before, ...changes];
  const more =
    isUsed && target !== undefined
      ? [...target.warnings, ...warnings, ...associationWarnings(snapshot, changes)]
      : warnings;
  if (failing.length > 0) {
    const reason = message(
      "It is not deleted: the automatic OS upgrades of {0} could then start at any hour. Change these one by one, or go back and choose to delete it all the same.",
      namesOf(failing),
    );
    return planOf(title, all, [{ target: subject, reason }, ...leftOut], more);
  }
  return planOf(title, [...all, deleteConfiguration(subjects.known(answers))], leftOut, [
    ...(dependants === "keep" && open.length > 0
      ? [message("Automatic OS upgrades of {0} stay on and can start at any hour.", namesOf(open))]
      : []),
    message("Azure refuses the name {0} for about 20 minutes after its deletion.", nameOf(subject)),
    ...gaps,
    ...more,
  ]);
}

function details(context: FlowContext, answers: Answers) {
  const snapshot = context.snapshot();
  const { subject = "", dependants } = answers;
  return [
    ...(dependants === "move" ? chosenWindows(context, answers) : []),
    ...section(
      message("Scale sets that lose control"),
      // The gaps are among the warnings.
      dependantRows(snapshot, { ...dependantsOf(snapshot, subject), gaps: [] }),
    ),
  ];
}
