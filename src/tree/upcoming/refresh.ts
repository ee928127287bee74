import type { Sliced } from "../../core/slices.ts";
import { inEnglish } from "../../core/text/message.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { dateIn } from "../../core/windows/agenda.ts";
import { isIdle } from "../../core/windows/density.ts";
import { configurationContext, momentOf } from "../configurations/configurationView.ts";
import { openingStep } from "../times.ts";
import type { Clock, NodeView } from "../view.ts";
import type { Group, UpcomingNode, WindowNode } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import { countsOf, windowsOf, windowsOfDay } from "./groups.ts";
import { shownAt } from "./state.ts";
import type { Shown, State } from "./state.ts";
import { conflictsOf, countOfConflicts, pairsOf } from "./words.ts";

/** What VS Code shows of the tree. */
export interface Known {
  /** The nodes that it was given. */
  readonly nodes: Iterable<UpcomingNode>;
  /** Ids of those whose children it asked for. */
  readonly opened: ReadonlySet<string>;
}

/**
 * The nodes to refresh, children included, so that VS Code shows `after` where it showed `before`: those of which the line or
 * the children differ, and none below another. `all` when the roots are others.
 */
export function* nodesToRefresh(
  known: Known,
  before: State,
  after: State,
): Sliced<readonly UpcomingNode[] | "all"> {
  if (childrenLine(undefined, before) !== childrenLine(undefined, after)) return "all";
  const differing: UpcomingNode[] = [];
  for (const node of known.nodes) {
    if (differs(node, known.opened, before, after)) differing.push(node);
    yield;
  }
  const ids = new Set(differing.map(({ id }) => id));
  return differing.filter(({ parent }) => !isBelow(parent, ids));
}

/** Whether all that is shown of a node is made of the same; another line shows the rest. */
function isSame(node: UpcomingNode, before: State, after: State): boolean {
  switch (node.kind) {
    case "servedSet":
      return before.snapshot.scaleSets.get(node.key) === after.snapshot.scaleSets.get(node.key);
    case "quietConfiguration": {
      const [was, is] = [before, after].map(({ snapshot }) => snapshot.configurations.get(node.key));
      return was === is && is !== undefined && momentOf(is, before.clock) === momentOf(is, after.clock);
    }
    case "window":
      return isSameWindow(node, before, after);
    case "openNow":
    case "day":
    case "hour":
      return isSameDay(node, before, after);
    default:
      return false;
  }
}

function isSameDay(group: Group, before: State, after: State): boolean {
  const allOf = group.kind === "openNow" ? windowsOf : windowsOfDay;
  const windows = allOf(group, after);
  const isShared = (key: IdKey, { upcoming }: State) => (upcoming.served.get(key)?.shared.length ?? 0) > 0;
  return (
    allOf(group, before) === windows &&
    areMetAlike(before, after) &&
    today(before.clock) === today(after.clock) &&
    before.clock.locale === after.clock.locale &&
    windows.every(
      ({ key }) =>
        isShared(key, before) === isShared(key, after) &&
        isIdle(countsOf(key, before)) === isIdle(countsOf(key, after)),
    )
  );
}

/** Whether windows meet the same others as before. */
function areMetAlike({ upcoming: was }: State, { upcoming: is }: State): boolean {
  return was.pairs === is.pairs && was.clusters === is.clusters;
}

const today = ({ zone, now }: Clock): string => dateIn(zone)(Date.parse(now));

function isSameWindow(node: WindowNode, before: State, after: State): boolean {
  const [was, is] = [shownAt(node, before), shownAt(node, after)];
  if (was === undefined || is === undefined || was.served !== is.served) return false;
  const remarks = (shown: Shown, state: State) =>
    [countOfConflicts(conflictsOf(shown, state)), pairsOf(shown, state).length].join();
  const areMet = areMetAlike(before, after) || remarks(was, before) === remarks(is, after);
  return areMet && momentOfWindow(is, before.clock) === momentOfWindow(is, after.clock);
}

/** All that changes in the line of a window while time passes. */
function momentOfWindow({ served, window: { occurrence } }: Shown, clock: Clock): string {
  return [
    today(clock),
    openingStep(occurrence, clock),
    configurationContext(served.record, clock),
    clock.locale,
  ].join("\n");
}

function differs(node: UpcomingNode, opened: ReadonlySet<string>, before: State, after: State): boolean {
  if (node.kind === "remark" || isSame(node, before, after)) return false;
  const line = lineIn(after, node);
  // One that is gone is refreshed through its parent.
  if (line === "") return false;
  if (lineIn(before, node) !== line) return true;
  return opened.has(node.id) && childrenLine(node, before) !== childrenLine(node, after);
}

/** Empty for a node that the state does not have. */
function lineIn(state: State, node: UpcomingNode): string {
  const known = state.lines.get(node.id);
  if (known !== undefined) return known;
  const line = lineOf(viewOf(node, state));
  state.lines.set(node.id, line);
  return line;
}

function isBelow(node: UpcomingNode | undefined, ids: ReadonlySet<string>): boolean {
  return node !== undefined && (ids.has(node.id) || isBelow(node.parent, ids));
}

/** The children by id; a remark, which carries what it shows, by that too. */
function childrenLine(node: UpcomingNode | undefined, state: State): string {
  const children = childrenOf(node, state);
  return children
    .map((child) => (child.kind === "remark" ? `${child.id} ${lineOf(child.view)}` : child.id))
    .join("\n");
}

function lineOf(view: NodeView | undefined): string {
  if (view === undefined) return "";
  const { label, description, icon, contextValue } = view;
  const texts = [label, ...(description ? [description] : [])].map(inEnglish);
  return [...texts, icon.id, icon.color ?? "", contextValue].join("\n");
}
