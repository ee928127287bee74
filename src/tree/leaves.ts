import { message, verbatim } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import { textAt } from "../core/resources/json.ts";
import { isUnheard } from "../core/text/problem.ts";
import type { Problem } from "../core/text/problem.ts";
import type { MalformedRecord } from "../fleet/snapshot/snapshot.ts";
import { problemLines } from "../ui/problemReport.ts";
import { idBelow } from "./fleet/node.ts";
import type { FleetNode, Leaf, Place } from "./fleet/node.ts";
import type { Icon, NodeView, TooltipLine } from "./view.ts";

export interface Detail {
  /** Unique among the details of one node. */
  readonly name: string;
  readonly label: Message;
  readonly value?: Message;
  readonly icon: Icon;
  readonly tooltip?: readonly TooltipLine[];
  readonly children?: readonly Detail[];
}

/** One fact about a resource: "Image  Canonical ubuntu-24_04-lts server latest". */
export function detailLeaf(parent: FleetNode, detail: Detail): Leaf {
  const below: Leaf[] = [];
  const leaf: Leaf = {
    kind: "detail",
    id: idBelow(parent, detail.name),
    parent,
    children: below,
    view: detailView(detail),
  };
  below.push(...(detail.children ?? []).map((child) => detailLeaf(leaf, child)));
  return leaf;
}

export function detailView({ label, value, icon, tooltip, children = [] }: Detail): NodeView {
  return {
    label,
    ...(value && { description: value }),
    icon,
    tooltip: () => ({ title: label, lines: tooltip ?? (value ? [{ text: value }] : []) }),
    spoken: value === undefined ? label : message("{0}: {1}", label, value),
    contextValue: "detail",
    children: children.length > 0 ? "collapsed" : "none",
  };
}

/** Says in words that there is nothing, or not yet. */
export function noteLeaf(parent: Place | undefined, name: string, label: Message, icon: Icon): Leaf {
  return {
    kind: "note",
    id: idBelow(parent, name),
    parent,
    view: {
      label,
      icon,
      tooltip: () => ({ title: label, lines: [] }),
      spoken: label,
      contextValue: "note",
      children: "none",
    },
  };
}

/** A part of the fleet that could not be read. */
export function problemLeaf(parent: Place | undefined, name: string, label: Message, problem: Problem): Leaf {
  // A code of the network, such as ECONNRESET, would not say which host.
  const code = isUnheard(problem) ? undefined : (problem.code ?? problem.status);
  return {
    kind: "problem",
    id: idBelow(parent, name),
    parent,
    view: {
      label,
      description: code === undefined ? problem.summary : verbatim(String(code)),
      icon: { id: "error", color: "list.errorForeground" },
      tooltip: () => ({ title: label, lines: problemLines(problem).map((text) => ({ text })) }),
      spoken: message("Problem: {0}. {1}", label, problem.summary),
      contextValue: "problem",
      children: "none",
    },
  };
}

/** An item of a list that is not what the list says. */
export function malformedLeaf(parent: Place, index: number, { part, value, reason }: MalformedRecord): Leaf {
  const name = textAt(value, "name");
  const resourceId = textAt(value, "id");
  const kind =
    part === "scaleSets" ? message("Unreadable scale set") : message("Unreadable maintenance configuration");
  const label = name === undefined ? kind : verbatim(name);
  return {
    kind: "malformed",
    id: idBelow(parent, `malformed/${index}`),
    parent,
    ...(resourceId !== undefined && { resourceId }),
    value,
    view: {
      label,
      description: reason,
      icon: { id: "warning", color: "list.warningForeground" },
      tooltip: () => ({ title: label, lines: [{ text: kind }, { text: reason }], json: value }),
      spoken: message("{0}: {1}. {2}", kind, name ?? "", reason),
      contextValue: "malformed",
      children: "none",
    },
  };
}
