/** What of a plan that has ended is left to be done. */
import { mayRepeat } from "./kinds/natures.ts";
import type { Change, ChangeResult, Outcome } from "./plan.ts";

/** Whether a change was sent, and no read has shown yet what became of it. */
export function isUnsettled({ status }: Outcome): boolean {
  return status === "notConfirmed" || status === "underWay";
}

/** What another look may settle: what is not confirmed, and what Azure still worked on. */
export function toCheck(results: readonly ChangeResult[]): readonly ChangeResult[] {
  return results.filter(({ outcome }) => isUnsettled(outcome));
}

/** What was not sent and can be now: all that it needs is done, or is continued with it. */
export function toContinue(results: readonly ChangeResult[]): readonly Change[] {
  return sendable(results, wasNotSent).sent;
}

/**
 * What can be sent again: what failed or met another's change, what is not confirmed and does no harm twice, and what was not sent for one of
 * these. What can be sent without them is left to `toContinue`. `waiting`: what would be among it, but needs a change that is neither done
 * nor sent with it.
 */
export function toRetry(results: readonly ChangeResult[]): {
  readonly changes: readonly Change[];
  readonly waiting: readonly Change[];
} {
  const continued = new Set(toContinue(results).map(({ id }) => id));
  const isStuck = (result: ChangeResult) => wasNotSent(result) && !continued.has(result.change.id);
  const needed = neededBy(results, isStuck);
  const { sent, held } = sendable(
    results,
    (result) => hasFailed(result) || isStuck(result) || (wasNotSent(result) && needed.has(result.change.id)),
  );
  return { changes: sent, waiting: held };
}

/** Ids of what those changes need, and of what these need in turn. */
function neededBy(
  results: readonly ChangeResult[],
  isWanted: (result: ChangeResult) => boolean,
): ReadonlySet<string> {
  const needsOf = new Map(results.map(({ change }) => [change.id, change.needs]));
  const needed = new Set(results.filter(isWanted).flatMap(({ change }) => change.needs));
  for (const id of needed) for (const next of needsOf.get(id) ?? []) needed.add(next);
  return needed;
}

/** Whether there is something to retry that Continue does not send. */
export function offersRetry(results: readonly ChangeResult[]): boolean {
  return results.some(hasFailed);
}

function hasFailed({ change, outcome: { status } }: ChangeResult): boolean {
  if (status === "notConfirmed") return mayRepeat(change);
  return status === "failed" || status === "changedBySomeoneElse";
}

function wasNotSent({ outcome }: ChangeResult): boolean {
  return outcome.status === "skipped" || (outcome.status === "notStarted" && outcome.why !== "notNeeded");
}

function sendable(
  results: readonly ChangeResult[],
  isWanted: (result: ChangeResult) => boolean,
): { readonly sent: readonly Change[]; readonly held: readonly Change[] } {
  const done = results.flatMap(({ change, outcome }) => (outcome.status === "done" ? [change.id] : []));
  const open = results.filter(({ outcome }) => outcome.status !== "done");
  const wanted = open.filter((result) => isWanted(result) && result.change.onFailureOf === undefined);
  let sent = wanted.map(({ change }) => change);
  for (;;) {
    const known = new Set([...done, ...sent.map(({ id }) => id)]);
    const next = sent.filter(({ needs }) => needs.every((id) => known.has(id)));
    if (next.length === sent.length) break;
    sent = next;
  }
  const ids = new Set(sent.map(({ id }) => id));
  // What makes good another's failure goes along with that one only.
  const remedies = open.flatMap(({ change }) =>
    change.onFailureOf !== undefined && ids.has(change.onFailureOf) ? [change] : [],
  );
  const held = wanted.flatMap(({ change }) => (ids.has(change.id) ? [] : [change]));
  return { sent: [...sent, ...remedies], held };
}
