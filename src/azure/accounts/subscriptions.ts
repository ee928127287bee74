import { memo, onceFor } from "../../core/memo.ts";
import { textAt } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Clients } from "../clients/clients.ts";
import type {
  AccountAccess,
  AccountName,
  Connection,
  Subscription,
  TenantAccess,
  Through,
  UnreachedTenant,
} from "../contracts.ts";
import { about, AzureError } from "../errors/errors.ts";
import { FoundOnce, type Way } from "./foundOnce.ts";
import type { Limit } from "../../core/limit.ts";
import { untilAborted } from "../http/pause.ts";

/** Who hears of subscriptions while they are listed. */
export interface SubscriptionListener {
  /** The tenants of an account are known, before any subscription is found but those of its home. */
  onTenants(account: AccountName | undefined, count: number): void;
  onFound(subscriptions: readonly Subscription[]): void;
  /** Subscriptions that were found before their tenant's name was known, with it. */
  onNamed?(subscriptions: readonly Subscription[]): void;
  onTenantFailed(tenant: UnreachedTenant, problem: Problem): void;
}

/** Makes the clients of one account in one of its tenants. */
export type ClientsOf = (access: TenantAccess, account: AccountName | undefined) => Clients;

interface Found {
  readonly subscription: Subscription;
  readonly clients: Clients;
  /** Through which it was. */
  readonly access: AccountAccess;
}

interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
}

/** What was asked of an account's home before its tenants were known. */
interface Home {
  readonly way: Way & { readonly isHome: true };
  readonly items: Promise<readonly unknown[]>;
}

/** The subscriptions of a connection, each with the clients of the account and tenant through which it is reached. */
export class Subscriptions {
  readonly #connection: Connection;
  readonly #clientsOf: ClientsOf;
  readonly #limit: Limit;
  readonly #log: Log;
  /** By lower-cased subscription id. What an earlier listing found stays until a later one finds it anew. */
  readonly #clients = new Map<string, Clients>();
  /** Names of tenants, as the latest list that had them said. */
  readonly #tenantNames = new Map<string, string>();

  constructor(connection: Connection, clientsOf: ClientsOf, limit: Limit, log: Log) {
    this.#connection = connection;
    this.#clientsOf = clientsOf;
    this.#limit = limit;
    this.#log = log;
  }

  /**
   * Lists the tenants of every account and the subscriptions of every tenant, in parallel, and tells the listener as they answer. What the
   * account's home has of its own does not wait for the list of tenants, which was reported to take half a minute
   * (https://github.com/microsoft/vscode-azureresourcegroups/issues/1387).
   * Throws only where the accounts themselves cannot be told.
   */
  async list(signal: AbortSignal, listener: SubscriptionListener): Promise<void> {
    const accounts = await untilAborted(this.#connection.accounts(), signal);
    const listed: Found[] = [];
    // One for all subscriptions of a tenant: there are hundreds, and each has a pipeline and a token to keep.
    const clientsInto = onceFor((access: AccountAccess) =>
      memo((tenantId: string) =>
        this.#clientsOf(access.into(tenantId, this.#tenantNames.get(tenantId) ?? tenantId), access.name),
      ),
    );
    const found = new FoundOnce<Found>(accounts.length, (held) => {
      const taken = held.map((one) => this.#named(one, clientsInto) ?? one);
      this.#take(taken);
      listed.push(...taken);
      listener.onFound(taken.map(({ subscription }) => subscription));
    });
    const listAccount = async (access: AccountAccess, account: number) => {
      const asking = this.#askHome(access, account, signal);
      const answering = asking.then(async (home) => {
        found.expectHome(account, home?.way);
        const own = home && (await home.items.catch(() => undefined));
        if (home === undefined || own === undefined) return false;
        const { tenantId } = home.way;
        found.answered(home.way, this.#found(access, { tenantId, displayName: tenantId }, own));
        return true;
      });
      const tenants = await this.#tenantsOf(access, signal, listener);
      for (const { tenantId, displayName } of tenants) this.#tenantNames.set(tenantId, displayName);
      const named = listed.flatMap((one) =>
        one.access === access ? (this.#named(one, clientsInto) ?? []) : [],
      );
      this.#take(named);
      if (named.length > 0) listener.onNamed?.(named.map(({ subscription }) => subscription));
      listener.onTenants(access.name, tenants.length);
      const home = await asking;
      const ways = tenants.map((tenant) => ({ ...tenant, account }));
      const others = ways.filter(({ tenantId }) => tenantId !== home?.way.tenantId);
      found.expect(account, others);
      const listTenant = async (way: (typeof ways)[number]) =>
        found.answered(way, await this.#subscriptionsOf(access, way, signal, listener));
      const tellHome = async ({ way, items }: Home) => {
        if (await answering) return;
        const tenant = tenants.find(({ tenantId }) => tenantId === way.tenantId);
        // Who lists that tenant hears of the failure; nobody does where it is not among the account's.
        if (tenant !== undefined) await this.#subscriptionsOf(access, tenant, signal, listener, items);
        found.answered(way, []);
      };
      await Promise.all([...others.map(listTenant), home && tellHome(home)]);
    };
    await Promise.all(accounts.map(listAccount));
  }

  #take(found: readonly Found[]): void {
    for (const { subscription, clients } of found)
      this.#clients.set(subscription.subscriptionId.toLowerCase(), clients);
  }

  /** The clients to reach a subscription with. Lists the subscriptions first where that has not happened yet. */
  async clientsFor(subscriptionId: string, signal: AbortSignal): Promise<Clients> {
    const known = this.#clients.get(subscriptionId.toLowerCase());
    if (known !== undefined) return known;
    const problems: Problem[] = [];
    await this.list(signal, {
      onTenants: () => {},
      onFound: () => {},
      onTenantFailed: (_, problem) => problems.push(problem),
    });
    const found = this.#clients.get(subscriptionId.toLowerCase());
    if (found !== undefined) return found;
    throw problems[0] === undefined ? notReached(subscriptionId) : new AzureError(problems[0]);
  }

  /** Undefined where nobody knows which tenant it is. */
  async #askHome(account: AccountAccess, place: number, signal: AbortSignal): Promise<Home | undefined> {
    if (account.homeTenantId === undefined) return undefined;
    // That she cancelled is told by the list of tenants.
    const tenantId = await untilAborted(account.homeTenantId(), signal).catch(() => undefined);
    if (tenantId === undefined) return undefined;
    const { resourceManager } = this.#clientsOf(account.home, account.name);
    const items = this.#limit(() => resourceManager.subscriptions(signal));
    items.catch(() => {});
    return { way: { tenantId, account: place, isHome: true }, items };
  }

  /** What was found before the name of its tenant was known, with it, by which a sign-in is asked for too. Undefined where it has its name. */
  #named(
    { subscription, access }: Found,
    clientsInto: (access: AccountAccess) => (tenantId: string) => Clients,
  ): Found | undefined {
    const { tenantId, tenantName } = subscription.through;
    const displayName = this.#tenantNames.get(tenantId);
    if (displayName === undefined || displayName === tenantName) return undefined;
    const clients = clientsInto(access)(tenantId);
    const through = { ...subscription.through, tenantName: displayName };
    return { subscription: { ...subscription, through }, clients, access };
  }

  /** None where they cannot be listed, of which the listener hears. */
  async #tenantsOf(
    account: AccountAccess,
    signal: AbortSignal,
    listener: SubscriptionListener,
  ): Promise<readonly Tenant[]> {
    const { name } = account;
    try {
      const { resourceManager } = this.#clientsOf(account.home, name);
      const items = await this.#limit(() => resourceManager.tenants(signal));
      return items.flatMap((item) => {
        const tenantId = textAt(item, "tenantId");
        if (tenantId === undefined) {
          this.#log.warn("The list of tenants has an item without tenantId; it is left out.");
          return [];
        }
        return [
          { tenantId, displayName: textAt(item, "displayName") ?? textAt(item, "defaultDomain") ?? tenantId },
        ];
      });
    } catch (error) {
      const doing =
        name === undefined
          ? message("Couldn't load the tenants.")
          : message("Couldn't load the tenants of {0}.", verbatim(name.label));
      const displayName = name?.label ?? this.#connection.cloud.name;
      listener.onTenantFailed({ displayName, ...(name && { account: name }) }, about(doing, error).problem);
      return [];
    }
  }

  /** None where they cannot be listed, of which the listener hears. */
  async #subscriptionsOf(
    account: AccountAccess,
    tenant: Tenant,
    signal: AbortSignal,
    listener: SubscriptionListener,
    asked?: Promise<readonly unknown[]>,
  ): Promise<readonly Found[]> {
    const { name } = account;
    const { tenantId, displayName } = tenant;
    try {
      const ask = () => {
        const { resourceManager } = this.#clientsOf(account.into(tenantId, displayName), name);
        return this.#limit(() => resourceManager.subscriptions(signal));
      };
      return this.#found(account, tenant, await (asked ?? ask()));
    } catch (error) {
      const doing = message("Couldn't load the subscriptions of {0}.", verbatim(displayName));
      const unreached = { tenantId, displayName, ...(name && { account: name }) };
      listener.onTenantFailed(unreached, about(doing, error).problem);
      return [];
    }
  }

  #found(
    account: AccountAccess,
    { tenantId, displayName }: Tenant,
    items: readonly unknown[],
  ): readonly Found[] {
    const { name } = account;
    const clients = this.#clientsOf(account.into(tenantId, displayName), name);
    const through = { tenantId, tenantName: displayName, ...(name && { account: name }) };
    return this.#read(items, through).map((subscription) => ({ subscription, clients, access: account }));
  }

  #read(items: readonly unknown[], through: Through): readonly Subscription[] {
    return items.flatMap((item) => {
      const subscriptionId = textAt(item, "subscriptionId");
      if (subscriptionId === undefined) {
        this.#log.warn(
          `The subscription list of tenant ${through.tenantId} has an item without subscriptionId; it is left out.`,
        );
        return [];
      }
      const displayName = textAt(item, "displayName") ?? subscriptionId;
      const tenantId = textAt(item, "tenantId") ?? through.tenantId;
      const state = textAt(item, "state");
      const isUsual = state === undefined || state.toLowerCase() === "enabled";
      return [{ subscriptionId, displayName, tenantId, through, ...(!isUsual && { state }) }];
    });
  }
}

function notReached(subscriptionId: string): AzureError {
  return new AzureError({
    // Not `notFound`: nobody has said that it is gone.
    kind: "forbidden",
    summary: message("Your accounts have no access to subscription {0}.", verbatim(subscriptionId)),
    wayOut: message("Check the ID, or sign in with an account that has access."),
  });
}
