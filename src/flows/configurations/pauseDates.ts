/** The dates that a pause may last until. */
import { dayMs } from "../../core/milliseconds.ts";
import { editedConfiguration } from "../../core/plans/kinds/updateConfiguration.ts";
import type { ConfigurationEdits } from "../../core/plans/kinds/updateConfiguration.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import {
  firstDayOf,
  monthOf,
  printWallClock,
  readWallClock,
  weekdayOf,
} from "../../core/windows/calendar.ts";
import { occurrences } from "../../core/windows/occurrences.ts";
import { pausedConfiguration } from "../../core/windows/pausing.ts";
import { readWindow } from "../../core/windows/window.ts";
import { ianaOf } from "../../core/windows/zones.ts";
import { wallClockIn } from "../schedule/localTime.ts";
import type { Choice, Fact, Row, Verdict } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";

/** The row "another date", followed by a text field. */
export const customDate = "custom";

/** Dates to propose, each with the first window that follows it; why not, where the schedule does not allow it. `now`: ISO instant. */
export function dateRows(configuration: JsonObject, now: string): readonly Row[] {
  const today = dayOf(todayOf(configuration, now));
  const monday = today + ((8 - weekdayOf(today)) % 7 || 7);
  const proposals: readonly (readonly [Message, number])[] = [
    [message("Next Monday"), monday],
    [message("In 1 week"), today + 7],
    [message("In {0} weeks", 2), today + 14],
    [message("In {0} weeks", 4), today + 28],
    [message("First of next month"), firstDayOf(monthOf(today) + 1)],
  ];
  const seen = new Map(proposals.toReversed().map(([label, day]) => [day, label]));
  return [
    ...[...seen]
      .toSorted(([a], [b]) => a - b)
      .map(([day, label]) => dateRow(configuration, label, dateOf(day))),
    choice(customDate, "edit", message("Another date…")),
  ];
}

function dateRow(configuration: JsonObject, label: Message, date: string): Choice | Fact {
  const pausing = pausedConfiguration(configuration, date);
  const row = { label, description: verbatim(date) };
  if ("problem" in pausing) return { kind: "fact", icon: "circle-slash", ...row, detail: pausing.problem };
  const first = firstWindow(configuration, pausing.edits);
  return {
    kind: "choice",
    value: date,
    icon: "debug-pause",
    ...row,
    ...(first !== undefined && { detail: message("First window: {0}", first) }),
  };
}

/** When the first window after a pause opens, in the configuration's zone: not always at the start, where the recurrence has an offset. */
function firstWindow(configuration: JsonObject, edits: ConfigurationEdits): string | undefined {
  const fields = readWindow(editedConfiguration(configuration, edits));
  const [first] = occurrences(fields, { from: "0001-01-01T00:00:00Z", count: 1 });
  return first?.localStart;
}

/** What is wrong with a date as it is typed. */
export function checkDate(configuration: JsonObject, text: string, now: string): readonly Verdict[] {
  const today = todayOf(configuration, now);
  const block = (reason: Message): readonly Verdict[] => [{ severity: "block", message: reason }];
  if (typeof readWallClock(`${text} 00:00`) === "string") {
    return block(message("“{0}” isn't a date. Use YYYY-MM-DD, like {1}.", text, today));
  }
  if (text <= today)
    return block(message("“{0}” isn't in the future. Choose a date after {1}.", text, today));
  const pausing = pausedConfiguration(configuration, text);
  if ("problem" in pausing) return block(pausing.problem);
  const first = firstWindow(configuration, pausing.edits);
  if (first === undefined || first.startsWith(text)) return [];
  return [{ severity: "warn", message: message("First window: {0}", first) }];
}

/** Today where the configuration is, `YYYY-MM-DD`. */
function todayOf(configuration: JsonObject, now: string): string {
  return wallClockIn(ianaOf(readWindow(configuration).timeZone ?? "") ?? "UTC", now).slice(0, 10);
}

function dayOf(date: string): number {
  const clock = readWallClock(`${date} 00:00`);
  return typeof clock === "string" ? 0 : clock.day;
}

const dateOf = (day: number) => printWallClock(day * dayMs).slice(0, 10);
