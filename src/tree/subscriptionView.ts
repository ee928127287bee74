import { message, verbatim } from "../core/message.ts";
import type { Message } from "../core/message.ts";
import type { ScaleSetRecord, Snapshot, SubscriptionRecord } from "../fleet/snapshot.ts";
import type { Group } from "./node.ts";
import { inABreath, inARow } from "./view.ts";
import type { NodeView, TooltipLine } from "./view.ts";

/** Up to this many subscriptions are open from the start. */
const fewSubscriptions = 5;

export function subscriptionView({ subscription }: SubscriptionRecord, snapshot: Snapshot): NodeView {
  const { subscriptionId, displayName, tenantId, through } = subscription;
  const { account, tenantName } = through;
  const sets = itemsOf(snapshot, "scaleSets", subscriptionId.toLowerCase());
  const attention = attentionOf(sets);
  const behind = behindOf(sets);
  return {
    label: verbatim(displayName),
    description: inARow(countOf(sets), attention, behind),
    icon: { id: "key" },
    tooltip: () => ({
      title: verbatim(displayName),
      lines: [
        { name: message("Subscription ID"), text: verbatim(subscriptionId) },
        { name: message("Tenant ID"), text: verbatim(tenantId) },
        { name: message("Reached through the tenant"), text: verbatim(tenantName) },
        ...(account ? [{ name: message("Account"), text: verbatim(account.label) }] : []),
        ...(attention ? [{ text: attention }] : []),
        ...checkedLine(sets),
      ],
    }),
    spoken: inABreath(
      message("Subscription {0}", displayName),
      countOf(sets),
      attention ?? message("nothing needs attention"),
      behind,
    ),
    contextValue: "subscription",
    children: snapshot.subscriptions.size <= fewSubscriptions ? "expanded" : "collapsed",
  };
}

export function groupView(group: Group, subscriptionId: string, snapshot: Snapshot): NodeView {
  const count = itemsOf(snapshot, group, subscriptionId).length;
  const sets = group === "scaleSets" ? itemsOf(snapshot, "scaleSets", subscriptionId) : [];
  const [attention, behind] = [attentionOf(sets), behindOf(sets)];
  const label = group === "scaleSets" ? message("Scale sets") : message("Maintenance configurations");
  return {
    label,
    description: inARow(verbatim(String(count)), attention, behind),
    icon: { id: group === "scaleSets" ? "server" : "calendar" },
    tooltip: () => ({
      title: label,
      lines: [...(attention ? [{ text: attention }] : []), ...checkedLine(sets)],
    }),
    spoken: inABreath(label, verbatim(String(count)), attention, behind),
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

/** Of those whose instances Azure was asked about; the others are not counted as anything. */
function behindOf(sets: readonly ScaleSetRecord[]): Message | undefined {
  const count = sets.filter(({ freshness }) => freshness?.state === "behind").length;
  return count === 0 ? undefined : message("{0} behind the latest image", count);
}

function checkedLine(sets: readonly ScaleSetRecord[]): readonly TooltipLine[] {
  const checked = sets.filter(({ freshness }) => freshness !== undefined);
  if (checked.length === 0) return [];
  const current = checked.filter(({ freshness }) => freshness?.state === "current").length;
  const behind = checked.filter(({ freshness }) => freshness?.state === "behind").length;
  const text = message(
    "Image versions of {0} of {1} scale sets were checked: {2} run the latest image, {3} are behind, of {4} it can't be told.",
    checked.length,
    sets.length,
    current,
    behind,
    checked.length - current - behind,
  );
  return [{ text }];
}

/** "1 scale set", "4 scale sets". */
export function countOf(scaleSets: readonly unknown[]): Message {
  return scaleSets.length === 1 ? message("1 scale set") : message("{0} scale sets", scaleSets.length);
}
