import { inEnglish } from "../../core/text/message.ts";
import type { NodeView } from "../view.ts";
import type { UpcomingNode } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import type { State } from "./state.ts";

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
export function nodesToRefresh(known: Known, before: State, after: State): readonly UpcomingNode[] | "all" {
  if (childrenLine(undefined, before) !== childrenLine(undefined, after)) return "all";
  const differing = [...known.nodes].filter((node) => differs(node, known.opened, before, after));
  const ids = new Set(differing.map(({ id }) => id));
  return differing.filter(({ parent }) => !isBelow(parent, ids));
}

function differs(node: UpcomingNode, opened: ReadonlySet<string>, before: State, after: State): boolean {
  const line = lineIn(after, node);
  // One that is gone is refreshed through its parent.
  if (line === "" || node.kind === "remark") return false;
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
