import { message, verbatim } from "../core/message.ts";
import type { Message } from "../core/message.ts";
import type { ScaleSetRecord, Snapshot, SubscriptionRecord } from "../fleet/snapshot.ts";
import type { Group } from "./node.ts";
import { inARow } from "./view.ts";
import type { NodeView } from "./view.ts";

/** Up to this many subscriptions are open from the start. */
const fewSubscriptions = 5;

export function subscriptionView({ subscription }: SubscriptionRecord, snapshot: Snapshot): NodeView {
  const { subscriptionId, displayName, tenantId, through } = subscription;
  const { account, tenantName } = through;
  const sets = itemsOf(snapshot, "scaleSets", subscriptionId.toLowerCase());
  const attention = attentionOf(sets);
  return {
    label: verbatim(displayName),
    description: inARow(countOf(sets), attention),
    icon: { id: "key" },
    tooltip: () => ({
      title: verbatim(displayName),
      lines: [
        { name: message("Subscription ID"), text: verbatim(subscriptionId) },
        { name: message("Tenant ID"), text: verbatim(tenantId) },
        { name: message("Reached through the tenant"), text: verbatim(tenantName) },
        ...(account ? [{ name: message("Account"), text: verbatim(account.label) }] : []),
        ...(attention ? [{ text: attention }] : []),
      ],
    }),
    spoken: message(
      "Subscription {0}, {1}, {2}",
      displayName,
      countOf(sets),
      attention ?? message("nothing needs attention"),
    ),
    contextValue: "subscription",
    children: snapshot.subscriptions.size <= fewSubscriptions ? "expanded" : "collapsed",
  };
}

export function groupView(group: Group, subscriptionId: string, snapshot: Snapshot): NodeView {
  const count = itemsOf(snapshot, group, subscriptionId).length;
  const attention =
    group === "scaleSets" ? attentionOf(itemsOf(snapshot, "scaleSets", subscriptionId)) : undefined;
  const label = group === "scaleSets" ? message("Scale sets") : message("Maintenance configurations");
  return {
    label,
    description: inARow(verbatim(String(count)), attention),
    icon: { id: group === "scaleSets" ? "server" : "calendar" },
    tooltip: () => ({ title: label, lines: attention ? [{ text: attention }] : [] }),
    spoken: attention ? message("{0}, {1}, {2}", label, count, attention) : message("{0}, {1}", label, count),
    contextValue: group,
    children: "collapsed",
  };
}

/** The configurations or scale sets of one subscription. */
export function itemsOf<G extends Group>(
  snapshot: Snapshot,
  group: G,
  subscriptionId: string,
): (Snapshot[G] extends ReadonlyMap<unknown, infer R> ? R : never)[];
export function itemsOf(snapshot: Snapshot, group: Group, subscriptionId: string) {
  return [...snapshot[group].values()].filter((record) => record.subscriptionId === subscriptionId);
}

function attentionOf(sets: readonly ScaleSetRecord[]): Message | undefined {
  const count = sets.filter(({ coverage }) => coverage.needsAttention).length;
  if (count === 0) return undefined;
  return count === 1 ? message("1 needs attention") : message("{0} need attention", count);
}

/** "1 scale set", "4 scale sets". */
export function countOf(scaleSets: readonly unknown[]): Message {
  return scaleSets.length === 1 ? message("1 scale set") : message("{0} scale sets", scaleSets.length);
}
