import type { Clock } from "../clock.ts";
import { arm } from "./errors.ts";
import { keyOf } from "../ids.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { SandboxRequest, Reply } from "./http.ts";
import type { State } from "../state.ts";

export type Handler = (call: Call) => Reply;

/** Path template → verb → handler. A template's literals are matched without case, `{names}` match one segment. */
export type RouteTable = Readonly<Record<string, Readonly<Record<string, Handler>>>>;

/** One request on its way through the sandbox, with what the router has found out about it. */
export class Call {
  readonly state: State;
  readonly clock: Clock;
  readonly request: SandboxRequest;
  readonly url: URL;
  readonly apiVersion: string;
  readonly #params: ReadonlyMap<string, string>;

  constructor(
    state: State,
    clock: Clock,
    request: SandboxRequest,
    url: URL,
    params: ReadonlyMap<string, string>,
    apiVersion: string,
  ) {
    this.state = state;
    this.clock = clock;
    this.request = request;
    this.url = url;
    this.apiVersion = apiVersion;
    this.#params = params;
  }

  /** What the request's path has in the place of `{name}`. */
  param(name: string): string {
    const value = this.#params.get(name);
    if (value === undefined) throw new Error(`The route has no parameter ${name}`);
    return value;
  }

  /** A query parameter; its name is matched without case. */
  query(name: string): string | undefined {
    for (const [key, value] of this.url.searchParams)
      if (key.toLowerCase() === name.toLowerCase()) return value;
    return undefined;
  }

  get subscriptionId(): string {
    return this.param("subscriptionId").toLowerCase();
  }

  /** The key of the resource group that the path names; refuses one that does not exist. */
  groupKey(): string {
    const group = this.param("resourceGroupName");
    const key = keyOf(`/subscriptions/${this.subscriptionId}/resourceGroups/${group}`);
    if (!this.state.groups.has(key)) throw arm.unknownGroup(group);
    return key;
  }

  /** The request's body, which must be a JSON object. */
  body(): JsonObject {
    let value: unknown;
    try {
      value = JSON.parse(this.request.body ?? "");
    } catch (error) {
      throw arm.malformedBody(error instanceof SyntaxError ? error.message : String(error));
    }
    if (!isObject(value)) throw arm.malformedBody("The request body must be a JSON object.");
    return value;
  }
}
