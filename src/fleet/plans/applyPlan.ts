import type { ApplyOptions, Azure } from "../../azure/contracts.ts";
import type { ChangeResult, NotSent, Plan } from "../../core/plans/plan.ts";
import type { Run } from "./journal.ts";
import type { FleetStore } from "../store.ts";
import { takeOver } from "./takeOver.ts";

export interface Applying extends ApplyOptions {
  /** Keeps how far the plan has come, and says when this window is its owner no more. */
  readonly run?: Run;
}

/**
 * Applies a plan: the only way to write to Azure. What each change left behind goes to the store as soon as it is known: the read-back of one
 * that was done, and for one that failed what Azure has now. Resolves when all of it is there.
 */
export async function applyPlan(
  azure: Azure,
  store: FleetStore,
  plan: Plan,
  { run, ...options }: Applying,
): Promise<readonly ChangeResult[]> {
  const signal = run === undefined ? options.signal : AbortSignal.any([options.signal, run.signal]);
  const taken: Promise<void>[] = [];
  const results = await azure.apply(plan, {
    signal,
    onStarted: async (change) => {
      await run?.sending(change);
      // What goes on after the user has cancelled, such as the end of a move, is told too.
      if (run?.signal.aborted !== true) await options.onStarted?.(change);
    },
    onWaiting: (change) => options.onWaiting?.(change),
    onOutcome: (result) => {
      const outcome = explained(result, run);
      run?.ended(outcome);
      taken.push(takeOver(store, outcome, signal));
      options.onOutcome?.(outcome);
    },
  });
  await Promise.all(taken);
  return results.map((result) => explained(result, run));
}

/** A change that was not sent since this window may send no more is told so. */
function explained({ change, outcome }: ChangeResult, run: Run | undefined): ChangeResult {
  if (outcome.status !== "notStarted" || run?.signal.aborted !== true) return { change, outcome };
  return { change, outcome: { status: "notStarted", why: run.signal.reason as NotSent } };
}
