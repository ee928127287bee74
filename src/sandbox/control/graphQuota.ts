import { type Refusal, refuse } from "../http/errors.ts";

/** What a request is told of its quota; and why it is refused, if it is. */
export interface Metered {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal?: Refusal;
}

/** What one user may ask in one period. */
const [maxQueries, periodMs] = [15, 5000];

export const isGraphQuery = (path: string): boolean =>
  path.startsWith("/providers/microsoft.resourcegraph/resources");

/** Resource Graph's quota per user, in all of her tenants together. */
export class GraphQuota {
  /** The queries of each user since her period began. */
  readonly #used = new Map<string, { readonly since: number; readonly queries: number }>();

  meter(account: string, now: number): Metered {
    const before = this.#used.get(account);
    const running =
      before !== undefined && now < before.since + periodMs ? before : { since: now, queries: 0 };
    const throttled = running.queries >= maxQueries;
    const queries = running.queries + (throttled ? 0 : 1);
    this.#used.set(account, { since: running.since, queries });
    const headers = quotaHeaders(maxQueries - queries, running.since + periodMs - now);
    return throttled ? { headers, refusal: tooManyQueries(now) } : { headers };
  }
}

/** What is left, and when all of it is there again: whole seconds as hh:mm:ss. */
function quotaHeaders(left: number, resetsAfter: number): Record<string, string> {
  const clock = new Date(Math.ceil(resetsAfter / 1000) * 1000).toISOString().slice(11, 19);
  return { "x-ms-user-quota-remaining": String(left), "x-ms-user-quota-resets-after": clock };
}

/** What everybody is told while no quota is in force. */
export const freshQuota = quotaHeaders(maxQueries - 1, periodMs);

/** As it was seen: Azure/azure-cli-extensions #3325. */
const tooManyQueries = (now: number) =>
  refuse(
    429,
    "RateLimiting",
    `Please provide below info when asking for support: timestamp = ${new Date(now).toISOString()}, correlationId = .`,
    {
      details: [
        {
          code: "RateLimiting",
          message:
            "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.",
        },
      ],
    },
  );
