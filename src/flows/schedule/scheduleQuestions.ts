/** The lists of durations and recurrences. */
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { checkDuration, checkRecurrence } from "../../core/windows/rules.ts";
import type { WindowProblem } from "../../core/windows/types.ts";
import type { WindowFields } from "../../core/windows/window.ts";
import { type Choice, type Fact, type PickQuestion } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { custom } from "./scheduleAnswers.ts";

/** `kept`: the row that keeps the duration there is. */
export function durationQuestion({ recurEvery }: WindowFields, kept?: Choice): PickQuestion {
  const hours = [5, 6, 8, 10, 12].map((count) => [`${String(count).padStart(2, "0")}:00`, count] as const);
  return {
    kind: "pick",
    title: message("Duration"),
    placeholder: message("How long the window stays open: at least 5 hours"),
    proposed: kept?.value ?? "05:00",
    rows: [
      ...(kept === undefined ? [] : [kept]),
      ...hours
        .filter(([value]) => value !== kept?.value)
        .map(([value, count]) =>
          rowOf(value, message("{0} hours", count), verbatim(value), checkDuration(value, recurEvery)),
        ),
      choice(custom, "edit", message("Another duration…")),
    ],
  };
}

/** Only `Day` is accepted by every one of Microsoft's pages; the others carry the rule's own warning. */
const recurrences = [
  ["Day", message("Every day")],
  ["2Days", message("Every {0} days", 2)],
  ["3Days", message("Every {0} days", 3)],
  ["Week", message("Every week, on the weekday of the start")],
  ["Week Saturday,Sunday", message("Every Saturday and Sunday")],
] as const;

/** `duration` of the window: some recurrences do not leave room for it. `kept`: the row that keeps the recurrence there is. */
export function recurrenceQuestion({ duration }: WindowFields, kept?: Choice): PickQuestion {
  return {
    kind: "pick",
    title: message("Recurrence"),
    placeholder: message("How often the window opens"),
    proposed: kept?.value ?? "Day",
    rows: [
      ...(kept === undefined ? [] : [kept]),
      ...recurrences
        .filter(([value]) => value !== kept?.value)
        .map(([value, label]) => {
          const description = value === "Day" ? message("recommended") : verbatim(value);
          return rowOf(value, label, description, checkRecurrence(value, duration));
        }),
      choice(custom, "edit", message("Another recurrence…")),
    ],
  };
}

/** A value that Azure would refuse is there to be read. */
function rowOf(
  value: string,
  label: Message,
  description: Message,
  problems: readonly WindowProblem[],
): Choice | Fact {
  const blocking = problems.find(({ severity }) => severity === "block");
  const shown = blocking ?? problems[0];
  const row = {
    label,
    description,
    ...(shown !== undefined && { icon: "warning", detail: shown.message }),
  };
  return blocking === undefined ? { kind: "choice", value, ...row } : { kind: "fact", ...row };
}
