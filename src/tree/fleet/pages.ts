import { message } from "../../core/text/message.ts";
import { idBelow } from "./node.ts";
import type { FleetNode, Leaf, Place } from "./node.ts";
import type { Scene } from "./scene.ts";

/** So many items of a group are shown at first, and so many more each time. */
export const pageSize = 200;

/** The id that the roots of the tree have as a group. */
export const rootGroup = "";

/** The items that are shown of a group, with the way to more. */
export function paged<I>(
  parent: Place | undefined,
  items: readonly I[],
  { opened }: Scene,
  nodesOf: (item: I) => readonly FleetNode[],
): readonly FleetNode[] {
  const shown = opened.get(parent?.id ?? rootGroup) ?? pageSize;
  if (items.length <= shown) return items.flatMap(nodesOf);
  return [...items.slice(0, shown).flatMap(nodesOf), moreLeaf(parent, shown, items.length)];
}

/** Its id has the count, so that the next one is another node, and the focus does not jump to it. */
function moreLeaf(parent: Place | undefined, shown: number, all: number): Leaf {
  const next = Math.min(pageSize, all - shown);
  const label = message("Show {0} more", next);
  const counts = message("{0} of {1} shown", shown, all);
  return {
    kind: "note",
    id: idBelow(parent, `more/${shown}`),
    parent,
    runs: { command: "showMore", title: label, args: [parent?.id ?? rootGroup, shown] },
    view: {
      label,
      description: counts,
      icon: { id: "ellipsis" },
      tooltip: () => ({ title: label, lines: [{ text: counts }] }),
      spoken: message("{0}, {1}", label, counts),
      contextValue: "more",
      children: "none",
    },
  };
}
