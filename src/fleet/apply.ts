import type { ApplyOptions, Azure } from "../azure/contracts.ts";
import { isUpgradeAction, scaleSetIdOf } from "../core/change.ts";
import { assignmentId, idKey, isConfigurationId, nameOf } from "../core/ids.ts";
import type { ScaleSetId } from "../core/ids.ts";
import type { ChangeResult, Outcome, Plan } from "../core/plan.ts";
import { configurationsNamedBy } from "./configurations.ts";
import type { Journal } from "./journal.ts";
import type { Snapshot } from "./snapshot.ts";
import type { FleetStore } from "./store.ts";

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
        options.onStarted?.(change);
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

/** Puts what a change left behind into the store. */
export async function takeOver(store: FleetStore, result: ChangeResult): Promise<void> {
  const { target } = result.change;
  const controlled = assignmentsTo(store.snapshot, target);
  await takeOverTarget(store, result);
  // Azure takes the control away from a deleted configuration's sets, or leaves assignments to nothing behind: only a read tells.
  if (!store.snapshot.configurations.has(idKey(target))) await store.lookAgain(...controlled);
}

async function takeOverTarget(store: FleetStore, { change, outcome }: ChangeResult): Promise<void> {
  if (outcome.status === "skipped" || outcome.status === "notStarted") return;
  if (isUpgradeAction(change)) return takeOverUpgrade(store, change.target, outcome);
  // A change that failed may have been done in part, and one that is under way shows already.
  if (outcome.status !== "done" || change.kind === "addHealthExtension")
    return store.lookAgain(scaleSetIdOf(change));
  if (outcome.readBack === undefined && change.after !== undefined) return store.lookAgain(change.target);
  await store.put({ kind: "resource", id: change.target, resource: outcome.readBack });
}

/** The set is read too: while its upgrade runs, Azure updates it. */
async function takeOverUpgrade(store: FleetStore, scaleSetId: string, outcome: Outcome): Promise<void> {
  if (outcome.status === "done" && outcome.readBack !== undefined)
    store.putUpgrade(scaleSetId, { upgrade: outcome.readBack });
  else await store.readUpgrade(scaleSetId, false);
  await store.lookAgain(scaleSetId);
}

/** Ids of assignments, one of each scale set that is associated with a configuration. None for other resources. */
function assignmentsTo({ scaleSets }: Snapshot, target: string): readonly string[] {
  if (!isConfigurationId(target)) return [];
  return [...scaleSets.values()]
    .filter(({ assignments }) => configurationsNamedBy(assignments).includes(idKey(target)))
    .map(({ id }) => assignmentId(id as ScaleSetId, nameOf(target)));
}
