import { textAt } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import { message, verbatim } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import type { Clients } from "./clients.ts";
import type { Connection, Subscription, TenantAccess } from "./contracts.ts";
import { about, AzureError } from "./errors.ts";
import type { Limit } from "./limit.ts";

/** Who hears of subscriptions while they are listed. */
export interface SubscriptionListener {
  onFound(subscriptions: readonly Subscription[]): void;
  onTenantFailed(tenant: { readonly tenantId: string; readonly displayName: string }, problem: Problem): void;
}

interface Found {
  readonly subscription: Subscription;
  readonly clients: Clients;
}

/**
 * The subscriptions of a connection, each with the clients of the tenant through which it is reached: its own where that tenant is
 * among the user's, otherwise the first that showed it (a guest's or a delegated subscription).
 */
export class Subscriptions {
  readonly #connection: Connection;
  readonly #clientsOf: (access: TenantAccess) => Clients;
  readonly #limit: Limit;
  readonly #log: Log;
  /** By lower-cased subscription id. What an earlier listing found stays until a later one finds it anew. */
  readonly #clients = new Map<string, Clients>();

  constructor(connection: Connection, clientsOf: (access: TenantAccess) => Clients, limit: Limit, log: Log) {
    this.#connection = connection;
    this.#clientsOf = clientsOf;
    this.#limit = limit;
    this.#log = log;
  }

  /** Lists every tenant in parallel and tells the listener as they answer. Throws only where the tenants themselves cannot be listed. */
  async list(signal: AbortSignal, listener: SubscriptionListener): Promise<void> {
    const tenants = await this.#connection.tenants(signal);
    const unanswered = tenants.map(({ tenantId }) => tenantId);
    const taken = new Set<string>();
    // Seen through another tenant while its own has not answered yet: its own may still show it.
    const held = new Map<string, Found>();
    const take = (candidates: readonly Found[]) => {
      const fresh = candidates.filter(({ subscription }) => !taken.has(keyOf(subscription)));
      for (const { subscription, clients } of fresh) {
        taken.add(keyOf(subscription));
        held.delete(keyOf(subscription));
        this.#clients.set(keyOf(subscription), clients);
      }
      if (fresh.length > 0) listener.onFound(fresh.map(({ subscription }) => subscription));
    };
    const listTenant = async (access: TenantAccess) => {
      const clients = this.#clientsOf(access);
      let found: readonly Found[] = [];
      try {
        const items = await this.#limit(() => clients.resourceManager.subscriptions(signal));
        found = this.#read(items, access.tenantId).map((subscription) => ({ subscription, clients }));
      } catch (error) {
        const failure = about(
          message("Could not list the subscriptions of {0}.", verbatim(access.displayName)),
          error,
        );
        listener.onTenantFailed(access, failure.problem);
      }
      unanswered.splice(unanswered.indexOf(access.tenantId), 1);
      take(found.filter(({ subscription }) => subscription.tenantId === access.tenantId));
      for (const candidate of found) {
        const key = keyOf(candidate.subscription);
        if (!taken.has(key) && !held.has(key)) held.set(key, candidate);
      }
      take([...held.values()].filter(({ subscription }) => !unanswered.includes(subscription.tenantId)));
    };
    await Promise.all(tenants.map(listTenant));
  }

  /** The clients to reach a subscription with. Lists the subscriptions first where that has not happened yet. */
  async clientsFor(subscriptionId: string, signal: AbortSignal): Promise<Clients> {
    const known = this.#clients.get(subscriptionId.toLowerCase());
    if (known !== undefined) return known;
    const problems: Problem[] = [];
    await this.list(signal, { onFound: () => {}, onTenantFailed: (_, problem) => problems.push(problem) });
    const found = this.#clients.get(subscriptionId.toLowerCase());
    if (found !== undefined) return found;
    throw problems[0] === undefined ? notReached(subscriptionId) : new AzureError(problems[0]);
  }

  #read(items: readonly unknown[], tenantId: string): readonly Subscription[] {
    return items.flatMap((item) => {
      const subscriptionId = textAt(item, "subscriptionId");
      if (subscriptionId === undefined) {
        this.#log.warn(
          `The subscription list of tenant ${tenantId} has an item without subscriptionId; it is left out.`,
        );
        return [];
      }
      const displayName = textAt(item, "displayName") ?? subscriptionId;
      return [{ subscriptionId, displayName, tenantId: textAt(item, "tenantId") ?? tenantId }];
    });
  }
}

function keyOf(subscription: Subscription): string {
  return subscription.subscriptionId.toLowerCase();
}

function notReached(subscriptionId: string): AzureError {
  return new AzureError({
    kind: "notFound",
    summary: message(
      "The subscription {0} is not among those that your accounts reach.",
      verbatim(subscriptionId),
    ),
    wayOut: message("Check the id, or sign in with an account that has access to it."),
  });
}
