import { nameOf } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { editedConfiguration, updateConfiguration } from "../../core/plans/kinds/updateConfiguration.ts";
import { setAutomaticUpgrades } from "../../core/plans/plans.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { pausedConfiguration } from "../../core/windows/pausing.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { dependantsOf, namesOf } from "./dependants.ts";
import { editDetails, touchedSets } from "./editDetails.ts";
import { editWarnings } from "./editWarnings.ts";
import type { Step } from "../engine/engine.ts";
import { leftOut, together } from "../associations/parts.ts";
import { checkDate, customDate, dateRows } from "./pauseDates.ts";
import type { Choice, Row } from "../engine/question.ts";
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

interface Answers extends SubjectAnswers, WindowsUpdateAnswers {
  /** `YYYY-MM-DD` in the configuration's zone, or `custom`. */
  readonly until?: string;
  readonly date?: string;
  /** Chosen in the review: to move the start (by default), to take the upgrades of the sets off, or both. */
  readonly means?: "pause" | "disable" | "both";
}

/** Asks until when no window of a configuration should open. */
export function pauseConfigurationFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  const subjects = new Subjects(context);
  return reviewedFlow<Answers>(context, {
    id: "pauseConfiguration",
    title: message("Pause Configuration"),
    given: givenSubject(start),
    steps: [
      subjectStep(context, message("No maintenance configurations for OS images found")),
      ...dateSteps(context, subjects),
    ],
    load: subjects.readWithFleet,
    plan: (answers) => planFor(context, subjects.known(answers), answers),
    instead: (answers) => otherWays(context, answers),
    details: (plan, answers) => [
      ...windowsUpdateRows(plan, setsIn(context.snapshot())),
      ...details(context, plan, answers),
    ],
    turn: (value) =>
      value === "pause" || value === "disable" || value === "both"
        ? { means: value }
        : windowsUpdateTurn(value),
  });
}

function dateSteps({ now }: FlowContext, subjects: Subjects): readonly Step<Answers>[] {
  return [
    {
      id: "until",
      ask: (answers) => ({
        kind: "pick",
        title: message("Pause until"),
        placeholder: message("No window of {0} opens before this date", nameOf(answers.subject ?? "")),
        rows: async (signal) => dateRows(await subjects.read(answers, signal), now()),
      }),
    },
    {
      id: "date",
      applies: ({ until }) => until === customDate,
      ask: (answers) => ({
        kind: "text",
        title: message("Another date"),
        prompt: message("First date with windows again, YYYY-MM-DD"),
        validate: (text) => checkDate(subjects.known(answers), text, now()),
      }),
    },
  ];
}

const dateIn = ({ until = "", date = "" }: Answers) => (until === customDate ? date : until);

function planFor(context: FlowContext, resource: JsonObject, answers: Answers): Plan {
  const { subject = "", means = "pause" } = answers;
  const date = dateIn(answers);
  const title =
    means === "disable"
      ? message("Disable Automatic OS Upgrades")
      : message("Pause {0} until {1}", nameOf(subject), date);
  const {
    changes,
    leftOut: left,
    warnings,
  } = together([
    ...(means === "disable" ? [] : [pausePart(context, resource, date)]),
    ...(means === "pause"
      ? []
      : switchedOn(context, answers).map((set) =>
          withWindowsUpdate(setAutomaticUpgrades(set, false), () => set, answers),
        )),
  ]);
  return planOf(title, changes, left, warnings);
}

function pausePart(context: FlowContext, resource: JsonObject, date: string): PlanPart {
  const id = textAt(resource, "id") ?? "";
  // A date of a draft that is resumed may have passed.
  const problem = checkDate(resource, date, context.now()).find(({ severity }) => severity === "block");
  if (problem !== undefined) return leftOut(id, problem.message);
  const pausing = pausedConfiguration(resource, date);
  if ("problem" in pausing) return leftOut(id, pausing.problem);
  const after = editedConfiguration(resource, pausing.edits);
  return {
    changes: [updateConfiguration(resource, after)],
    leftOut: [],
    warnings: editWarnings(context, resource, after),
  };
}

/** The scale sets of the configuration whose automatic OS upgrades are on. */
const switchedOn = (context: FlowContext, { subject = "" }: Answers): readonly ScaleSetRecord[] =>
  dependantsOf(context.snapshot(), subject).sets.filter((set) => automaticUpgradesOf(set.resource));

/** The documented way to hold upgrades back, and both together; none where no set is known to have upgrades on. */
function otherWays(context: FlowContext, answers: Answers): readonly Choice[] {
  const on = switchedOn(context, answers);
  if (on.length === 0) return [];
  const ways: readonly Choice[] = [
    choice("pause", "debug-pause", message("Move the start date"), {
      detail: message("Automatic OS upgrades stay on."),
    }),
    choice("disable", "sync-ignored", message("Turn off automatic OS upgrades"), {
      description: message("documented"),
      detail: message("Until you turn them on again: {0}", namesOf(on)),
    }),
    choice("both", "checklist", message("Do both")),
  ];
  return ways.filter(({ value }) => value !== (answers.means ?? "pause"));
}

function details(context: FlowContext, plan: Plan, answers: Answers): readonly Row[] {
  const edit = editDetails(context, plan);
  return edit.length > 0
    ? [...section(message("How the pause works"), pauseFacts(dateIn(answers))), ...edit]
    : [
        fact(
          "info",
          message(
            "The schedule doesn't change. No automatic upgrade starts until you turn upgrades on again.",
          ),
        ),
        ...touchedSets(context, answers.subject ?? ""),
      ];
}

const pauseFacts = (date: string): readonly Row[] => [
  fact("info", message("No window opens before {0}.", date)),
  fact(
    "question",
    message("Not documented: Azure appears to hold upgrades until the start date"),
    message("Documented: turning off automatic OS upgrades."),
  ),
  fact(
    "link",
    message("Scale sets stay associated"),
    message("If you remove the association instead, upgrades can start at any time."),
  ),
  fact("tag", message("A tag stores the original start, and your colleagues can resume too.")),
];
