/** Windows as a review shows them: in the configuration's time zone, and in the user's. */
import { dayMs } from "../../core/milliseconds.ts";
import { inEnglish, joined, message, type Message } from "../../core/text/message.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { scheduleFacts, windowsUntil } from "../../core/windows/facts.ts";
import { marksInWords } from "../../core/windows/marks.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import { readWindow } from "../../core/windows/window.ts";
import { scheduleInWords } from "../../core/windows/words.ts";
import type { FlowContext } from "../engine/context.ts";
import { wallClockIn } from "./localTime.ts";
import { group, type Fact, type Row } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";

type Clock = Pick<FlowContext, "now" | "localZone">;

const shownWindows = 5;

/** The next windows of a configuration, the one that is open now included. `now`: ISO instant. */
export function nextWindows(configuration: JsonObject, now: string): readonly Occurrence[] {
  return windowsUntil(readWindow(configuration), now, now, shownWindows).slice(0, shownWindows);
}

/** Why it is unknown whether windows open. */
const unreadableOf = (configuration: JsonObject, now: string): Message | undefined =>
  scheduleFacts(configuration, now).unreadable;

/** The schedule of a configuration and its next windows. */
export function windowRows({ now, localZone }: Clock, configuration: JsonObject): readonly Row[] {
  const fields = readWindow(configuration);
  const rows = nextWindows(configuration, now()).map((occurrence) => windowRow(occurrence, localZone));
  const zone = fields.timeZone ?? "";
  const zones = rows.some(({ description }) => description)
    ? [fact("globe", message("In {0}; yours: {1}", zone, localZone))]
    : [];
  return section(
    message("Next windows"),
    rows.length > 0
      ? [fact("calendar", scheduleInWords(fields)), ...zones, ...rows]
      : [
          fact(
            "warning",
            unreadableOf(configuration, now()) ?? message("No window opens with this schedule"),
          ),
        ],
  );
}

function windowRow(occurrence: Occurrence, localZone: string): Fact {
  const { inItsZone, inYours } = times(occurrence, localZone);
  const marks = marksInWords(occurrence);
  return {
    kind: "fact",
    icon: "clock",
    label: inItsZone,
    ...(inYours && { description: inYours }),
    ...(marks && { detail: marks }),
  };
}

/** The windows of two states of a configuration side by side, the first with the first; once where they are the same. */
export function comparedWindows(clock: Clock, before: JsonObject, after: JsonObject): readonly Row[] {
  const now = clock.now();
  const [old, coming] = [nextWindows(before, now), nextWindows(after, now)];
  if (JSON.stringify(old) === JSON.stringify(coming)) return windowRows(clock, after);
  const [was, willBe] = [readWindow(before), readWindow(after)];
  const count = Math.max(old.length, coming.length);
  return [
    group(message("Windows: now → new")),
    ...schedulesInWords(scheduleInWords(was), scheduleInWords(willBe)),
    fact("globe", zonesInWords(was.timeZone, willBe.timeZone, clock.localZone)),
    ...Array.from({ length: count }, (_, index) => pairRow(old[index], coming[index], clock.localZone)),
    ...(coming.length === 0
      ? [fact("warning", unreadableOf(after, now) ?? message("No window opens with this schedule"))]
      : []),
  ];
}

function schedulesInWords(was: Message, willBe: Message): readonly Fact[] {
  if (inEnglish(was) === inEnglish(willBe)) return [fact("calendar", willBe)];
  return [fact("calendar", message("Now: {0}", was)), fact("calendar", message("New: {0}", willBe))];
}

function zonesInWords(was = "–", willBe = "–", localZone: string): Message {
  const zones = was === willBe ? willBe : message("{0} → {1}", was, willBe);
  return message("In {0}; yours: {1}", zones, localZone);
}

function pairRow(old: Occurrence | undefined, coming: Occurrence | undefined, localZone: string): Fact {
  const [was, willBe] = [old, coming].map((one) => one && times(one, localZone));
  const none = message("none");
  const pair = (a: Message | undefined, b: Message | undefined) => message("{0} → {1}", a ?? none, b ?? none);
  const isOther = was?.inYours !== undefined || willBe?.inYours !== undefined;
  const yours = pair(was?.inYours ?? was?.inItsZone, willBe?.inYours ?? willBe?.inItsZone);
  const marks = coming && marksInWords(coming);
  const details = [...(isOther ? [message("yours: {0}", yours)] : []), ...(marks ? [marks] : [])];
  return {
    kind: "fact",
    icon: "clock",
    label: pair(was?.inItsZone, willBe?.inItsZone),
    ...(details.length > 0 && { detail: joined(" · ", details) }),
  };
}

/** A window as the configuration's clock and, where that shows another time, as the user's own clock shows it. */
function times({ start, end, localStart, localEnd }: Occurrence, localZone: string) {
  const inItsZone = span(localStart, localEnd);
  const inYours = span(wallClockIn(localZone, start), wallClockIn(localZone, end));
  return { inItsZone, inYours: inEnglish(inYours) === inEnglish(inItsZone) ? undefined : inYours };
}

/** `2026-11-01 22:00–03:00`; the day of the end is written where it is not the same or the next one. */
function span(from: string, to: string): Message {
  const instant = (wallClock: string) => Date.parse(`${wallClock.replace(" ", "T")}Z`);
  const day = (wallClock: string) => wallClock.slice(0, 10);
  const time = (wallClock: string) => ({ timeOfDay: wallClock.slice(11) });
  const isShort = instant(to) - instant(from) < dayMs;
  return isShort
    ? message("{0} {1}–{2}", day(from), time(from), time(to))
    : message("{0} {1} – {2} {3}", day(from), time(from), day(to), time(to));
}
