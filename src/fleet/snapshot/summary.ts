import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { onceFor } from "../../core/memo.ts";
import type { ScaleSetRecord } from "./snapshot.ts";

/** How the scale sets of a fleet stand, in numbers. */
export interface Summary {
  /** Of the user's own sets; only states that there are. */
  readonly states: ReadonlyMap<CoverageState, number>;
  readonly needAttention: number;
  /** All of them. */
  readonly count: number;
}

/** Counted once for each state of a fleet, or for a list of its sets. */
export const summaryOf = onceFor((records: Records): Summary => {
  const states = new Map<CoverageState, number>();
  let [needAttention, count] = [0, 0];
  for (const { coverage } of records.values()) {
    count += 1;
    if (coverage.managedBy === undefined) states.set(coverage.state, (states.get(coverage.state) ?? 0) + 1);
    if (coverage.needsAttention) needAttention += 1;
  }
  return { states, needAttention, count };
});

interface Records {
  values(): Iterable<ScaleSetRecord>;
}
