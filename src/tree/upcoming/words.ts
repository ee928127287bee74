import { joined, message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { RegionPair } from "../../fleet/reading/pairedRegions.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { NodeTypesTogether } from "../../fleet/reading/sharedClusters.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { Served } from "../../fleet/snapshot/upcoming.ts";
import { countOf } from "../counts.ts";
import type { Shown, State } from "./state.ts";

/** "9 scale sets, 7 won't upgrade, 1 unknown". */
export function countsInWords({ record, upgrading, staying, unclear }: Served): Message {
  const count = record.scaleSets.length;
  const sets = countOf(record.scaleSets);
  if (count > 0 && staying.length === count)
    return joined(", ", [sets, count === 1 ? message("won't upgrade") : message("none will upgrade")]);
  const parts = [
    sets,
    ...(staying.length > 0 ? [message("{0} won't upgrade", staying.length)] : []),
    ...(unclear.length > 0 ? [message("{0} unknown", unclear.length)] : []),
    ...(upgrading.length > 0 && upgrading.length === count ? [message("all upgrade")] : []),
  ];
  return joined(", ", parts);
}

/** What is in conflict with a window: the node types that it upgrades together, and the sets that it shares. */
export interface Conflicts {
  readonly clusters: readonly NodeTypesTogether<IdKey, ScaleSetRecord>[];
  readonly shared: Served["shared"];
}

export function conflictsOf({ served, window }: Shown, { upcoming }: State): Conflicts {
  return {
    clusters: upcoming.clusters.togetherIn(window),
    shared: served.shared,
  };
}

/** The paired regions that a window upgrades together with others, where the user wants to know. */
export function pairsOf({ window }: Shown, { upcoming }: State): readonly RegionPair[] {
  return eachOnce(upcoming.pairs?.pairsOf(window) ?? []);
}

/** A window that serves both regions of a pair meets it from either side. */
function eachOnce(pairs: readonly RegionPair[]): readonly RegionPair[] {
  const keyOf = ({ here, there }: RegionPair) => [here, there].sort().join(" ");
  return [...new Map(pairs.toReversed().map((pair) => [keyOf(pair), pair])).values()].toReversed();
}

export const countOfConflicts = ({ clusters, shared }: Conflicts): number => clusters.length + shared.length;

export const hasConflict = (conflicts: Conflicts): boolean => countOfConflicts(conflicts) > 0;

/** "1 conflict", "2 conflicts"; undefined for none. */
export function conflictCount(conflicts: Conflicts): Message | undefined {
  const count = countOfConflicts(conflicts);
  if (count === 0) return undefined;
  return count === 1 ? message("1 conflict") : message("{0} conflicts", count);
}

export function regionName(key: string, { snapshot }: State): string {
  return snapshot.regions.get(key)?.displayName ?? key;
}

/** "a, b and 7 more". */
export function fewOf(names: readonly string[], maxNames = 3): Message {
  const shown = names.slice(0, maxNames).join(", ");
  return names.length > maxNames
    ? message("{0} and {1} more", shown, names.length - maxNames)
    : verbatim(shown);
}
