import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { attentionOf, behindOf, checkedLine, countOf } from "../counts.ts";
import { moreToCome } from "./arriving.ts";
import { headingOf } from "./heading.ts";
import type { Heading } from "./heading.ts";
import type { Scene } from "./scene.ts";
import { inABreath, inARow } from "../view.ts";
import type { NodeView } from "../view.ts";

/** The scale sets of a subscription, below it. */
export function scaleSetsView(subscriptionId: string, { layout, snapshot }: Scene): NodeView {
  const sets = layout.groups.get(subscriptionId) ?? [];
  const label = message("Scale sets");
  const count = verbatim(String(sets.length));
  return groupLine(
    { label, icon: { id: "server" }, spoken: label },
    count,
    sets,
    moreToCome(snapshot, subscriptionId),
  );
}

/** A group of any other grouping; undefined while it has no scale set. */
export function groupView(value: string, scene: Scene): NodeView | undefined {
  const sets = scene.layout.groups.get(value);
  if (sets === undefined) return undefined;
  return groupLine(
    headingOf(value, sets, scene.grouping, scene.snapshot),
    countOf(sets),
    sets,
    moreToCome(scene.snapshot),
  );
}

function groupLine(
  { label, icon, says, lines = [], spoken }: Heading,
  count: Message,
  sets: readonly ScaleSetRecord[],
  more: Message | undefined,
): NodeView {
  const parts = [count, attentionOf(sets), behindOf(sets), more, says];
  const [, attention] = parts;
  return {
    label,
    description: inARow(...parts),
    icon,
    tooltip: () => ({
      title: label,
      lines: [...lines, ...(attention ? [{ text: attention }] : []), ...checkedLine(sets)],
    }),
    spoken: inABreath(spoken, ...parts),
    contextValue: "scaleSets",
    children: "collapsed",
  };
}
