import type { Change, Outcome } from "./plan.ts";

/** Ids of the changes of its plan that must have ended before a change is sent. */
export function waitsFor({ needs, onFailureOf }: Change): ReadonlySet<string> {
  return new Set(onFailureOf === undefined ? needs : [...needs, onFailureOf]);
}

/** What becomes of a change instead of being sent, once the one with this id, which it waits for, has ended; undefined where it may be sent. */
export function whyNotAfter({ onFailureOf }: Change, id: string, outcome: Outcome): Outcome | undefined {
  if (onFailureOf === id) {
    const isNeeded = outcome.status === "failed" || outcome.status === "changedBySomeoneElse";
    return isNeeded ? undefined : { status: "notStarted", why: "notNeeded" };
  }
  if (outcome.status === "done") return undefined;
  return outcome.status === "notStarted" ? outcome : { status: "skipped", because: id };
}
