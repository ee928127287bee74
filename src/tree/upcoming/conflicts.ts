import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { RegionPair } from "../../fleet/reading/pairedRegions.ts";
import type { Icon } from "../view.ts";
import { inABreath } from "../view.ts";
import { remark } from "./node.ts";
import type { Remark, WindowNode } from "./node.ts";
import type { Shown, State } from "./state.ts";
import { conflictsOf, fewOf, regionName } from "./words.ts";

/** A conflict of a window, explained. */
export interface Sentence {
  /** Unique among those of one window. */
  readonly name: string;
  readonly label: Message;
  readonly says: Message;
  /** What can be shown of it in the Fleet view. */
  readonly leadsTo?: IdKey;
}

export function conflictSentences(shown: Shown, state: State): readonly Sentence[] {
  const { pairs, shared } = conflictsOf(shown, state);
  return [
    ...pairs.map((pair) => pairSentence(pair, shown, state)),
    ...shared.map(({ set, others }) => ({
      name: `shared/${set.id.toLowerCase()}`,
      label: message("{0} has another configuration", set.name),
      says: message(
        "also {0}; Azure uses only one of them, and does not say which",
        fewOf(namesOf(others, state)),
      ),
      leadsTo: set.id.toLowerCase() as IdKey,
    })),
  ];
}

/** Azure itself updates only one region of a pair at a time, so that the other can stand in for it. */
function pairSentence(pair: RegionPair, { served, window }: Shown, state: State): Sentence {
  const meanwhile = state.upcoming.pairs.windowsMeanwhile(window, pair).map(({ key }) => key);
  const others = [...new Set(meanwhile)].filter((key) => key !== window.key);
  const itself = served.regions.has(pair.there);
  const names = fewOf(namesOf(others, state));
  const there = regionName(pair.there, state);
  const who = !itself
    ? message("{0} by {1}", there, names)
    : others.length === 0
      ? message("both by this configuration")
      : message("both by this configuration, {0} also by {1}", there, names);
  return {
    name: `pair/${pair.here}/${pair.there}`,
    label: message("{0} and {1} upgrade at the same time", regionName(pair.here, state), there),
    says: message("Azure pairs these regions so that one stands in for the other; {0}", who),
    ...(others[0] !== undefined && { leadsTo: others[0] }),
  };
}

/** The conflicts as lines below their window. */
export function conflictRemarks(parent: WindowNode, shown: Shown, state: State): readonly Remark[] {
  return conflictSentences(shown, state).map(({ name, label, says, leadsTo }) =>
    remark(
      parent,
      name,
      {
        label,
        description: says,
        icon: warning,
        tooltip: () => ({ title: label, lines: [{ text: says }] }),
        spoken: message("Conflict: {0}", inABreath(label, says)),
      },
      leadsTo,
    ),
  );
}

const warning: Icon = { id: "warning", color: "list.warningForeground" };

function namesOf(keys: readonly IdKey[], { snapshot }: State): readonly string[] {
  return keys.map((key) => snapshot.configurations.get(key)?.name ?? nameOf(key));
}
