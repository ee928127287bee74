import { actionOf, authorize } from "../resources/authorization.ts";
import { Call, type Handler, type RouteTable } from "./call.ts";
import type { Clock } from "../clock.ts";
import { arm, type Refusal } from "./errors.ts";
import type { Reply, SandboxRequest } from "./http.ts";
import { ours } from "./ours.ts";
import { type Provider, providerOf, registrable } from "../resources/providers.ts";
import type { State } from "../state.ts";

interface Route {
  readonly segments: readonly string[];
  /** Namespace of the provider that answers. */
  readonly namespace: string;
  readonly type: string;
  /** What the caller must be granted, without the verb at its end. */
  readonly permission: string;
  readonly handlers: Readonly<Record<string, Handler>>;
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const version = /^\d{4}-\d{2}-\d{2}(-preview|-alpha|-beta|-rc|-privatepreview)?$/i;

const split = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

/** The provider that owns a path, and the type it names: what stands after the last `providers`. */
function ownerOf(segments: readonly string[]): { namespace: string; type: string } {
  const last = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  const [namespace, type] = segments.slice(last + 1);
  if (last < 0 || namespace === undefined || namespace.startsWith("{") || type === undefined) {
    return { namespace: "Microsoft.Resources", type: segments.at(segments.length % 2 === 0 ? -2 : -1) ?? "" };
  }
  return { namespace, type };
}

/**
 * What a route's permission is called: the types on its path, such as `virtualMachineScaleSets/osRollingUpgrade`. Of the children that are
 * no types the latest rolling upgrade and its cancelling go by `rollingUpgrades`.
 */
function permissionOf(
  segments: readonly string[],
  { namespace, type }: { namespace: string; type: string },
): string {
  if (namespace !== "Microsoft.Compute") return `${namespace}/${type}`;
  const last = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  const types = segments.slice(last + 1).filter((segment) => !/^(\{.*\}|latest|cancel)$/.test(segment));
  return types.join("/");
}

function paramsOf(route: Route, segments: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (route.segments.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, wanted] of route.segments.entries()) {
    const segment = segments[index] ?? "";
    if (wanted.startsWith("{")) params.set(wanted.slice(1, -1), segment);
    else if (wanted.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}

/** Finds the handler of a request and refuses what Resource Manager refuses before a provider sees it. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(tables: readonly RouteTable[]) {
    this.#routes = tables
      .flatMap((table) => Object.entries(table))
      .map(([template, handlers]) => {
        const segments = split(template);
        const owner = ownerOf(segments);
        return { segments, handlers, ...owner, permission: permissionOf(segments, owner) };
      });
  }

  answer(state: State, clock: Clock, request: SandboxRequest): Reply {
    const url = new URL(request.url);
    const segments = split(url.pathname).map(decoded);
    const found = this.#find(segments);
    const owner = found?.route ?? ownerOf(segments);
    const provider = providerOf(owner.namespace);
    const apiVersion = versionOf(url);
    if (apiVersion === undefined) throw arm.missingApiVersion();
    checkSubscription(state, segments);
    if (provider === undefined) throw arm.unknownNamespace(owner.namespace);
    checkVersion(provider, owner.type, apiVersion);
    if (found === undefined) throw unrouted(provider, owner.type, apiVersion, request);
    const { route, params } = found;
    const handler =
      route.handlers[request.method] ?? (request.method === "HEAD" ? route.handlers["GET"] : undefined);
    if (handler === undefined) {
      throw arm.unsupportedMethod(request.method, request.url, Object.keys(route.handlers));
    }
    authorize(state, actionOf(route.permission, request.method), request);
    if (request.method !== "GET" && request.method !== "HEAD") checkRegistration(state, segments, provider);
    return handler(new Call(state, clock, request, url, params, apiVersion));
  }

  #find(segments: readonly string[]): { route: Route; params: ReadonlyMap<string, string> } | undefined {
    for (const route of this.#routes) {
      const params = paramsOf(route, segments);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  }
}

/** No handler: the type does not exist, or the sandbox does not have the operation. */
function unrouted(
  provider: Provider,
  type: string,
  apiVersion: string,
  { method, url }: SandboxRequest,
): Refusal {
  const known = provider.types.some((one) => one.toLowerCase() === type.toLowerCase());
  if (known) return ours.notInSandbox(method, new URL(url).pathname);
  return arm.unknownType(provider.namespace, type, apiVersion, provider.apiVersions);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a lone % is part of the name
  }
}

function versionOf(url: URL): string | undefined {
  for (const [name, value] of url.searchParams) {
    if (name.toLowerCase() === "api-version" && value !== "") return value;
  }
  return undefined;
}

function checkVersion(provider: Provider, type: string, apiVersion: string): void {
  if (!version.test(apiVersion)) throw arm.malformedApiVersion(apiVersion, provider.apiVersions);
  if (!provider.apiVersions.includes(apiVersion.toLowerCase())) {
    throw arm.unknownApiVersion(provider.namespace, type, apiVersion, provider.apiVersions);
  }
}

function checkSubscription(state: State, [first, subscriptionId]: readonly string[]): void {
  if (first?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return;
  if (!guid.test(subscriptionId)) throw arm.malformedSubscription(subscriptionId);
  if (!state.subscriptions.has(subscriptionId.toLowerCase())) throw arm.unknownSubscription(subscriptionId);
}

function checkRegistration(state: State, [, subscriptionId]: readonly string[], provider: Provider): void {
  if (!registrable.includes(provider) || subscriptionId === undefined) return;
  const key = `${subscriptionId}/${provider.namespace}`.toLowerCase();
  if ((state.registrations.get(key)?.state ?? "Registered") !== "Registered")
    throw arm.notRegistered(provider.namespace);
}
