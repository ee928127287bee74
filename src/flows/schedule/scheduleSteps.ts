/** The steps that say when a maintenance window opens: that of a new configuration, or of one that is edited. */
import { message, verbatim } from "../../core/text/message.ts";
import {
  checkDuration,
  checkExpiry,
  checkRecurrence,
  checkStart,
  checkTimeZone,
} from "../../core/windows/rules.ts";
import type { WindowProblem } from "../../core/windows/types.ts";
import type { WindowFields } from "../../core/windows/window.ts";
import { scheduleInWords } from "../../core/windows/words.ts";
import { ianaOf } from "../../core/windows/zones.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { keptRow, keptVerdicts } from "./kept.ts";
import { tomorrowEvening } from "./localTime.ts";
import type { Choice, TextQuestion, Verdict } from "../engine/question.ts";
import { custom, fieldsOf, noWindow, type ScheduleAnswers } from "./scheduleAnswers.ts";
import { durationQuestion, recurrenceQuestion } from "./scheduleQuestions.ts";
import { zonePicker } from "./zonePicker.ts";

/** The window that the steps start from; each of its values can be kept. */
export interface Editing {
  readonly present: WindowFields;
  /** What the rules say of the window that the answers amount to and do not say of `present`. */
  newProblems(answers: ScheduleAnswers): readonly WindowProblem[];
}

type ScheduleStep<A> = Step<A & ScheduleAnswers>;

/** `editingOf`: what the answers so far edit; undefined for a new window. */
export function scheduleSteps<A extends object>(
  context: FlowContext,
  editingOf: (answers: A) => Editing | undefined = () => undefined,
): readonly ScheduleStep<A>[] {
  const pickZone = zonePicker(context);
  const { now } = context;
  const here = (answers: A & ScheduleAnswers) => {
    const editing = editingOf(answers);
    return { editing, present: editing?.present, fields: fieldsOf(answers, editing?.present) };
  };
  return [
    {
      id: "timeZone",
      ask: (answers) => pickZone(keptZone(editingOf(answers))),
    },
    {
      id: "start",
      ask: (answers) => {
        const { editing, present, fields } = here(answers);
        const { timeZone = "" } = fields;
        return text(editing, present?.startDateTime, {
          title: message("Start"),
          prompt: message("First start, YYYY-MM-DD HH:mm, in {0}", timeZone),
          proposed: present?.startDateTime ?? tomorrowEvening(ianaOf(timeZone) ?? "UTC", now()),
          check: (start) => checkStart(start, timeZone, now()),
          answered: (start) => ({ ...answers, start }),
        });
      },
    },
    {
      id: "duration",
      ask: (answers) => {
        const { editing, present, fields } = here(answers);
        const kept = editing && keptRow(present?.duration, checkDuration(present?.duration ?? "05:00"));
        return durationQuestion(fields, kept);
      },
    },
    {
      id: "customDuration",
      applies: ({ duration }) => duration === custom,
      ask: (answers) => {
        const { editing, present, fields } = here(answers);
        return text(editing, present?.duration, {
          title: message("Another duration"),
          prompt: message("Duration, HH:mm, at least 05:00"),
          placeholder: verbatim("05:30"),
          ...(present?.duration !== undefined && { proposed: present.duration }),
          check: (duration) => checkDuration(duration, present && fields.recurEvery),
          answered: (duration) => ({ ...answers, duration }),
        });
      },
    },
    {
      id: "recurrence",
      ask: (answers) => {
        const { editing, fields } = here(answers);
        return recurrenceQuestion(fields, editing && keptRecurrence(editing.present));
      },
    },
    {
      id: "customRecurrence",
      applies: ({ recurrence }) => recurrence === custom,
      ask: (answers) => {
        const { editing, present, fields } = here(answers);
        return text(editing, present?.recurEvery, {
          title: message("Another recurrence"),
          prompt: message("Azure's format: Day, 3Days, Week Saturday,Sunday, Month Last Sunday"),
          placeholder: verbatim("Week Saturday,Sunday"),
          ...(present?.recurEvery !== undefined && { proposed: present.recurEvery }),
          check: (recurrence) => checkRecurrence(recurrence, fields.duration),
          answered: (recurrence) => ({ ...answers, recurrence }),
        });
      },
    },
    {
      id: "expiry",
      ask: (answers) => {
        const { editing, present, fields } = here(answers);
        const { startDateTime = "", timeZone = "" } = fields;
        return text(editing, present?.expirationDateTime, {
          title: message("Expiry"),
          prompt: message("Optional: when the configuration expires, YYYY-MM-DD HH:mm"),
          ...(present?.expirationDateTime !== undefined && { proposed: present.expirationDateTime }),
          check: (expiry) => checkExpiry(expiry, startDateTime, timeZone, now()),
          answered: (expiry) => ({ ...answers, expiry }),
        });
      },
    },
  ];
}

interface Field extends Omit<TextQuestion, "kind" | "validate"> {
  check(text: string): readonly WindowProblem[];
  /** The answers with `text` for this field. */
  answered(text: string): ScheduleAnswers;
}

/** A field that is checked as it is typed: by itself, and in an edit also against everything that is kept. */
function text(editing: Editing | undefined, kept: string | undefined, field: Field): TextQuestion {
  const { check, answered, ...question } = field;
  const validate = (typed: string): readonly Verdict[] => {
    const own = check(typed);
    if (editing === undefined) return own;
    if (typed === (kept ?? "").trim()) return keptVerdicts(own);
    const others = editing.newProblems(answered(typed));
    return [...own, ...others.filter(({ rule }) => own.every((problem) => problem.rule !== rule))];
  };
  return { kind: "text", ...question, validate };
}

function keptZone(editing: Editing | undefined): Choice | undefined {
  const zone = editing?.present.timeZone;
  return editing && keptRow(zone, checkTimeZone(zone ?? ""));
}

function keptRecurrence({ recurEvery, duration }: WindowFields): Choice {
  const words = recurEvery === undefined ? undefined : scheduleInWords({ ...noWindow, recurEvery });
  return keptRow(recurEvery, checkRecurrence(recurEvery ?? "Day", duration), words);
}
