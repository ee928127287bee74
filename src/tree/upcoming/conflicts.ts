import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { RegionPair } from "../../fleet/reading/pairedRegions.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { Icon } from "../view.ts";
import { inABreath } from "../view.ts";
import { remark } from "./node.ts";
import type { Remark, WindowNode } from "./node.ts";
import type { Shown, State } from "./state.ts";
import { conflictsOf, fewOf, pairsOf, regionName } from "./words.ts";
import type { Conflicts } from "./words.ts";

/** A conflict or a note of a window, explained. */
export interface Sentence {
  /** Unique among those of one window. */
  readonly name: string;
  readonly label: Message;
  readonly says: Message;
  /** What can be shown of it in the Fleet view. */
  readonly leadsTo?: IdKey;
}

export function conflictSentences(shown: Shown, state: State): readonly Sentence[] {
  const { clusters, shared } = conflictsOf(shown, state);
  return [
    ...clusters.map((together) => clusterSentence(together, state)),
    ...shared.map(({ set, others }) => ({
      name: `shared/${set.id.toLowerCase()}`,
      label: message("{0} has another configuration", set.name),
      says: message(
        "Also {0}. Azure may use only one of them. Not documented: which one.",
        fewOf(namesOf(others, state)),
      ),
      leadsTo: set.id.toLowerCase() as IdKey,
    })),
  ];
}

/** What is worth knowing of a window and no conflict: that paired regions upgrade at the same time. */
export function noteSentences(shown: Shown, state: State): readonly Sentence[] {
  return pairsOf(shown, state).map((pair) => pairSentence(pair, shown, state));
}

/** Azure itself updates only one region of a pair at a time, so that the other can stand in for it. */
function pairSentence(pair: RegionPair, { window }: Shown, state: State): Sentence {
  const meanwhile = (state.upcoming.pairs?.windowsMeanwhile(window, pair) ?? []).map(({ key }) => key);
  const others = [...new Set(meanwhile)].filter((key) => key !== window.key);
  const there = regionName(pair.there, state);
  return {
    name: `pair/${pair.here}/${pair.there}`,
    label: message("{0} and {1} upgrade at the same time", regionName(pair.here, state), there),
    says: message(
      "Azure pairs these regions for disaster recovery. Upgraded by {0}.",
      withThis(others, state),
    ),
    ...(others[0] !== undefined && { leadsTo: others[0] }),
  };
}

/** Update domains of one cluster can go down in several node types at once: https://github.com/MicrosoftDocs/azure-docs/issues/52445. */
function clusterSentence({ cluster, sets, others }: Conflicts["clusters"][number], state: State): Sentence {
  return {
    name: `cluster/${cluster}`,
    label: togetherLabel(sets),
    says: message(
      "Same Service Fabric cluster: nodes of each type can go down at once. Upgraded by {0}.",
      withThis(others, state),
    ),
    leadsTo: others[0] ?? (sets[1]?.id.toLowerCase() as IdKey),
  };
}

/** "nt1 and nt2 upgrade at the same time". */
function togetherLabel(sets: readonly ScaleSetRecord[]): Message {
  const [one, two, ...more] = sets.map(({ name }) => name);
  return more.length === 0 && one !== undefined && two !== undefined
    ? message("{0} and {1} upgrade at the same time", one, two)
    : nodeTypesLabel(sets);
}

function nodeTypesLabel(sets: readonly ScaleSetRecord[]): Message {
  return message(
    "Node types of one cluster upgrade at the same time: {0}",
    fewOf(sets.map(({ name }) => name)),
  );
}

/** The configuration of the window, and the others whose windows are open meanwhile. */
function withThis(others: readonly IdKey[], state: State): Message {
  return others.length === 0
    ? message("this configuration")
    : message("this configuration and {0}", fewOf(namesOf(others, state)));
}

/** How many sets that have another configuration too are named of one window. */
const maxNamedSets = 3;

/** The conflicts in a few words each, for a report of many windows. */
export function shortConflicts(window: UpcomingWindow, state: State): readonly Message[] {
  const served = state.upcoming.served.get(window.key);
  if (served === undefined) return [];
  const { clusters, shared } = conflictsOf({ served, window }, state);
  const more = shared.length - maxNamedSets;
  return [
    ...clusters.map(({ sets }) => nodeTypesLabel(sets)),
    ...shared.slice(0, maxNamedSets).map(({ set }) => message("{0} has another configuration", set.name)),
    ...(more > 0 ? [message("and {0} more", more)] : []),
  ];
}

/** The notes in a few words each, for a report of many windows. */
export function shortNotes(window: UpcomingWindow, state: State): readonly Message[] {
  const served = state.upcoming.served.get(window.key);
  if (served === undefined) return [];
  return pairsOf({ served, window }, state).map(({ here, there }) =>
    message("{0} and {1} upgrade at the same time", regionName(here, state), regionName(there, state)),
  );
}

/** The conflicts as lines below their window, then the notes. */
export function conflictRemarks(parent: WindowNode, shown: Shown, state: State): readonly Remark[] {
  const line = ({ name, label, says, leadsTo }: Sentence, icon: Icon, spoken: Message) =>
    remark(
      parent,
      name,
      {
        label,
        description: says,
        icon,
        tooltip: () => ({ title: label, lines: [{ text: says }] }),
        spoken,
      },
      leadsTo,
    );
  return [
    ...conflictSentences(shown, state).map((one) =>
      line(one, warning, message("Conflict: {0}", inABreath(one.label, one.says))),
    ),
    ...noteSentences(shown, state).map((one) =>
      line(one, { id: "info" }, message("Note: {0}", inABreath(one.label, one.says))),
    ),
  ];
}

const warning: Icon = { id: "warning", color: "list.warningForeground" };

function namesOf(keys: readonly IdKey[], { snapshot }: State): readonly string[] {
  return keys.map((key) => snapshot.configurations.get(key)?.name ?? nameOf(key));
}
