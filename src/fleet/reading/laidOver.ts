import { assignmentId, subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { SubscriptionFacts } from "../snapshot/facts.ts";
import type { Overlay } from "./overlay.ts";
import { inSubscription } from "./readBackFacts.ts";

/** A subscription of which ARM's lists arrived, with what was read directly since they may have been asked for. */
export function laidOver(
  arrived: SubscriptionFacts,
  { resources, assignments }: Overlay,
  subscription: string,
): SubscriptionFacts {
  let facts = arrived;
  for (const [key, laid] of resources) {
    if (laid.isInReading && isIn(key, subscription))
      facts = inSubscription(facts, { kind: "resource", id: laid.id, resource: laid.resource });
  }
  for (const [key, laid] of assignments) {
    if (!laid.isInReading || !isIn(key, subscription)) continue;
    if (laid.all !== undefined)
      facts = inSubscription(facts, { kind: "assignments", scaleSetId: key, assignments: laid.all });
    for (const [name, resource] of laid.changes) {
      const id = assignmentId(key, name);
      facts = inSubscription(facts, { kind: "resource", id, resource });
    }
  }
  return facts;
}

function isIn(key: IdKey, subscription: string): boolean {
  return subscriptionOf(key) === subscription;
}
