import type { Azure } from "../../azure/contracts.ts";
import { forEachLimited } from "../../core/limit.ts";
import { notComparable } from "../../core/plans/keeping.ts";
import { isUnsettled } from "../../core/plans/leftToDo.ts";
import type { Change, ChangeResult, Outcome } from "../../core/plans/plan.ts";
import type { FleetStore } from "../store.ts";
import { type KeptPlan, sentChange } from "./planFile.ts";
import { takeOver } from "./takeOver.ts";

/** How many changes are asked about at a time. */
const maxParallelFollows = 6;

/**
 * Finds out what became of the changes of a plan that were sent and whose end was not heard: follows them, and puts what they left behind
 * into the store. Nothing is sent. Aborting `signal` ends the following; what Azure works on stays under way. Answers by the change's id.
 */
export async function followSent(
  azure: Azure,
  store: FleetStore,
  kept: KeptPlan,
  signal: AbortSignal,
  onOutcome: (result: ChangeResult) => void = () => undefined,
): Promise<ReadonlyMap<string, Outcome>> {
  const followed = new Map<string, Outcome>();
  const open = kept.plan.changes.filter(({ id }) => kept.sent.has(id) && !kept.outcomes.has(id));
  const follow = async (change: Change) => {
    const result = { change, outcome: await outcomeOf(azure, change, kept, signal, false) };
    followed.set(change.id, result.outcome);
    onOutcome(result);
    await takeOver(store, result, signal);
  };
  await forEachLimited(open, follow, maxParallelFollows);
  return followed;
}

/**
 * Looks once more at each change of a plan that is not confirmed, or that Azure still worked on, and puts what is there into the store.
 * Nothing is sent. Once `signal` is aborted, no further one is looked at. Answers what was looked at, as it is now.
 */
export async function checkSent(
  azure: Azure,
  store: FleetStore,
  kept: KeptPlan,
  signal: AbortSignal,
  onChecked: (result: ChangeResult) => void = () => undefined,
): Promise<readonly ChangeResult[]> {
  const checked: ChangeResult[] = [];
  const open = kept.plan.changes.filter(({ id }) => {
    const outcome = kept.outcomes.get(id);
    return outcome !== undefined && isUnsettled(outcome);
  });
  const check = async (change: Change) => {
    if (signal.aborted) return;
    const result = { change, outcome: await outcomeOf(azure, change, kept, signal, true) };
    checked.push(result);
    onChecked(result);
    await takeOver(store, result, signal);
  };
  await forEachLimited(open, check, maxParallelFollows);
  return checked;
}

/** Without its bodies only a change can be followed that takes its target away. */
async function outcomeOf(
  azure: Azure,
  change: Change,
  kept: KeptPlan,
  signal: AbortSignal,
  isOnce: boolean,
): Promise<Outcome> {
  const { bodyNotKept: isBodiless, kind, id } = change;
  if (isBodiless && kind !== "dissociate" && kind !== "deleteConfiguration")
    return { status: "notConfirmed", problem: notComparable(change) };
  const sentAt = kept.sent.get(id)?.at ?? kept.begunAt;
  return azure.outcomeOf(sentChange(change, kept), signal, { sentAt, isOnce });
}
