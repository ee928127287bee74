import type { Azure } from "../azure/contracts.ts";
import type { Change, ChangeResult } from "../core/plan.ts";
import type { InterruptedRun } from "./journal.ts";
import type { FleetStore } from "./store.ts";
import { takeOver } from "./takeOver.ts";

/**
 * Finds out what became of a plan whose window was closed: follows the changes that were sent and whose end was not heard, and puts what
 * they left behind into the store. Nothing is sent again. Aborting `signal` ends the following; what Azure works on stays under way.
 */
export async function followInterrupted(
  azure: Azure,
  store: FleetStore,
  { plan, sent, outcomes }: InterruptedRun,
  signal: AbortSignal,
): Promise<readonly ChangeResult[]> {
  const resultOf = async (change: Change): Promise<ChangeResult> => {
    const known = outcomes.get(change.id);
    if (known !== undefined) return { change, outcome: known };
    if (!sent.has(change.id)) return { change, outcome: { status: "notStarted", windowClosed: true } };
    const result = { change, outcome: await azure.outcomeOf(change, signal) };
    await takeOver(store, result);
    return result;
  };
  return Promise.all(plan.changes.map(resultOf));
}
