import type { Subscription, UnreachedTenant } from "../../azure/contracts.ts";

/** The subscriptions that one account reaches through one tenant. */
export interface SubscriptionGroup {
  /** The account, where there is one, and the tenant. */
  readonly heading: string;
  readonly subscriptions: readonly Subscription[];
}

/** In the order of accounts, tenants and names; each subscription once, under the account and tenant through which it was reached. */
export function subscriptionGroups(
  subscriptions: readonly Subscription[],
  locale: string,
): readonly SubscriptionGroup[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const groups = Map.groupBy(subscriptions, ({ through }) =>
    headingOf(through.account?.label, through.tenantName),
  );
  return [...groups]
    .map(([heading, members]) => ({
      heading,
      subscriptions: members.toSorted((a, b) => compare(a.displayName, b.displayName)),
    }))
    .toSorted((a, b) => compare(a.heading, b.heading));
}

/** What a tenant that could not be listed is called among the groups. */
export function unreachedHeading({ account, displayName, tenantId }: UnreachedTenant): string {
  return tenantId === undefined ? displayName : headingOf(account?.label, displayName);
}

function headingOf(account: string | undefined, tenantName: string): string {
  return account === undefined ? tenantName : `${account} · ${tenantName}`;
}
