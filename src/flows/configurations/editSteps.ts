/** The steps of an edit: what should change, then the steps of the create wizard for it, filled with what is there. */
import { nameOf, parseId } from "../../core/resources/ids.ts";
import { objectAt, textAt, type JsonObject } from "../../core/resources/json.ts";
import { inEnglish, message, verbatim, type Message } from "../../core/text/message.ts";
import { editedConfiguration } from "../../core/plans/kinds/updateConfiguration.ts";
import { checkSchedule } from "../../core/windows/rules.ts";
import type { WindowProblem } from "../../core/windows/types.ts";
import { readWindow, scopeOf } from "../../core/windows/window.ts";
import { zoneInWords } from "../../core/windows/words.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { group, type Choice, type Row } from "../engine/question.ts";
import { choice, fact } from "../engine/rows.ts";
import { windowEdits, type ScheduleAnswers } from "../schedule/scheduleAnswers.ts";
import { scheduleSteps, type Editing } from "../schedule/scheduleSteps.ts";
import type { SubjectAnswers, Subjects } from "./subject.ts";
import { editedTagsQuestion, printTags } from "./tags.ts";

export interface EditAnswers extends SubjectAnswers, ScheduleAnswers {
  /** Id of the one step that is asked, or `all`, with the state of the configuration that is edited. */
  readonly part?: string;
  /** `name=value`, separated by commas. */
  readonly tags?: string;
}

const all = "all";

/** The part of an answer, without the state. */
const partOf = (part = all) => part.split("|", 1)[0] ?? all;

/** What an edit starts from: an answer of a draft that is resumed later may be for another. */
function stateOf(resource: JsonObject): string {
  return JSON.stringify([objectAt(resource, "properties", "maintenanceWindow"), objectAt(resource, "tags")]);
}

/** Whether the configuration has become another one since the user was asked what to change. */
export function isOutdated(resource: JsonObject, { part = "" }: EditAnswers): boolean {
  return part.slice(partOf(part).length + 1) !== stateOf(resource);
}

export function editSteps(context: FlowContext, subjects: Subjects): readonly Step<EditAnswers>[] {
  const steps: readonly Step<EditAnswers>[] = [
    ...scheduleSteps<EditAnswers>(context, (answers) => editingOf(context, subjects, answers)),
    { id: "tags", ask: (answers) => editedTagsQuestion(subjects.known(answers)) },
  ];
  return [
    partStep(context, subjects),
    ...steps.map((step) => ({
      ...step,
      applies: (answers: EditAnswers) =>
        isOf(step.id, partOf(answers.part)) && step.applies?.(answers) !== false,
    })),
  ];
}

/** Whether a step belongs to a part: `customDuration` is asked for the duration. */
const isOf = (id: string, part: string) =>
  part === all ||
  id.toLowerCase() === part.toLowerCase() ||
  id === `custom${part[0]?.toUpperCase()}${part.slice(1)}`;

function partStep(context: FlowContext, subjects: Subjects): Step<EditAnswers> {
  return {
    id: "part",
    ask: (answers) => ({
      kind: "pick",
      title: message("Choose what to change"),
      placeholder: message("Change maintenance configuration {0}", nameOf(answers.subject ?? "")),
      rows: async (signal) => partRows(await subjects.read(answers, signal), context.now()),
    }),
  };
}

function partRows(resource: JsonObject, now: string): readonly Row[] {
  const hasWindow = objectAt(resource, "properties", "maintenanceWindow") !== undefined;
  const { timeZone, startDateTime, duration, recurEvery, expirationDateTime } = readWindow(resource);
  const problems = checkSchedule(resource, { now, existing: true });
  const state = stateOf(resource);
  const part = (value: string, label: Message, rules: RegExp, present: string | undefined): Choice => {
    const problem = problems.find(({ rule }) => rules.test(rule));
    return choice(`${value}|${state}`, problem === undefined ? "edit" : "warning", label, {
      description: present === undefined ? message("none") : verbatim(present),
      detail: problem?.message,
    });
  };
  const zone =
    timeZone && (zoneInWords(timeZone) === timeZone ? timeZone : `${timeZone} (${zoneInWords(timeZone)})`);
  const parts = [
    part("timeZone", message("Time zone"), /^time-zone/, zone),
    part("start", message("Start"), /^start/, startDateTime),
    part("duration", message("Duration"), /^duration/, duration),
    part("recurrence", message("Recurrence"), /^recurrence/, recurEvery),
    part("expiry", message("Expiry"), /^expir/, expirationDateTime),
  ];
  return [
    choice(`${all}|${state}`, "list-ordered", message("Answer step by step…"), {
      detail: message("Enter keeps the current value."),
    }),
    group(message("One value")),
    // A window of which one value is set would be none.
    ...(hasWindow ? parts : []),
    part("tags", message("Tags"), /^never/, printTags(resource) || undefined),
    group(message("Can't be changed")),
    fact("lock", message("Name, resource group, region and scope"), fixedWords(resource)),
  ];
}

function fixedWords(resource: JsonObject): Message {
  const id = textAt(resource, "id") ?? "";
  const { resourceGroup = "–" } = parseId(id) ?? {};
  return message(
    "{0} in {1}, {2}, {3}. To change these, create a configuration and move the scale sets to it.",
    nameOf(id),
    resourceGroup,
    textAt(resource, "location") ?? "–",
    scopeOf(resource) ?? "–",
  );
}

function editingOf({ now }: FlowContext, subjects: Subjects, { part, ...answers }: EditAnswers): Editing {
  const resource = subjects.known(answers);
  const present = readWindow(resource);
  const known = new Set(textsOf(checkSchedule(resource, { now: now() })));
  return {
    present,
    newProblems: (wanted) => {
      const edited = editedConfiguration(resource, { window: windowEdits(wanted, present) });
      const added = checkSchedule(edited, { now: now() }).filter((problem) => !known.has(textOf(problem)));
      // The expiry that does not fit any more is asked for later.
      const isToCome = partOf(part) === all && wanted.expiry === undefined;
      return isToCome ? added.map(softenedExpiry) : added;
    },
  };
}

const softenedExpiry = (problem: WindowProblem): WindowProblem =>
  problem.rule.startsWith("expir") ? { ...problem, severity: "warn" } : problem;

const textOf = (problem: WindowProblem) => `${problem.rule} ${inEnglish(problem.message)}`;
const textsOf = (problems: readonly WindowProblem[]) => problems.map(textOf);
