import { onceFor } from "../../core/memo.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Part, Snapshot, SubscriptionRecord } from "../../fleet/snapshot/snapshot.ts";

/**
 * Whether more is still to come of a subscription, or of any, so that counts only grow until then. What an earlier read or an earlier
 * window knew is all there during a refresh.
 */
export function isArriving(snapshot: Snapshot, subscriptionId?: string): boolean {
  if (!snapshot.loading) return false;
  // Subscriptions may be missing too while none has been read before.
  if (subscriptionId === undefined)
    return snapshot.isFirstReading === true || isAnyArriving(snapshot.subscriptions);
  const record = snapshot.subscriptions.get(subscriptionId);
  return record !== undefined && isIncomplete(record);
}

/** Follows a count that may still grow. */
export function moreToCome(snapshot: Snapshot, subscriptionId?: string): Message | undefined {
  return isArriving(snapshot, subscriptionId) ? message("still loading") : undefined;
}

/** Whether only a beginning of a part may be there. */
export function isPartial(part: Part): boolean {
  return part.state === "loading" && part.isPartial === true;
}

const isAnyArriving = onceFor((subscriptions: Snapshot["subscriptions"]): boolean => {
  for (const record of subscriptions.values()) if (isIncomplete(record)) return true;
  return false;
});

function isIncomplete({ configurations, scaleSets, assignments }: SubscriptionRecord): boolean {
  return [configurations, scaleSets, assignments].some(isPartial);
}
