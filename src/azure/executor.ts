import type { Change, ChangeResult, Outcome, Plan } from "../core/plan.ts";
import type { ApplyOptions } from "./contracts.ts";

const maxInFlight = 8;

/**
 * Runs a plan's changes, each as soon as all that it needs is done, at most 8 at a time. A change whose need was not done is skipped. When
 * the signal is aborted, what is in flight comes to the end that `run` gives it and the rest is not started. `run` must not reject.
 * Throws only where changes need each other in a circle or need one that is not in the plan.
 */
export async function execute(
  plan: Plan,
  options: ApplyOptions,
  run: (change: Change) => Promise<Outcome>,
): Promise<readonly ChangeResult[]> {
  const outcomes = new Map<string, Outcome>();
  const waiting = new Set(plan.changes);
  const inFlight = new Set<Promise<void>>();

  const settle = (change: Change, outcome: Outcome) => {
    waiting.delete(change);
    outcomes.set(change.id, outcome);
    options.onOutcome?.({ change, outcome });
  };
  const start = (change: Change) => {
    waiting.delete(change);
    options.onStarted?.(change);
    const flight = run(change).then((outcome) => {
      inFlight.delete(flight);
      settle(change, outcome);
    });
    inFlight.add(flight);
  };
  /** What can be said of a waiting change now: its end, that it may start, or nothing yet. */
  const verdictOn = (change: Change): Outcome | "ready" | undefined => {
    const undone = change.needs.find((id) => isUndone(outcomes.get(id)));
    if (undone !== undefined) return { status: "skipped", because: undone };
    if (options.signal.aborted) return { status: "notStarted" };
    return change.needs.every((id) => outcomes.get(id)?.status === "done") ? "ready" : undefined;
  };
  const advance = () => {
    for (const change of waiting) {
      const verdict = verdictOn(change);
      if (verdict === "ready" && inFlight.size < maxInFlight) start(change);
      else if (typeof verdict === "object") {
        settle(change, verdict);
        return true; // What needs this one may stand before it in the plan.
      }
    }
    return false;
  };

  while (waiting.size > 0 || inFlight.size > 0) {
    if (advance()) continue;
    if (inFlight.size === 0 && waiting.size > 0)
      throw new Error(`The plan cannot go on: ${[...waiting].map(({ id }) => id).join(", ")}`);
    await Promise.race(inFlight);
  }
  return plan.changes.map((change) => ({ change, outcome: outcomes.get(change.id) as Outcome }));
}

function isUndone(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.status !== "done" && outcome.status !== "notStarted";
}
