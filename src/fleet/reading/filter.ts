import type { SubscriptionFilter } from "../events.ts";

type Named = Parameters<SubscriptionFilter>[0];

/** The filter of the setting `scaleSetMaintenance.subscriptions`: ids or names, in any casing; none of them shows all. */
export function subscriptionFilter(entries: readonly string[]): SubscriptionFilter {
  const wanted = new Set(entries.map(normal).filter((entry) => entry !== ""));
  if (wanted.size === 0) return () => true;
  return (subscription) => namesOf(subscription).some((name) => wanted.has(name));
}

/**
 * The entries that show just the subscriptions which were chosen of `listed`; none where all of these or none were. Entries of before
 * that fit none of `listed` stay: they may be of a tenant that could not be asked.
 */
export function filterEntries(
  chosen: readonly Named[],
  listed: readonly Named[],
  before: readonly string[],
): readonly string[] {
  if (chosen.length === 0 || chosen.length === listed.length) return [];
  const known = new Set(listed.flatMap(namesOf));
  const others = before.filter((entry) => normal(entry) !== "" && !known.has(normal(entry)));
  return [...chosen.map(({ subscriptionId }) => subscriptionId), ...others];
}

function namesOf({ subscriptionId, displayName }: Named): readonly string[] {
  return [normal(subscriptionId), normal(displayName)];
}

function normal(text: string): string {
  return text.trim().toLowerCase();
}
