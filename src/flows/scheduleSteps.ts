/** The steps that say when a maintenance window opens. */
import type { JsonObject } from "../core/json.ts";
import { message, verbatim, type Message } from "../core/message.ts";
import { printWallClock, readWallClock, sinceEpoch } from "../core/windows/calendar.ts";
import { parseRecurrence, printRecurrence } from "../core/windows/recurrence.ts";
import { checkDuration, checkExpiry, checkRecurrence, checkStart } from "../core/windows/rules.ts";
import { allZones, ianaOf, offsetNow, windowsOf, type Zone } from "../core/windows/zones.ts";
import type { FlowContext } from "./context.ts";
import type { Step } from "./engine.ts";
import { tomorrowEvening } from "./localTime.ts";
import { group, type Choice, type Fact, type Question } from "./question.ts";

/** The row "something else", followed by a text field. */
const custom = "custom";

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
}

/** The `maintenanceWindow` that the answers describe, each value in the form that Azure's contract shows. */
export function windowOf(answers: ScheduleAnswers): JsonObject {
  const { timeZone = "", start = "", expiry = "" } = answers;
  const recurrence = parseRecurrence(recurrenceOf(answers));
  return {
    startDateTime: dateTimeOf(start),
    ...(expiry !== "" && { expirationDateTime: dateTimeOf(expiry) }),
    duration: durationOf(answers).padStart("00:00".length, "0"),
    timeZone,
    recurEvery: recurrence === undefined ? recurrenceOf(answers) : printRecurrence(recurrence),
  };
}

function dateTimeOf(text: string): string {
  const clock = readWallClock(text);
  return typeof clock === "string" ? text : printWallClock(sinceEpoch(clock));
}

const durationOf = ({ duration = "", customDuration = "" }: ScheduleAnswers) =>
  duration === custom ? customDuration : duration;
const recurrenceOf = ({ recurrence = "", customRecurrence = "" }: ScheduleAnswers) =>
  recurrence === custom ? customRecurrence : recurrence;

export function scheduleSteps(context: FlowContext): readonly Step<ScheduleAnswers>[] {
  return [
    { id: "timeZone", ask: () => zoneQuestion(context) },
    {
      id: "start",
      ask: ({ timeZone = "" }) => ({
        kind: "text",
        title: message("Start"),
        prompt: message("First start, YYYY-MM-DD HH:mm, in {0}", timeZone),
        proposed: tomorrowEvening(ianaOf(timeZone) ?? "UTC", context.now()),
        validate: (text) => checkStart(text, timeZone, context.now()),
      }),
    },
    { id: "duration", ask: () => durationQuestion },
    {
      id: "customDuration",
      applies: ({ duration }) => duration === custom,
      ask: () => ({
        kind: "text",
        title: message("Duration"),
        prompt: message("How long the window stays open, HH:mm, at least 05:00"),
        placeholder: verbatim("05:30"),
        validate: checkDuration,
      }),
    },
    { id: "recurrence", ask: (answers) => recurrenceQuestion(durationOf(answers)) },
    {
      id: "customRecurrence",
      applies: ({ recurrence }) => recurrence === custom,
      ask: (answers) => ({
        kind: "text",
        title: message("Recurrence"),
        prompt: message("As Azure writes it: Day, 3Days, Week Saturday,Sunday, Month Last Sunday"),
        placeholder: verbatim("Week Saturday,Sunday"),
        validate: (text) => checkRecurrence(text, durationOf(answers)),
      }),
    },
    {
      id: "expiry",
      ask: ({ start = "", timeZone = "" }) => ({
        kind: "text",
        title: message("Expiry"),
        prompt: message(
          "Optional: the last moment it is in force, YYYY-MM-DD HH:mm. Leave it empty for no expiry",
        ),
        validate: (text) => checkExpiry(text, start, timeZone, context.now()),
      }),
    },
  ];
}

function zoneQuestion({ localZone, now }: FlowContext): Question {
  const rowOf = (zone: Zone): Choice => ({
    kind: "choice",
    value: zone.windowsId,
    label: verbatim(`(${offsetNow(zone.ianaId, now())}) ${zone.name}`),
    description: verbatim(zone.windowsId),
    detail: verbatim([...zone.cities, zone.ianaId, ...zone.otherIanaIds].join(", ")),
  });
  const zones = allZones().toSorted((a, b) => hoursEast(a, now()) - hoursEast(b, now()));
  const own = windowsOf(localZone);
  const isNear = ({ windowsId }: Zone) => windowsId === own || windowsId === "UTC";
  return {
    kind: "pick",
    title: message("Time zone"),
    placeholder: message(
      "Search by city, zone or offset; the window follows the zone's daylight saving time",
    ),
    ...(own !== undefined && { proposed: own }),
    rows: [
      group(message("Your time zone and UTC")),
      ...zones
        .filter(isNear)
        .toSorted((a, b) => Number(b.windowsId === own) - Number(a.windowsId === own))
        .map(rowOf),
      group(message("All time zones")),
      ...zones.filter((zone) => !isNear(zone)).map(rowOf),
    ],
  };
}

/** Of a zone whose offset reads `UTC-09:30` now: -9.5. */
function hoursEast({ ianaId }: Zone, now: string): number {
  const [, sign = "+", hours, minutes] = /([+-])(\d+):(\d+)$/.exec(offsetNow(ianaId, now)) ?? [];
  return Number(`${sign}1`) * (Number(hours ?? 0) + Number(minutes ?? 0) / 60);
}

const durationQuestion: Question = {
  kind: "pick",
  title: message("Duration"),
  placeholder: message("How long does the window stay open? Azure needs at least 5 hours"),
  proposed: "05:00",
  rows: [
    ...[5, 6, 8, 10, 12].map((hours): Choice => {
      const value = `${String(hours).padStart(2, "0")}:00`;
      return { kind: "choice", value, label: message("{0} hours", hours), description: verbatim(value) };
    }),
    { kind: "choice", value: custom, icon: "edit", label: message("Another duration…") },
  ],
};

/** Only `Day` is accepted by every one of Microsoft's pages; the others carry the rule's own warning. */
const recurrences = [
  ["Day", message("Every day")],
  ["2Days", message("Every 2 days")],
  ["3Days", message("Every 3 days")],
  ["Week", message("Every week, on the weekday of the start")],
  ["Week Saturday,Sunday", message("Every Saturday and Sunday")],
] as const;

/** `duration`: that of the window, which some recurrences do not leave room for. */
function recurrenceQuestion(duration: string): Question {
  return {
    kind: "pick",
    title: message("Recurrence"),
    placeholder: message("How often does the window open?"),
    proposed: "Day",
    rows: [
      ...recurrences.map(([value, label]) => recurrenceRow(value, label, duration)),
      { kind: "choice", value: custom, icon: "edit", label: message("Another recurrence…") },
    ],
  };
}

function recurrenceRow(value: string, label: Message, duration: string): Choice | Fact {
  const problems = checkRecurrence(value, duration);
  const blocking = problems.find(({ severity }) => severity === "block");
  const shown = blocking ?? problems[0];
  const row = {
    label,
    description: value === "Day" ? message("recommended") : verbatim(value),
    ...(shown !== undefined && { icon: "warning", detail: shown.message }),
  };
  return blocking === undefined ? { kind: "choice", value, ...row } : { kind: "fact", ...row };
}
