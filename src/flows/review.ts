import { nameOf, parseId } from "../core/ids.ts";
import { objectAt, textAt, type JsonObject } from "../core/json.ts";
import { inEnglish, message, verbatim, type Message } from "../core/message.ts";
import type { Change, ChangeKind, Plan } from "../core/plan.ts";
import { occurrences } from "../core/windows/occurrences.ts";
import type { Mark, Occurrence } from "../core/windows/types.ts";
import { scheduleInWords } from "../core/windows/words.ts";
import { readWindow } from "../core/windows/window.ts";
import type { FlowContext } from "./context.ts";
import { wallClockIn } from "./localTime.ts";
import { group, type Choice, type Fact, type PickQuestion, type Row } from "./question.ts";

/**
 * The preview that ends every flow: what the plan would change, what it leaves as it is and why, and the next windows of
 * `configuration`, the one that the scale sets get. Nothing is sent before its first row is chosen.
 */
export function reviewOf(context: FlowContext, plan: Plan, configuration?: JsonObject): PickQuestion {
  return {
    kind: "pick",
    title: message("Review"),
    placeholder: message("Nothing has been sent to Azure yet"),
    rows: [
      confirmation(context, plan),
      ...(plan.changes.length > 0 ? [requests(context, plan)] : []),
      ...section(message("Changes"), plan.changes.map(changeRow)),
      ...section(
        message("Warnings"),
        plan.warnings.map((warning) => fact("warning", warning)),
      ),
      ...section(message("Left as they are"), plan.leftOut.map(leftOutRow)),
      ...(configuration === undefined ? [] : windowRows(context, configuration)),
    ],
  };
}

const icons: Readonly<Record<ChangeKind, string>> = {
  createResourceGroup: "folder",
  registerProvider: "plug",
  createConfiguration: "calendar",
  updateConfiguration: "edit",
  deleteConfiguration: "trash",
  associate: "link",
  dissociate: "trash",
  setUpgradePolicy: "sync",
};

function confirmation({ azure }: FlowContext, { title, changes, leftOut }: Plan): Choice {
  if (changes.length === 0) {
    return {
      kind: "choice",
      value: "close",
      icon: "close",
      label: message("Close: there is nothing to change"),
      detail: message("The reasons are below."),
    };
  }
  const count = changes.length;
  const left = leftOut.length;
  const detail = left === 0 ? title : message("{0}; left as they are, see below: {1}", title, left);
  const sandbox = azure.origin === "sandbox";
  const one = sandbox ? message("Apply 1 change in the Sandbox") : message("Apply 1 change");
  const many = sandbox
    ? message("Apply {0} changes in the Sandbox", count)
    : message("Apply {0} changes", count);
  return { kind: "choice", value: "apply", icon: "check", label: count === 1 ? one : many, detail };
}

function requests(context: FlowContext, plan: Plan): Row {
  return {
    kind: "action",
    icon: "json",
    label: message("Show the exact requests"),
    run: () => context.showRequests(plan),
  };
}

function changeRow({ kind, title, target, after }: Change): Fact {
  const row = fact(icons[kind], title);
  if (kind !== "createConfiguration") return row;
  const group = parseId(target)?.resourceGroup ?? "";
  const place = message("In resource group {0}, region {1}", group, textAt(after, "location") ?? "");
  const tags = Object.keys(objectAt(after, "tags") ?? {}).map(
    (name) => `${name}=${textAt(after, "tags", name) ?? ""}`,
  );
  return {
    ...row,
    detail: tags.length === 0 ? place : message("{0}; tags: {1}", place, tags.join(", ")),
  };
}

function leftOutRow({ target, reason }: Plan["leftOut"][number]): Fact {
  return { kind: "fact", icon: "circle-slash", label: verbatim(nameOf(target)), detail: reason };
}

function windowRows({ now, localZone }: FlowContext, configuration: JsonObject): readonly Row[] {
  const fields = readWindow(configuration);
  const next = occurrences(fields, { from: now(), count: 5 });
  const rows = next.map((occurrence) => windowRow(occurrence, localZone));
  const zone = fields.timeZone ?? "";
  const zones = rows.some(({ description }) => description)
    ? [fact("globe", message("In {0}, and beside it in your own time zone, {1}", zone, localZone))]
    : [];
  return section(
    message("Next windows"),
    rows.length > 0
      ? [fact("calendar", scheduleInWords(fields)), ...zones, ...rows]
      : [fact("warning", message("No window will open with this schedule"))],
  );
}

function windowRow({ start, end, localStart, localEnd, marks }: Occurrence, localZone: string): Fact {
  const shown = span(localStart, localEnd);
  const own = span(wallClockIn(localZone, start), wallClockIn(localZone, end));
  return {
    kind: "fact",
    icon: "clock",
    label: shown,
    ...(inEnglish(own) !== inEnglish(shown) && { description: own }),
    ...(marks[0] !== undefined && { detail: markWords[marks[0]] }),
  };
}

const markWords: Readonly<Record<Mark, Message>> = {
  gap: message("The clock goes forward over the start, which moves with it."),
  overlap: message("The start comes twice as the clock goes back; the first one counts."),
  shift: message("The clock changes while the window is open."),
};

/** `2026-11-01 22:00–03:00`; the day of the end is written where it is not the same or the next one. */
function span(from: string, to: string): Message {
  const instant = (wallClock: string) => Date.parse(`${wallClock.replace(" ", "T")}Z`);
  const day = (wallClock: string) => wallClock.slice(0, 10);
  const time = (wallClock: string) => ({ timeOfDay: wallClock.slice(11) });
  const isShort = instant(to) - instant(from) < 86_400_000;
  return isShort
    ? message("{0} {1}–{2}", day(from), time(from), time(to))
    : message("{0} {1} – {2} {3}", day(from), time(from), day(to), time(to));
}

const fact = (icon: string, label: Message): Fact => ({ kind: "fact", icon, label });

function section(heading: Message, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [group(heading), ...rows];
}
