import { dayMs } from "../../core/milliseconds.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { dateIn, hourIn } from "../../core/windows/agenda.ts";
import type { UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import { densityOf } from "../../core/windows/density.ts";
import type { Density, SetCounts } from "../../core/windows/density.ts";
import { hourInWords } from "../../core/text/hours.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { dayInWords, timesHere } from "../times.ts";
import { inABreath, inARow } from "../view.ts";
import type { Clock, Icon, NodeView, TooltipLine } from "../view.ts";
import { hourNode } from "./node.ts";
import type { Group } from "./node.ts";
import type { State } from "./state.ts";

/** A day with more windows than this is closed at first, and has its windows by the hour. */
const maxExpandedWindows = 25;

export function windowsOf(group: Group, state: State): readonly UpcomingWindow[] {
  const { kind, hour } = group;
  if (kind === "openNow") return state.upcoming.agenda.open;
  const windows = windowsOfDay(group, state);
  if (hour === undefined) return windows;
  const hourOf = hourIn(state.clock.zone);
  return windows.filter(({ opens }) => hourOf(opens) === hour);
}

/** The windows of the day that a day or an hour is of. */
export function windowsOfDay({ date }: Group, { upcoming }: State): readonly UpcomingWindow[] {
  return upcoming.agenda.days.get(date) ?? [];
}

/** The hours in which the windows of a day open; none where these are few. */
export function hoursOf(group: Group, state: State): readonly Group[] {
  const windows = windowsOf(group, state);
  if (group.kind !== "day" || windows.length <= maxExpandedWindows) return [];
  const hourOf = hourIn(state.clock.zone);
  return [...new Set(windows.map(({ opens }) => hourOf(opens)))].map((hour) => hourNode(group, hour));
}

/** The scale sets that a configuration has, and those of them that upgrade. */
export function countsOf(key: IdKey, { upcoming }: State): SetCounts {
  const { record, upgrading } = upcoming.served.get(key) ?? {};
  return { sets: record?.scaleSets.length ?? 0, upgrading: upgrading?.length ?? 0 };
}

/** A group without anything is not shown. */
export function isEmpty(group: Group, state: State): boolean {
  return group.kind === "quiet" ? state.upcoming.quiet.length === 0 : windowsOf(group, state).length === 0;
}

export function groupView(group: Group, state: State): NodeView | undefined {
  if (isEmpty(group, state)) return undefined;
  return group.kind === "quiet" ? quietView(state) : dayView(group, state);
}

/** A day or an hour of it, or the windows that are open now. */
function dayView(group: Group, state: State): NodeView {
  const windows = windowsOf(group, state);
  const { clusters, served } = state.upcoming;
  const inConflict = windows.filter(
    (window) => (served.get(window.key)?.shared.length ?? 0) > 0 || clusters.togetherIn(window).length > 0,
  ).length;
  const parts = [
    windowCount(windows.length),
    inConflict === 0 ? undefined : message("{0} in conflict", inConflict),
  ];
  const label = groupLabel(group, state.clock);
  if (group.kind !== "hour" && windows.length <= maxExpandedWindows)
    return view(label, parts, groupIcon(group), "expanded");
  const density = densityOf(windows, ({ key }) => countsOf(key, state), state.clock.zone);
  if (density === undefined) return view(label, parts, groupIcon(group), "collapsed");
  const { idle } = density;
  const all = [
    ...parts,
    idle === 0 ? undefined : message("{0} with nothing to upgrade", idle),
    ...(group.kind === "day" ? [busiest(density, state.clock)] : []),
  ];
  return view(label, all, groupIcon(group), "collapsed", () => standingOut(density, state));
}

function windowCount(count: number): Message {
  return count === 1 ? message("1 window") : message("{0} windows", count);
}

/** "busiest at 07:00: 50 windows" */
function busiest({ busiestHour, perHour }: Density<UpcomingWindow>, { locale }: Clock): Message {
  return message(
    "busiest at {0}: {1}",
    hourInWords(busiestHour, locale),
    windowCount(perHour[busiestHour] ?? 0),
  );
}

/** The windows that stand out among many. */
function standingOut(
  { first, last, largest }: Density<UpcomingWindow>,
  { upcoming, clock }: State,
): readonly TooltipLine[] {
  const named = ({ key, occurrence }: UpcomingWindow) =>
    message("{0} {1}", timesHere(occurrence, clock), upcoming.served.get(key)?.record.name ?? "");
  const most = largest && upcoming.served.get(largest.key)?.record.scaleSets.length;
  return [
    { name: message("First"), text: named(first) },
    { name: message("Last"), text: named(last) },
    ...(largest && most !== undefined
      ? [{ name: message("Most scale sets"), text: message("{0} ({1})", named(largest), most) }]
      : []),
  ];
}

function groupLabel({ kind, date, hour }: Group, clock: Clock): Message {
  if (kind === "openNow") return message("Open now");
  return hour === undefined ? dayLabel(date, clock) : verbatim(hourInWords(hour, clock.locale));
}

function quietView({ upcoming }: State): NodeView {
  const count = upcoming.quiet.length;
  const hasWindows = upcoming.agenda.open.length + upcoming.agenda.days.size > 0;
  const label = message("No window in the next 14 days");
  return view(
    label,
    [verbatim(String(count))],
    { id: "circle-slash" },
    hasWindows ? "collapsed" : "expanded",
  );
}

function view(
  label: Message,
  parts: readonly (Message | undefined)[],
  icon: Icon,
  children: NodeView["children"],
  more: () => readonly TooltipLine[] = () => [],
): NodeView {
  const description = inARow(...parts);
  return {
    label,
    description,
    icon,
    tooltip: () => ({ title: label, lines: [{ text: description }, ...more()] }),
    spoken: inABreath(label, ...parts),
    contextValue: "agendaGroup",
    children,
  };
}

function groupIcon({ kind }: Group): Icon {
  if (kind === "openNow") return { id: "bell-dot", color: "testing.iconPassed" };
  return { id: kind === "hour" ? "clock" : "calendar" };
}

/** "Today, Monday, November 23". */
function dayLabel(date: string, clock: Clock): Message {
  const words = dayInWords(date, clock);
  const now = Date.parse(clock.now);
  const dayOf = dateIn(clock.zone);
  if (date === dayOf(now)) return message("Today, {0}", words);
  // The day after today, whatever daylight saving does to its length.
  const tomorrow = new Date(Date.parse(`${dayOf(now)}T00:00:00Z`) + dayMs).toISOString();
  return date === tomorrow.slice(0, 10) ? message("Tomorrow, {0}", words) : verbatim(words);
}
