import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { AgendaWindow } from "../../core/windows/agenda.ts";

/** Node types of one Service Fabric cluster that upgrade in the same hours. */
export interface NodeTypesTogether<K, S> {
  /** URL of the cluster's runtime. */
  readonly cluster: string;
  /** The node types, those of the window that was asked about first: two or more. */
  readonly sets: readonly S[];
  /** The configurations whose windows upgrade the other ones meanwhile; empty where it is this window alone. */
  readonly others: readonly K[];
}

/**
 * Tells which windows upgrade several node types of a cluster at once: its update domains may then go down in each of them
 * (https://github.com/MicrosoftDocs/azure-docs/issues/52445).
 */
export interface SharedClusters<K, S> {
  togetherIn(window: AgendaWindow<K>): readonly NodeTypesTogether<K, S>[];
}

/** @param nodeTypesOf gives the node types that upgrade in a configuration's windows, by their cluster */
export function* sharedClusters<K, S>(
  windows: readonly AgendaWindow<K>[],
  nodeTypesOf: (key: K) => ReadonlyMap<string, readonly S[]>,
): Sliced<SharedClusters<K, S>> {
  const byCluster = new Map<string, AgendaWindow<K>[]>();
  yield* inPieces(windows, (window) => {
    for (const cluster of nodeTypesOf(window.key).keys()) {
      const known = byCluster.get(cluster) ?? [];
      byCluster.set(cluster, known);
      known.push(window);
    }
  });
  return {
    togetherIn: ({ key, opens, closes }) =>
      [...nodeTypesOf(key)].flatMap(([cluster, own]) => {
        const meanwhile = (byCluster.get(cluster) ?? []).filter(
          (other) => other.opens < closes && other.closes > opens,
        );
        const others = [...new Set(meanwhile.map((other) => other.key))].filter((other) => other !== key);
        const sets = [...own, ...others.flatMap((other) => nodeTypesOf(other).get(cluster) ?? [])];
        return sets.length > 1 ? [{ cluster, sets, others }] : [];
      }),
  };
}
