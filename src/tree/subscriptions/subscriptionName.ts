import { verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";

/** What a subscription is called; its id while that is not known. */
export function subscriptionName(subscriptionId: string, { subscriptions }: Snapshot): Message {
  return verbatim(subscriptions.get(subscriptionId)?.subscription.displayName ?? subscriptionId);
}
