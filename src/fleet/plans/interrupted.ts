import type { ApplyOptions, Azure } from "../../azure/contracts.ts";
import { bodyNotKept } from "../../core/plans/keeping.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../core/plans/plan.ts";
import { waitsFor, whyNotAfter } from "../../core/plans/waiting.ts";
import { applyPlan } from "./applyPlan.ts";
import type { Run } from "./journal.ts";
import type { KeptPlan } from "./planFile.ts";
import { followSent } from "./sentChanges.ts";
import type { FleetStore } from "../store.ts";

/** What became of a plan whose window was closed, without sending anything: what was not sent is told so. */
export async function followInterrupted(
  azure: Azure,
  store: FleetStore,
  kept: KeptPlan,
  signal: AbortSignal,
): Promise<readonly ChangeResult[]> {
  const followed = await followSent(azure, store, kept, signal);
  return kept.plan.changes.map((change) => {
    const outcome = kept.outcomes.get(change.id) ?? followed.get(change.id);
    return { change, outcome: outcome ?? { status: "notStarted", why: "windowClosed" } };
  });
}

/**
 * Goes on with a plan that this window has taken over: what was sent is followed to its end first, and only what was not is sent, as far as
 * what it needs was done. What was sent and is not there is told as not confirmed, and not sent a second time; what was not kept whole fails.
 */
export async function resumePlan(
  azure: Azure,
  store: FleetStore,
  kept: KeptPlan,
  run: Run,
  options: ApplyOptions,
): Promise<readonly ChangeResult[]> {
  const tell = (result: ChangeResult) => {
    run.ended(result);
    options.onOutcome?.(result);
  };
  const followed = await followSent(azure, store, kept, options.signal, tell);
  const known = new Map([...kept.outcomes, ...followed]);
  const { rest, skipped } = restOf(kept.plan, known);
  for (const result of skipped) tell(result);
  const sent = await applyPlan(azure, store, rest, { ...options, run });
  const outcomes = new Map([...skipped, ...sent].map(({ change, outcome }) => [change.id, outcome]));
  return kept.plan.changes.map((change) => ({
    change,
    outcome: (known.get(change.id) ?? outcomes.get(change.id)) as Outcome,
  }));
}

/** The changes of a plan of which nothing is known, and those that what is known of others forbids. */
function restOf(
  plan: Plan,
  known: ReadonlyMap<string, Outcome>,
): { readonly rest: Plan; readonly skipped: readonly ChangeResult[] } {
  const byId = new Map(plan.changes.map((change) => [change.id, change]));
  const verdicts = new Map<string, Outcome | undefined>();
  const verdictOf = (id: string) => {
    const change = byId.get(id);
    return change && verdictOn(change);
  };
  /** The outcome that a change has or must have; undefined where it is to be sent. */
  const verdictOn = (change: Change): Outcome | undefined => {
    const { id } = change;
    if (known.has(id)) return known.get(id);
    if (!verdicts.has(id)) {
      const [hindered] = [...waitsFor(change)].flatMap((other) => {
        const its = verdictOf(other);
        return (its && whyNotAfter(change, other, its)) ?? [];
      });
      verdicts.set(
        id,
        hindered ?? (change.bodyNotKept && { status: "failed", problem: bodyNotKept(change) }),
      );
    }
    return verdicts.get(id);
  };
  const skipped: ChangeResult[] = [];
  const rest: Change[] = [];
  for (const change of plan.changes) {
    const outcome = verdictOn(change);
    if (outcome === undefined) rest.push(change);
    else if (!known.has(change.id)) skipped.push({ change, outcome });
  }
  const left = new Set(rest.map(({ id }) => id));
  const changes = rest.map(({ onFailureOf, ...change }): Change => {
    const needs = change.needs.filter((id) => left.has(id));
    // That the other one failed is known where it is not among the rest.
    return onFailureOf !== undefined && left.has(onFailureOf)
      ? { ...change, needs, onFailureOf }
      : { ...change, needs };
  });
  return { rest: { ...plan, changes }, skipped };
}
