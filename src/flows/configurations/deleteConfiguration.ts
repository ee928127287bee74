import { idKey, nameOf, sameId } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Condition } from "../../core/plans/change.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { deleteConfiguration } from "../../core/plans/kinds/deleteConfiguration.ts";
import { setAutomaticUpgrades } from "../../core/plans/plans.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import { planOf, plansTogether } from "../../core/plans/planNeeds.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import {
  associationsOf,
  opensWindows,
  osImageAssociations,
  type Association,
} from "../associations/assignments.ts";
import {
  chosenConfiguration,
  chosenWindows,
  configurationChoice,
  newConfigurationRows,
  type ChosenConfiguration,
  type ChosenConfigurationAnswers,
} from "./chooseConfiguration.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { dependantRows, dependantsOf, namesOf, rowsByConfiguration, type Dependants } from "./dependants.ts";
import type { Step } from "../engine/engine.ts";
import { associationWarnings } from "./limits.ts";
import { associationPart, together } from "../associations/parts.ts";
import { group, type Choice, type Fact } from "../engine/question.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { choice, fact, section } from "../engine/rows.ts";
import {
  setsIn,
  windowsUpdateRows,
  windowsUpdateTurn,
  withWindowsUpdate,
  type WindowsUpdateAnswers,
} from "../upgrades/windowsUpdate.ts";
import { givenSubject, Subjects, subjectStep, type SubjectAnswers } from "./subject.ts";

/** `configuration` is where the scale sets move, where they do. */
interface Answers extends SubjectAnswers, ChosenConfigurationAnswers, WindowsUpdateAnswers {
  /** Ids of several configurations, in place of the one subject. */
  readonly subjects?: readonly string[];
  /** What becomes of their scale sets: their upgrades go off (`disable`), they `move`, or nothing (`keep`). */
  readonly dependants?: string;
}

const idsOf = ({ subject, subjects = subject === undefined ? [] : [subject] }: Answers) => subjects;

/** Asks for a configuration to delete, unless it was started on one or several, and what becomes of the scale sets that they control. */
export function deleteConfigurationFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  const subjects = new Subjects(context);
  const { configurationIds = [] } = start;
  const isOther = ({ id }: { readonly id: string }, answers: Answers) =>
    !idsOf(answers).some((one) => sameId(one, id));
  return reviewedFlow<Answers>(context, {
    id: "deleteConfiguration",
    title: message("Delete Configuration"),
    given: configurationIds.length > 1 ? { subjects: configurationIds } : givenSubject(start),
    steps: [
      {
        ...subjectStep(context, message("No maintenance configurations for OS images found")),
        applies: ({ subjects: several }: Answers) => several === undefined,
      },
      dependantsStep(context),
      ...configurationChoice<Answers>(context, {
        setsOf: (answers) => dependantsOf(context.snapshot(), ...osImageOf(context.snapshot(), answers)).sets,
        wanted: ({ dependants }) => dependants === "move",
        offers: isOther,
      }),
    ],
    load: (answers, signal) => subjects.readAll(idsOf(answers), signal),
    plan: (answers) => planFor(context, subjects, answers),
    answers: (plan, answers) => newConfigurationRows(context, plan, answers),
    details: (plan, answers) => [
      ...windowsUpdateRows(plan, setsIn(context.snapshot())),
      ...details(context, answers),
    ],
    turn: windowsUpdateTurn,
  });
}

function dependantsStep(context: FlowContext): Step<Answers> {
  const known = (answers: Answers) =>
    dependantsOf(context.snapshot(), ...osImageOf(context.snapshot(), answers));
  return {
    id: "dependants",
    applies: (answers) => known(answers).sets.length > 0,
    ask: (answers) => {
      const snapshot = context.snapshot();
      const dependants = known(answers);
      const open = dependants.sets.filter((set) => isLeftOpen(snapshot, set, answers));
      return {
        kind: "pick",
        title: message("Affected scale sets"),
        placeholder: message("Deleting removes the maintenance window of the scale sets below"),
        rows: [
          ...wayRows(open, dependants.sets),
          group(message("Affected scale sets")),
          ...attachedRows(snapshot, answers, dependants),
        ],
      };
    },
  };
}

/** What is attached to the configuration, or to each of several, and what may be missing from that. */
function attachedRows(snapshot: Snapshot, answers: Answers, { sets, gaps }: Dependants): readonly Fact[] {
  const ids = osImageOf(snapshot, answers);
  return ids.length > 1
    ? [...rowsByConfiguration(snapshot, ids), ...gaps.map((gap) => fact("warning", gap))]
    : dependantRows(snapshot, { sets, gaps });
}

/** `open`: those of `sets` whose automatic OS upgrades could then start at any time. */
function wayRows(open: readonly ScaleSetRecord[], sets: readonly ScaleSetRecord[]): readonly Choice[] {
  const move = choice("move", "arrow-right", message("Move scale sets to another configuration first…"), {
    detail: verbatim(namesOf(sets)),
  });
  if (open.length === 0) {
    const keep = choice("keep", "trash", message("Delete"), {
      detail: message("No automatic OS upgrades remain on without a window."),
    });
    return [keep, move];
  }
  return [
    choice("disable", "debug-pause", message("Turn off automatic OS upgrades first"), {
      description: message("recommended"),
      detail: verbatim(namesOf(open)),
    }),
    move,
    choice("keep", "warning", message("Delete anyway"), {
      detail: message("Automatic OS upgrades of {0} stay on and can start at any time.", namesOf(open)),
    }),
  ];
}

/** Those of the subjects that are about OS images, or are not known. */
function osImageOf({ configurations }: Snapshot, answers: Answers): readonly string[] {
  return idsOf(answers).filter((id) => {
    const record = configurations.get(idKey(id));
    return record === undefined || isOsImage(record.resource);
  });
}

/** Whether automatic OS upgrades of the set could start at any time once the configurations are deleted. */
function isLeftOpen(snapshot: Snapshot, set: ScaleSetRecord, answers: Answers): boolean {
  return automaticUpgradesOf(set.resource) && losesWindow(snapshot, set, answers);
}

function losesWindow(snapshot: Snapshot, set: ScaleSetRecord, answers: Answers): boolean {
  const others = osImageAssociations(snapshot, set).filter(
    (one) => !idsOf(answers).some((id) => sameId(one.configurationId, id)),
  );
  return !others.some(opensWindows);
}

function planFor(context: FlowContext, subjects: Subjects, answers: Answers): Plan {
  const snapshot = context.snapshot();
  const ids = idsOf(answers);
  const wanted = osImageOf(snapshot, answers);
  const { gaps, sets } = dependantsOf(snapshot, ...wanted);
  const open = sets.filter((set) => isLeftOpen(snapshot, set, answers));
  const [only, second] = wanted;
  const title =
    only !== undefined && second === undefined
      ? message("Delete maintenance configuration {0}", nameOf(only))
      : message("Delete {0} maintenance configurations", wanted.length);
  const target = answers.dependants === "move" ? chosenConfiguration(context, answers) : undefined;
  const plans = wanted.map((id) => {
    const unread = subjects.unread(id);
    return unread === undefined
      ? planForOne(context, subjects.known({ subject: id }), answers, target)
      : planOf(title, [], [{ target: id, reason: unread }]);
  });
  const together = plansTogether(title, plans);
  const isUsed = together.changes.some(({ kind }) => kind === "associate");
  const otherScope = message("Not for OS image upgrades. Change it in the portal.");
  return {
    ...together,
    leftOut: [
      ...together.leftOut,
      ...ids.filter((id) => !wanted.includes(id)).map((id) => ({ target: id, reason: otherScope })),
    ],
    warnings: [
      ...(answers.dependants === "keep" && open.length > 0
        ? [message("Automatic OS upgrades of {0} stay on and can start at any time.", namesOf(open))]
        : []),
      ...gaps,
      ...together.warnings,
      ...(target === undefined || !isUsed
        ? []
        : [...target.warnings, ...associationWarnings(snapshot, together.changes)]),
    ],
  };
}

/** The deletion of one configuration, after what is done for the sake of its scale sets. */
function planForOne(
  context: FlowContext,
  subject: JsonObject,
  answers: Answers,
  target: ChosenConfiguration | undefined,
): Plan {
  const snapshot = context.snapshot();
  const id = textAt(subject, "id") ?? "";
  const { sets } = dependantsOf(snapshot, id);
  const open = sets.filter((set) => isLeftOpen(snapshot, set, answers));
  const picking = { oneByOne: sets.length === 1 };
  const partOf = (set: ScaleSetRecord): PlanPart =>
    target === undefined
      ? withWindowsUpdate(setAutomaticUpgrades(set, false, picking), setsIn(snapshot), answers)
      : associationPart(snapshot, set, target, picking);
  const prepared = answers.dependants === "disable" ? open : target === undefined ? [] : sets;
  const parts = prepared.map(partOf);
  const { changes, leftOut, warnings } = together(parts);
  const failing = prepared.filter((set, index) => open.includes(set) && parts[index]?.changes.length === 0);
  const isUsed = changes.some(({ kind }) => kind === "associate");
  const title = message("Delete maintenance configuration {0}", nameOf(id));
  const all = [...(isUsed && target !== undefined ? target.changes : []), ...changes];
  if (failing.length > 0) {
    const reason = message(
      "Not deleted: upgrades of {0} could start at any time. Change these scale sets first, or go back and choose “Delete anyway”.",
      namesOf(failing),
    );
    return planOf(title, all, [{ target: id, reason }, ...leftOut], warnings);
  }
  const isRemoved = ({ id: assignment }: Association) =>
    all.some(({ kind, target: removed }) => kind === "dissociate" && sameId(removed, assignment));
  const isMoved = ({ id: set }: ScaleSetRecord) =>
    all.some((one) => one.kind === "associate" && sameId(subjectOf(one), set));
  const takenAlong = sets
    .flatMap((set) => associationsOf(snapshot, set))
    .filter((one) => sameId(one.configurationId, id) && !isRemoved(one))
    .map(({ assignment }) => assignment);
  const asked = sets.map((set) => set.id);
  const staysOn = (set: ScaleSetRecord) => answers.dependants === "keep" && open.includes(set);
  const stayOff = sets
    .filter((set) => losesWindow(snapshot, set, answers) && !staysOn(set) && !isMoved(set))
    .map((set): Condition => ({ is: "off", id: set.id }));
  const deletion = deleteConfiguration(subject, takenAlong, asked, stayOff);
  return planOf(title, [...all, deletion], leftOut, warnings);
}

function details(context: FlowContext, answers: Answers) {
  const snapshot = context.snapshot();
  return [
    ...(answers.dependants === "move" ? chosenWindows(context, answers) : []),
    ...section(
      message("Affected scale sets"),
      // The gaps are among the warnings.
      attachedRows(snapshot, answers, {
        ...dependantsOf(snapshot, ...osImageOf(snapshot, answers)),
        gaps: [],
      }),
    ),
  ];
}
