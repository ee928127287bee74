import { textAt } from "../core/json.ts";
import { message, verbatim } from "../core/message.ts";
import type { Message } from "../core/message.ts";
import type { Occurrence, WindowProblem } from "../core/windows/types.ts";
import { isOsImage, readWindow, scopeOf } from "../core/windows/window.ts";
import type { ConfigurationRecord, Snapshot } from "../fleet/snapshot.ts";
import { setOfConfiguration } from "./associationLeaf.ts";
import { byLabel, detailLeaf, noteLeaf } from "./leaves.ts";
import type { Detail } from "./leaves.ts";
import type { Leaf, Place } from "./node.ts";
import { countOf } from "./subscriptionView.ts";
import { inItsZone, inTheUsersZone, opening } from "./times.ts";
import { inARow } from "./view.ts";
import type { Clock, Icon, NodeView, TooltipLine } from "./view.ts";

export function configurationView(record: ConfigurationRecord, clock: Clock): NodeView {
  const { name, resource, resourceGroup, id } = record;
  const window = windowOf(record, clock);
  const scope = isOsImage(resource) ? undefined : message("scope {0}", scopeOf(resource) ?? "–");
  const words = wordsOf(record);
  const description = inARow(words, window, scope ?? countOf(record.scaleSets));
  return {
    label: verbatim(name),
    description,
    icon: iconOf(record),
    tooltip: () => ({
      title: verbatim(name),
      lines: [
        { name: message("Schedule"), text: words },
        ...(window ? [{ name: message("Next window"), text: window }] : []),
        { name: message("Scope"), text: verbatim(scopeOf(resource) ?? "–") },
        { text: countOf(record.scaleSets) },
        ...problemsOf(record).map(({ message: text }) => ({ text })),
        { name: message("Resource group"), text: verbatim(resourceGroup) },
        { text: verbatim(id) },
      ],
    }),
    spoken: message("Maintenance configuration {0}, {1}", name, description),
    contextValue: isOsImage(resource) ? "configuration;osImage" : "configuration;otherScope",
    children: "collapsed",
  };
}

export function configurationChildren(
  parent: Place,
  record: ConfigurationRecord,
  snapshot: Snapshot,
  clock: Clock,
): readonly Leaf[] {
  const { resource, schedule } = record;
  const details: Detail[] = [
    ...problemsOf(record).map((problem) => problemDetail(problem)),
    { name: "schedule", label: message("Schedule"), value: wordsOf(record), icon: { id: "watch" } },
    ...(schedule ? [windowsDetail(schedule.next, zoneOf(record), clock)] : []),
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
  ];
  const sets = record.scaleSets
    .map((key) => snapshot.scaleSets.get(key))
    .filter((set) => set !== undefined)
    .flatMap((set) => setOfConfiguration(parent, record, set, snapshot))
    .sort(({ view: a }, { view: b }) => byLabel(clock.locale)(a, b));
  const none = noteLeaf(parent, "no-sets", message("No scale sets"), { id: "info" });
  return [...details.map((detail) => detailLeaf(parent, detail)), ...(sets.length > 0 ? sets : [none])];
}

function wordsOf({ schedule }: ConfigurationRecord): Message {
  return schedule?.words ?? message("Reading the schedule…");
}

function problemsOf({ schedule }: ConfigurationRecord): readonly WindowProblem[] {
  return schedule?.problems ?? [];
}

/** When the next window opens; undefined while that is not known and for other scopes. */
function windowOf({ schedule }: ConfigurationRecord, clock: Clock): Message | undefined {
  if (schedule === undefined) return undefined;
  const [next] = schedule.next;
  return next === undefined ? message("no window will open") : opening(next, clock);
}

function iconOf(record: ConfigurationRecord): Icon {
  const { schedule, resource } = record;
  if (!isOsImage(resource)) return { id: "calendar", color: "disabledForeground" };
  const severities = problemsOf(record).map(({ severity }) => severity);
  if (severities.includes("block") || schedule?.next.length === 0)
    return { id: "error", color: "list.errorForeground" };
  if (severities.includes("warn")) return { id: "warning", color: "list.warningForeground" };
  return { id: "calendar", color: "testing.iconPassed" };
}

function problemDetail({ rule, severity, message: label }: WindowProblem): Detail {
  const icon: Icon =
    severity === "block"
      ? { id: "error", color: "list.errorForeground" }
      : { id: "warning", color: "list.warningForeground" };
  return { name: `problem/${rule}`, label, icon };
}

/** The next window, in the configuration's zone and the user's, with those after it below. */
function windowsDetail([next, ...later]: readonly Occurrence[], zone: string, clock: Clock): Detail {
  const label = message("Next window");
  const icon: Icon = { id: "clock" };
  if (next === undefined) return { name: "next", label, value: message("no window will open"), icon };
  return {
    name: "next",
    label,
    value: inARow(opening(next, clock), inItsZone(next, clock)),
    icon,
    tooltip: [{ text: opening(next, clock) }, ...bothZones(next, zone, clock)],
    children: [
      {
        name: "yours",
        label: message("In your time zone"),
        value: inTheUsersZone(next, clock),
        icon: { id: "home" },
      },
      ...later.map((occurrence, index) => ({
        name: String(index),
        label: inItsZone(occurrence, clock),
        icon,
        tooltip: bothZones(occurrence, zone, clock),
      })),
    ],
  };
}

function bothZones(occurrence: Occurrence, zone: string, clock: Clock): readonly TooltipLine[] {
  return [
    { name: verbatim(zone), text: inItsZone(occurrence, clock) },
    { name: message("In your time zone"), text: inTheUsersZone(occurrence, clock) },
  ];
}

function zoneOf({ resource }: ConfigurationRecord): string {
  return readWindow(resource).timeZone ?? "–";
}
