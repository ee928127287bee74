import type { Problem } from "../text/problem.ts";

/** What of a reading of the fleet tells whether windows are missing. */
interface Reading {
  readonly problem?: Problem;
  readonly failedTenants: readonly { readonly displayName: string; readonly problem: Problem }[];
  readonly subscriptions: ReadonlyMap<
    string,
    {
      readonly subscription: { readonly displayName: string };
      readonly configurations:
        | { readonly state: "loading" | "ready" }
        | { readonly state: "failed"; readonly problem: Problem };
    }
  >;
}

/** Something that was not read, so that windows may be missing. */
export interface UnreadWindows {
  /** The last reading, tenants, or the configurations of subscriptions. */
  readonly part: "reading" | "tenants" | "subscriptions";
  /** The display names of the tenants or subscriptions. */
  readonly names: readonly string[];
  /** The first one's. */
  readonly problem: Problem;
}

/** Why windows may be missing: only where this is empty and nothing is being read does nothing mean that there is nothing. */
export function unreadWindows({ problem, failedTenants, subscriptions }: Reading): readonly UnreadWindows[] {
  const unlisted = failedTenants.map((tenant) => ({ name: tenant.displayName, problem: tenant.problem }));
  const unread = [...subscriptions.values()].flatMap(({ subscription, configurations: part }) =>
    part.state === "failed" ? [{ name: subscription.displayName, problem: part.problem }] : [],
  );
  const named = (part: UnreadWindows["part"], failed: typeof unlisted): readonly UnreadWindows[] =>
    failed[0] === undefined
      ? []
      : [{ part, names: failed.map(({ name }) => name), problem: failed[0].problem }];
  return [
    ...(problem === undefined ? [] : [{ part: "reading" as const, names: [], problem }]),
    ...named("tenants", unlisted),
    ...named("subscriptions", unread),
  ];
}
