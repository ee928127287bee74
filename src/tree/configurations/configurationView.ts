import { textAt } from "../../core/resources/json.ts";
import { inEnglish, message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { marksInWords } from "../../core/windows/marks.ts";
import { pauseOf } from "../../core/windows/pause.ts";
import type { ScheduleFacts, WindowProblem } from "../../core/windows/types.ts";
import { isOsImage, scopeOf } from "../../core/windows/window.ts";
import type { ConfigurationRecord } from "../../fleet/snapshot/snapshot.ts";
import { countOf } from "../counts.ts";
import type { Detail } from "../leaves.ts";
import { dateInWords, inItsZone, inZone, isElsewhere, opening } from "../times.ts";
import { inABreath, inARow } from "../view.ts";
import { windowTable } from "./windowTable.ts";
import type { Clock, Icon, NodeView } from "../view.ts";

/** `more`: parts added where it is outside its subscription, or is a group of its scale sets. */
export function configurationView(
  record: ConfigurationRecord,
  clock: Clock,
  more: readonly (Message | undefined)[] = [],
): NodeView {
  const { name, resource, resourceGroup, id } = record;
  const window = windowOf(record, clock);
  const scope = isOsImage(resource) ? undefined : message("scope {0}", scopeOf(resource) ?? "–");
  const words = wordsOf(record);
  const paused = pauseInWords(record, clock);
  const parts = [words, paused, window, scope ?? countOf(record.scaleSets), ...more];
  return {
    label: verbatim(name),
    description: inARow(...parts),
    icon: iconOf(record),
    tooltip: () => ({
      title: verbatim(name),
      lines: [
        { name: message("Schedule"), text: words },
        ...(paused ? [{ text: paused }] : []),
        ...(window ? [{ name: message("Next window"), text: window }] : []),
        { name: message("Scope"), text: verbatim(scopeOf(resource) ?? "–") },
        { text: countOf(record.scaleSets) },
        ...problemsOf(record).map(({ message: text }) => ({ text })),
        { name: message("Resource group"), text: verbatim(resourceGroup) },
        { text: verbatim(id) },
      ],
      table: windowTable(record, clock),
    }),
    spoken: message("Maintenance configuration {0}, {1}", name, inABreath(...parts)),
    contextValue: configurationContext(record, clock),
    children: "collapsed",
  };
}

/** All that changes in what is shown of a configuration while time passes. */
export function momentOf(record: ConfigurationRecord, clock: Clock): string {
  const words = [pauseInWords(record, clock), windowOf(record, clock)];
  return words.map((part) => (part === undefined ? "" : inEnglish(part))).join("\n");
}

/** The facts of a configuration, without its scale sets. */
export function configurationDetails(
  record: ConfigurationRecord,
  clock: Clock,
): { readonly problems: readonly Detail[]; readonly facts: readonly Detail[] } {
  const { resource, schedule } = record;
  return {
    problems: problemsOf(record).map((problem) => problemDetail(problem, isOsImage(resource))),
    facts: [
      { name: "schedule", label: message("Schedule"), value: wordsOf(record), icon: { id: "calendar" } },
      ...(schedule ? windowDetails(schedule, clock) : []),
      {
        name: "scope",
        label: message("Scope"),
        value: verbatim(scopeOf(resource) ?? "–"),
        icon: { id: "target" },
      },
      {
        name: "region",
        label: message("Region"),
        value: verbatim(textAt(resource, "location") ?? "–"),
        icon: { id: "globe" },
      },
    ],
  };
}

/** `configuration;osImage;active`, or `…;paused`; `configuration;otherScope` for one that does not control OS images. */
export function configurationContext(record: ConfigurationRecord, clock: Clock): string {
  if (!isOsImage(record.resource)) return "configuration;otherScope";
  return `configuration;osImage;${pausedUntil(record, clock) === undefined ? "active" : "paused"}`;
}

/** `YYYY-MM-DD`: no window opens before that day, since the configuration is paused. */
export function pausedUntil({ resource, schedule }: ConfigurationRecord, { now }: Clock): string | undefined {
  const begins = schedule?.begins;
  const isOver = begins !== undefined && Date.parse(begins) <= Date.parse(now);
  return isOver ? undefined : pauseOf(resource)?.until;
}

function wordsOf({ schedule }: ConfigurationRecord): Message {
  return schedule?.words ?? message("Loading…");
}

function problemsOf({ schedule }: ConfigurationRecord): readonly WindowProblem[] {
  return schedule?.problems ?? [];
}

/** "paused until Jan 4"; with the year where it is another. */
function pauseInWords(record: ConfigurationRecord, clock: Clock): Message | undefined {
  const until = isOsImage(record.resource) ? pausedUntil(record, clock) : undefined;
  return until === undefined ? undefined : message("paused until {0}", dateInWords(until, clock));
}

/** When the next window opens; undefined while that is not known and for other scopes. */
function windowOf({ schedule }: ConfigurationRecord, clock: Clock): Message | undefined {
  if (schedule === undefined) return undefined;
  const [next] = schedule.next;
  return next === undefined ? noneInWords(schedule) : opening(next, clock);
}

/** Of a schedule that only Azure understands it can't be said that no window opens. */
function noneInWords({ unreadable }: ScheduleFacts): Message {
  return unreadable === undefined ? message("no upcoming windows") : message("next window unknown");
}

function iconOf(record: ConfigurationRecord): Icon {
  const { schedule, resource } = record;
  if (!isOsImage(resource)) return { id: "calendar", color: "disabledForeground" };
  const severities = problemsOf(record).map(({ severity }) => severity);
  const opensNone = schedule?.next.length === 0 && schedule.unreadable === undefined;
  if (severities.includes("block") || opensNone) return { id: "error", color: "list.errorForeground" };
  if (severities.includes("warn")) return { id: "warning", color: "list.warningForeground" };
  return { id: "calendar", color: "testing.iconPassed" };
}

/** For another scope the schedule rules only say why it is of no use here. */
function problemDetail({ rule, severity, message: label }: WindowProblem, isRelevant: boolean): Detail {
  const icon: Icon =
    severity === "block"
      ? { id: "error", color: "list.errorForeground" }
      : { id: "warning", color: "list.warningForeground" };
  return { name: `problem/${rule}`, label, icon: isRelevant ? icon : { id: "info" } };
}

/** The next window as the configuration's zone and the user's own clock show it, and those after it. */
function windowDetails(schedule: ScheduleFacts, clock: Clock): readonly Detail[] {
  const [next, ...later] = schedule.next.slice(0, 5);
  const label = message("Next window");
  const icon: Icon = { id: "watch" };
  if (next === undefined) return [{ name: "next", label, value: noneInWords(schedule), icon }];
  const details: Detail[] = [
    {
      name: "next",
      label,
      value: inARow(inItsZone(next, clock), opening(next, clock), marksInWords(next)),
      icon,
    },
  ];
  if (isElsewhere(next, clock)) {
    const here = message("In your time zone");
    details.push({ name: "here", label: here, value: inZone(next, clock), icon: { id: "home" } });
  }
  if (later.length === 0) return details;
  const children = later.map((occurrence, index): Detail => {
    const mark = marksInWords(occurrence);
    return {
      name: String(index),
      label: inItsZone(occurrence, clock),
      ...(mark && { value: mark }),
      icon,
      tooltip: [{ name: message("In your time zone"), text: inZone(occurrence, clock) }],
    };
  });
  return [
    ...details,
    { name: "later", label: message("Later windows"), icon: { id: "list-ordered" }, children },
  ];
}
