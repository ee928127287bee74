import { textAt } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { fateOf } from "../../fleet/snapshot/upcoming.ts";
import type { Fate } from "../../fleet/snapshot/upcoming.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { stateIcon } from "../scaleSets/coverageLook.ts";
import { scaleSetContext } from "../scaleSets/scaleSetView.ts";
import { inABreath, inARow } from "../view.ts";
import type { NodeView } from "../view.ts";

/** A scale set below a window: whether it upgrades in it, and why not. */
export function servedSetView(set: ScaleSetRecord): NodeView {
  const fate = fateOf(set);
  const words = fateInWords(fate);
  const [reason] = set.coverage.reasons;
  const parts = fate === "upgrading" ? [words] : [words, reason];
  return {
    label: verbatim(set.name),
    description: inARow(...parts),
    icon: stateIcon(set.coverage.state),
    tooltip: () => ({
      title: verbatim(set.name),
      lines: [
        { text: words },
        ...set.coverage.reasons.map((text) => ({ text })),
        { name: message("Region"), text: verbatim(textAt(set.resource, "location") ?? "–") },
        { text: verbatim(set.id) },
      ],
    }),
    spoken: message("Scale set {0}, {1}", set.name, inABreath(...parts)),
    contextValue: scaleSetContext(set),
    children: "none",
  };
}

export function fateInWords(fate: Fate): Message {
  const words: Record<Fate, Message> = {
    upgrading: message("will upgrade"),
    staying: message("won't upgrade"),
    unclear: message("unknown"),
  };
  return words[fate];
}
