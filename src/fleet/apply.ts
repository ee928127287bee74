import type { ApplyOptions, Azure } from "../azure/contracts.ts";
import type { ChangeResult, Plan } from "../core/plan.ts";
import type { Journal } from "./journal.ts";
import type { FleetStore } from "./store.ts";
import { takeOver } from "./takeOver.ts";

export interface Applying extends ApplyOptions {
  /** Keeps how far the plan has come; absent where nothing is left after a reload (the sandbox in this process). */
  readonly journal?: Journal | undefined;
}

/**
 * Applies a plan: the only way to write to Azure. What each change left behind is in the store as soon as it is known:
 * the read-back of one that was done, and for one that failed what Azure has now. Resolves when both are complete.
 */
export async function applyPlan(
  azure: Azure,
  store: FleetStore,
  plan: Plan,
  options: Applying,
): Promise<readonly ChangeResult[]> {
  const run = await options.journal?.begin(azure.cloud.endpoint, plan);
  const taken: Promise<void>[] = [];
  try {
    const results = await azure.apply(plan, {
      ...options,
      onStarted: (change) => {
        run?.started(change.id);
        return options.onStarted?.(change);
      },
      onOutcome: (result) => {
        run?.ended(result);
        taken.push(takeOver(store, result));
        options.onOutcome?.(result);
      },
    });
    await Promise.all(taken);
    return results;
  } finally {
    await run?.close();
  }
}
