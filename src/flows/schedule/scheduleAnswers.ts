import { minuteMs } from "../../core/milliseconds.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { printWallClock, readWallClock, sinceEpoch } from "../../core/windows/calendar.ts";
import { printDuration, readDuration } from "../../core/windows/duration.ts";
import { parseRecurrence, printRecurrence } from "../../core/windows/recurrence.ts";
import type { WindowFields } from "../../core/windows/window.ts";

/** The row "something else", followed by a text field. */
export const custom = "custom";

/** What the steps of a schedule are answered with; a value that is kept is answered as it stands in Azure, empty where there is none. */
export interface ScheduleAnswers {
  /** A Windows time-zone id. */
  readonly timeZone?: string;
  /** `YYYY-MM-DD HH:mm` in the zone. */
  readonly start?: string;
  /** `HH:mm`, or `custom`. */
  readonly duration?: string;
  readonly customDuration?: string;
  /** As `recurEvery` has it, or `custom`. */
  readonly recurrence?: string;
  readonly customRecurrence?: string;
  /** `YYYY-MM-DD HH:mm` in the zone; empty for none. */
  readonly expiry?: string;
  /** From the review (`FitAnswers`): `300>405` makes 405 minutes of a duration of 300. */
  readonly fitWindow?: string;
}

/** A window of which nothing is set. */
export const noWindow: WindowFields = {
  startDateTime: undefined,
  expirationDateTime: undefined,
  duration: undefined,
  timeZone: undefined,
  recurEvery: undefined,
};

/** The window with the answers so far in place of the values of `present`, each as it was entered. */
export function fieldsOf(answers: ScheduleAnswers, present: WindowFields = noWindow): WindowFields {
  const { timeZone, start, duration, customDuration, recurrence, customRecurrence, expiry } = answers;
  const entered = (answer: string | undefined, kept: string | undefined) =>
    answer === undefined ? kept : answer === "" ? undefined : answer;
  return {
    startDateTime: entered(start, present.startDateTime),
    expirationDateTime: entered(expiry, present.expirationDateTime),
    duration: fitted(
      entered(duration === custom ? customDuration : duration, present.duration),
      answers.fitWindow,
    ),
    timeZone: entered(timeZone, present.timeZone),
    recurEvery: entered(recurrence === custom ? customRecurrence : recurrence, present.recurEvery),
  };
}

/** The duration that a row of the review puts in place of this one. */
function fitted(duration: string | undefined, fitWindow = ""): string | undefined {
  const [from, to] = fitWindow.split(">").map((minutes) => Number(minutes) * minuteMs);
  return to !== undefined && readDuration(duration ?? "") === from ? printDuration(to) : duration;
}

/** The `maintenanceWindow` that the answers describe, each value in the form that Azure's contract shows. */
export function windowOf(answers: ScheduleAnswers): JsonObject {
  return Object.fromEntries(
    Object.entries(written(fieldsOf(answers))).filter(([, text]) => text !== undefined),
  );
}

/** The members of `present` that the answers change: undefined for one that goes. Another way to write the same value is no change. */
export function windowEdits(answers: ScheduleAnswers, present: WindowFields): JsonObject {
  const now = written(present);
  const then = Object.entries(written(fieldsOf(answers, present))) as [
    keyof WindowFields,
    string | undefined,
  ][];
  return Object.fromEntries(then.filter(([member, text]) => text !== now[member]));
}

function written(fields: WindowFields): WindowFields {
  const { startDateTime, expirationDateTime, duration, recurEvery } = fields;
  const recurrence = parseRecurrence(recurEvery ?? "");
  return {
    startDateTime: dateTimeOf(startDateTime),
    expirationDateTime: dateTimeOf(expirationDateTime),
    duration: duration?.trim().padStart("00:00".length, "0"),
    timeZone: fields.timeZone,
    recurEvery: recurrence === undefined ? recurEvery : printRecurrence(recurrence),
  };
}

function dateTimeOf(text: string | undefined): string | undefined {
  const clock = readWallClock(text ?? "");
  return typeof clock === "string" ? text : printWallClock(sinceEpoch(clock));
}
