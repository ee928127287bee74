import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { onceFor } from "../../core/memo.ts";
import type { ScaleSetRecord } from "./snapshot.ts";

/** How the scale sets of a fleet stand, in numbers. */
export interface Summary {
  /** Of the user's own sets; only states that there are. */
  readonly states: ReadonlyMap<CoverageState, number>;
  /** Sets that another service owns. */
  readonly owned: number;
  readonly needAttention: number;
}

/** Counted once for each state of a fleet. */
export const summaryOf = onceFor((records: ReadonlyMap<unknown, ScaleSetRecord>): Summary => {
  const states = new Map<CoverageState, number>();
  let [owned, needAttention] = [0, 0];
  for (const { coverage } of records.values()) {
    if (coverage.managedBy === undefined) states.set(coverage.state, (states.get(coverage.state) ?? 0) + 1);
    else owned += 1;
    if (coverage.needsAttention) needAttention += 1;
  }
  return { states, owned, needAttention };
});
