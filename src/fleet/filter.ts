import type { SubscriptionFilter } from "./events.ts";

/** The filter of the setting `scaleSetMaintenance.subscriptions`: ids or names, in any casing; none of them shows all. */
export function subscriptionFilter(entries: readonly string[]): SubscriptionFilter {
  const wanted = new Set(entries.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== ""));
  if (wanted.size === 0) return () => true;
  return ({ subscriptionId, displayName }) =>
    wanted.has(subscriptionId.toLowerCase()) || wanted.has(displayName.trim().toLowerCase());
}
