import { dayMs } from "../../core/milliseconds.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { dateIn } from "../../core/windows/agenda.ts";
import type { UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import { dayInWords } from "../times.ts";
import { inABreath, inARow } from "../view.ts";
import type { Clock, Icon, NodeView } from "../view.ts";
import type { Group } from "./node.ts";
import type { State } from "./state.ts";

/** A day with more windows than this is closed at first. */
const maxExpandedWindows = 25;

export function windowsOf({ kind, date }: Group, { upcoming }: State): readonly UpcomingWindow[] {
  if (kind === "openNow") return upcoming.agenda.open;
  return kind === "day" ? (upcoming.agenda.days.get(date) ?? []) : [];
}

/** A group without anything is not shown. */
export function isEmpty(group: Group, state: State): boolean {
  return group.kind === "quiet" ? state.upcoming.quiet.length === 0 : windowsOf(group, state).length === 0;
}

export function groupView(group: Group, state: State): NodeView | undefined {
  if (isEmpty(group, state)) return undefined;
  return group.kind === "quiet" ? quietView(state) : dayView(group, state);
}

/** A day, or the windows that are open now. */
function dayView(group: Group, state: State): NodeView {
  const windows = windowsOf(group, state);
  const { clusters, served } = state.upcoming;
  const inConflict = windows.filter(
    (window) => (served.get(window.key)?.shared.length ?? 0) > 0 || clusters.togetherIn(window).length > 0,
  ).length;
  const label = group.kind === "openNow" ? message("Open now") : dayLabel(group.date, state.clock);
  const parts = [
    windows.length === 1 ? message("1 window") : message("{0} windows", windows.length),
    inConflict === 0 ? undefined : message("{0} in conflict", inConflict),
  ];
  return view(
    label,
    parts,
    groupIcon(group),
    windows.length <= maxExpandedWindows ? "expanded" : "collapsed",
  );
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
): NodeView {
  const description = inARow(...parts);
  return {
    label,
    description,
    icon,
    tooltip: () => ({ title: label, lines: [{ text: description }] }),
    spoken: inABreath(label, ...parts),
    contextValue: "agendaGroup",
    children,
  };
}

const groupIcon = ({ kind }: Group): Icon =>
  kind === "openNow" ? { id: "bell-dot", color: "testing.iconPassed" } : { id: "calendar" };

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
