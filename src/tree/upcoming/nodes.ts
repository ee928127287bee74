import { message } from "../../core/message.ts";
import type { Message } from "../../core/message.ts";
import type { Part } from "../../fleet/snapshot.ts";
import { problemLines } from "../../ui/problemReport.ts";
import { configurationView } from "../configurationView.ts";
import type { NodeView } from "../view.ts";
import { conflictRemarks } from "./conflicts.ts";
import { groupView, windowsOf } from "./groups.ts";
import { groupNode, remark, resourceNode, windowNode } from "./node.ts";
import type { Group, Remark, UpcomingNode, WindowNode } from "./node.ts";
import { servedSetView } from "./servedSetView.ts";
import { shownAt } from "./state.ts";
import type { State } from "./state.ts";
import { windowView } from "./windowView.ts";
import { fewOf } from "./words.ts";

/** What a node shows; undefined when the state has its subject no more. */
export function viewOf(node: UpcomingNode, state: State): NodeView | undefined {
  switch (node.kind) {
    case "openNow":
    case "day":
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
      return windowsOf(node, state).flatMap((window) => {
        const served = state.upcoming.served.get(window.key);
        return served ? [windowNode(node, served.record, window)] : [];
      });
    case "quiet":
      return state.upcoming.quiet.map((record) => resourceNode("quietConfiguration", node, record));
    case "window":
      return windowChildren(node, state);
    default:
      return [];
  }
}

function roots(state: State): readonly UpcomingNode[] {
  const { agenda } = state.upcoming;
  const groups: readonly Group[] = [
    groupNode("openNow"),
    ...[...agenda.days.keys()].map((date) => groupNode("day", date)),
    groupNode("quiet"),
  ];
  return [...remarksOf(state), ...groups.filter((group) => groupView(group, state) !== undefined)];
}

/** Why the windows, their scale sets or their conflicts may not be all that there are. */
function remarksOf({ snapshot, upcoming }: State): readonly Remark[] {
  const { untold, isLoading, served } = upcoming;
  const unread = [...snapshot.subscriptions.values()].filter(({ configurations }) =>
    isFailed(configurations),
  );
  const { regionsProblem } = snapshot;
  const shows = [
    ...(isLoading ? [note("loading", message("Loading…"), "loading~spin")] : []),
    ...(unread.length > 0
      ? [
          note(
            "unread",
            message(
              "Windows of {0} are missing",
              fewOf(unread.map(({ subscription }) => subscription.displayName)),
            ),
            "error",
            message("the maintenance configurations could not be read"),
          ),
        ]
      : []),
    ...(served.size > 0 && untold.length > 0
      ? [
          note(
            "untold",
            untold.length === 1
              ? message("1 scale set is not counted")
              : message("{0} scale sets are not counted", untold.length),
            "question",
            message("the associations could not be read: {0}", fewOf(untold.map(({ name }) => name))),
          ),
        ]
      : []),
    ...(regionsProblem === undefined
      ? []
      : [
          note(
            "regions",
            message("Can't tell whether paired regions upgrade at the same time"),
            "question",
            regionsProblem.summary,
            problemLines(regionsProblem),
          ),
        ]),
  ];
  return shows;
}

function note(
  name: string,
  label: Message,
  icon: string,
  says?: Message,
  lines?: readonly Message[],
): Remark {
  return remark(undefined, name, {
    label,
    ...(says && { description: says }),
    icon: { id: icon },
    tooltip: () => ({ title: label, lines: (lines ?? (says ? [says] : [])).map((text) => ({ text })) }),
    spoken: says === undefined ? label : message("{0}: {1}", label, says),
  });
}

const isFailed = ({ state }: Part): boolean => state === "failed";

/** What is in conflict, then the sets: those that will not upgrade, those of which nobody can tell, those that will. */
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
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return (a, b) => compare(a.name, b.name);
}
