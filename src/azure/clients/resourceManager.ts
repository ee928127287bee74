import { type Client, type ClientOptions, getClient } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/core-auth";
import type { JsonObject } from "../../core/resources/json.ts";
import { itemsOf, resourceOf, type SdkCall, wireOf } from "../http/wire.ts";

/** API versions of Resource Manager's own resources. */
const apiVersions = {
  subscriptions: "2022-12-01",
  resourceGroups: "2021-04-01",
  providers: "2021-04-01",
  permissions: "2022-04-01",
  loadBalancers: "2024-05-01",
} as const;

/** An operation's answer. */
export interface Polled {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: unknown;
}

/**
 * Resource Manager itself: subscriptions, their regions and their resource groups, as they stand on the wire; and a load balancer, for
 * which Microsoft.Network's client would be too much.
 */
export class ResourceManager {
  readonly #client: Client;

  constructor(credential: TokenCredential, options: ClientOptions & { readonly endpoint: string }) {
    this.#client = getClient(options.endpoint, credential, options);
  }

  /** The tenants of the account whose token is sent. */
  tenants(signal: AbortSignal): Promise<readonly unknown[]> {
    return this.#list("/tenants", apiVersions.subscriptions, signal);
  }

  subscriptions(signal: AbortSignal): Promise<readonly unknown[]> {
    return this.#list("/subscriptions", apiVersions.subscriptions, signal);
  }

  subscription(subscriptionId: string, signal: AbortSignal): Promise<JsonObject> {
    return this.#get(`/subscriptions/${subscriptionId}`, apiVersions.subscriptions, signal);
  }

  locations(subscriptionId: string, signal: AbortSignal): Promise<readonly unknown[]> {
    return this.#list(`/subscriptions/${subscriptionId}/locations`, apiVersions.subscriptions, signal);
  }

  resourceGroups(subscriptionId: string, signal: AbortSignal): Promise<readonly unknown[]> {
    return this.#list(`/subscriptions/${subscriptionId}/resourcegroups`, apiVersions.resourceGroups, signal);
  }

  resourceGroup(id: string, signal: AbortSignal): Promise<JsonObject> {
    return this.#get(id, apiVersions.resourceGroups, signal);
  }

  async putResourceGroup(id: string, body: JsonObject, signal: AbortSignal): Promise<undefined> {
    const queryParameters = { "api-version": apiVersions.resourceGroups };
    await wireOf(
      (options) => this.#client.pathUnchecked(id).put({ ...options, queryParameters, body }),
      signal,
    );
    return undefined;
  }

  /** A resource provider in a subscription, by its id: `registrationState` says whether it may be used there. */
  provider(id: string, signal: AbortSignal): Promise<JsonObject> {
    return this.#get(id, apiVersions.providers, signal);
  }

  async registerProvider(id: string, signal: AbortSignal): Promise<undefined> {
    const queryParameters = { "api-version": apiVersions.providers };
    await wireOf(
      (options) => this.#client.pathUnchecked(`${id}/register`).post({ ...options, queryParameters }),
      signal,
    );
  }

  /** What the caller may do at a scope (subscription, group or resource), one entry per role assignment. */
  permissions(scope: string, signal: AbortSignal): Promise<readonly unknown[]> {
    return this.#list(
      `${scope}/providers/Microsoft.Authorization/permissions`,
      apiVersions.permissions,
      signal,
    );
  }

  loadBalancer(id: string, signal: AbortSignal): Promise<JsonObject> {
    return this.#get(id, apiVersions.loadBalancers, signal);
  }

  /** One look at a long-running operation, by the URL that Azure gave for it. */
  async poll(url: string, signal: AbortSignal): Promise<Polled> {
    let polled: Polled | undefined;
    const body = await wireOf(
      (options) =>
        this.#client.pathUnchecked(url).get({
          ...options,
          onResponse: (response, error) => {
            const retryAfter = response.headers.get("retry-after");
            polled = { status: response.status, retryAfter, body: response.parsedBody };
            options.onResponse?.(response, error);
          },
        }),
      signal,
    );
    return polled ?? { status: 200, retryAfter: undefined, body };
  }

  #get(path: string, apiVersion: string, signal: AbortSignal): Promise<JsonObject> {
    return resourceOf(this.#call(path, apiVersion), signal);
  }

  #list(path: string, apiVersion: string, signal: AbortSignal): Promise<readonly unknown[]> {
    return this.itemsFrom(this.#call(path, apiVersion), signal);
  }

  /** All items of a list of any provider's, whose first page is an SDK's call: `(options) => client.list(options).byPage().next()`. */
  itemsFrom(firstPage: SdkCall, signal: AbortSignal): Promise<readonly unknown[]> {
    return itemsOf(
      () => wireOf(firstPage, signal),
      (link) => this.#follow(link, signal),
    );
  }

  #follow(link: string, signal: AbortSignal): Promise<unknown> {
    return wireOf((options) => this.#client.pathUnchecked(link).get(options), signal);
  }

  #call(path: string, apiVersion: string): SdkCall {
    const queryParameters = { "api-version": apiVersion };
    return (options) => this.#client.pathUnchecked(path).get({ ...options, queryParameters });
  }
}
