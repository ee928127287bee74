import { coverageStates } from "../../core/associations/coverageStates.ts";
import { onceFor } from "../../core/memo.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { Scene } from "./scene.ts";

/** The scale sets of one of the layout's lists as they are shown: by name, the worst states first where the user wants it so. */
export function inShownOrder(sets: readonly ScaleSetRecord[], scene: Scene): readonly ScaleSetRecord[] {
  const byName = scene.layout.inOrder(sets);
  return scene.isWorstFirst ? worstFirst(byName) : byName;
}

/**
 * Dealt out by state, which keeps the order of those that are alike, and those that other services manage last. Once for a list, which is
 * the same object for as long as it has the same records: ten thousand take a millisecond.
 */
const worstFirst = onceFor((sets: readonly ScaleSetRecord[]): readonly ScaleSetRecord[] => {
  const piles = [...coverageStates, "managed"].map((): ScaleSetRecord[] => []);
  for (const set of sets) {
    const { state, managedBy } = set.coverage;
    piles[managedBy === undefined ? coverageStates.indexOf(state) : piles.length - 1]?.push(set);
  }
  return piles.flat();
});
