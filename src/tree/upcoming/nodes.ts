import { message } from "../../core/text/message.ts";
import { collator } from "../fleet/layout.ts";
import { configurationView } from "../configurations/configurationView.ts";
import type { NodeView } from "../view.ts";
import { conflictRemarks } from "./conflicts.ts";
import { groupView, hoursOf, isEmpty, windowsOf } from "./groups.ts";
import { groupNode, remark, resourceNode, windowNode } from "./node.ts";
import type { Group, UpcomingNode, WindowNode } from "./node.ts";
import { remarksOf } from "./remarks.ts";
import { servedSetView } from "./servedSetView.ts";
import { shownAt } from "./state.ts";
import type { State } from "./state.ts";
import { windowView } from "./windowView.ts";

/** What a node shows; undefined when the state has its subject no more. */
export function viewOf(node: UpcomingNode, state: State): NodeView | undefined {
  switch (node.kind) {
    case "openNow":
    case "day":
    case "hour":
    case "quiet":
      return groupView(node, state);
    case "window": {
      const shown = shownAt(node, state);
      return shown && windowView(shown, state);
    }
    case "servedSet": {
      const set = state.snapshot.scaleSets.get(node.key);
      return set && servedSetView(set);
    }
    case "quietConfiguration": {
      const record = state.snapshot.configurations.get(node.key);
      return record && { ...configurationView(record, state.clock), children: "none" };
    }
    case "remark":
      return node.view;
  }
}

/** The nodes below `node`, those at the root without one. */
export function childrenOf(node: UpcomingNode | undefined, state: State): readonly UpcomingNode[] {
  switch (node?.kind) {
    case undefined:
      return roots(state);
    case "openNow":
    case "day":
    case "hour": {
      const hours = hoursOf(node, state);
      return hours.length > 0 ? hours : windowNodes(node, state);
    }
    case "quiet":
      return state.upcoming.quiet.map((record) => resourceNode("quietConfiguration", node, record));
    case "window":
      return windowChildren(node, state);
    default:
      return [];
  }
}

function windowNodes(group: Group, state: State): readonly WindowNode[] {
  return windowsOf(group, state).flatMap((window) => {
    const served = state.upcoming.served.get(window.key);
    return served ? [windowNode(group, served.record, window)] : [];
  });
}

/** Windows are shown once all are known: a day that is open with the first few of them would stay open with hundreds. */
function roots(state: State): readonly UpcomingNode[] {
  const { agenda } = state.upcoming;
  if (state.isArriving) return remarksOf(state);
  const groups: readonly Group[] = [
    groupNode("openNow"),
    ...[...agenda.days.keys()].map((date) => groupNode("day", date)),
    groupNode("quiet"),
  ];
  return [...remarksOf(state), ...groups.filter((group) => !isEmpty(group, state))];
}

/** What is in conflict, then the sets: those that won't upgrade, the unknown ones, those that will. */
function windowChildren(node: WindowNode, state: State): readonly UpcomingNode[] {
  const shown = shownAt(node, state);
  if (shown === undefined) return [];
  const { staying, unclear, upgrading } = shown.served;
  const sets = [staying, unclear, upgrading].flatMap((group) => group.toSorted(byName(state.clock.locale)));
  const none = remark(node, "no-sets", {
    label: message("No scale sets"),
    icon: { id: "info" },
    tooltip: () => ({ title: message("No scale sets"), lines: [] }),
    spoken: message("No scale sets"),
  });
  return [
    ...conflictRemarks(node, shown, state),
    ...(sets.length === 0 ? [none] : sets.map((set) => resourceNode("servedSet", node, set))),
  ];
}

function byName(locale: string): (a: { readonly name: string }, b: { readonly name: string }) => number {
  const { compare } = collator(locale);
  return (a, b) => compare(a.name, b.name);
}
