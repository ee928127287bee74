import type { Sliced } from "../../core/slices.ts";
import { inEnglish } from "../../core/text/message.ts";
import type { NodeView } from "../view.ts";
import type { ActivityNode } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import type { ActivityState } from "./state.ts";

/**
 * The nodes to refresh, children included, so that VS Code shows `after` where it showed `before`: those of which the line or the children
 * differ, and none below another. `all` when the roots are others.
 */
export function* nodesToRefresh(
  known: Iterable<ActivityNode>,
  before: ActivityState,
  after: ActivityState,
): Sliced<readonly ActivityNode[] | "all"> {
  if (childrenLine(undefined, before) !== childrenLine(undefined, after)) return "all";
  const differing: ActivityNode[] = [];
  for (const node of known) {
    if (differs(node, before, after)) differing.push(node);
    yield;
  }
  const ids = new Set(differing.map(({ id }) => id));
  return differing.filter(({ parent }) => parent === undefined || !ids.has(parent.id));
}

function differs(node: ActivityNode, before: ActivityState, after: ActivityState): boolean {
  const view = viewOf(node, after);
  // One that is gone is refreshed through its parent.
  if (view === undefined) return false;
  return (
    lineOf(viewOf(node, before)) !== lineOf(view) || childrenLine(node, before) !== childrenLine(node, after)
  );
}

/** The children by id; a line, which carries what it shows, by that too. */
function childrenLine(node: ActivityNode | undefined, state: ActivityState): string {
  return childrenOf(node, state)
    .map((child) => (child.kind === "activityLine" ? `${child.id} ${lineOf(child.view)}` : child.id))
    .join("\n");
}

function lineOf(view: NodeView | undefined): string {
  if (view === undefined) return "";
  return [inEnglish(view.spoken), view.icon.id, view.contextValue, view.children].join("\n");
}
