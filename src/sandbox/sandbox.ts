/** The sandbox: a small Azure in memory that answers the REST calls of this extension's job, for real clients. */
import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import { Clock } from "./clock.ts";
import { computeRoutes } from "./compute/compute.ts";
import { upgradeInstances, watchSets } from "./compute/rollout.ts";
import { type Conditions, type ConditionsOrder, conditionsOf } from "./control/conditions.ts";
import { control, isControl } from "./control/control.ts";
import { checkIssuer, demandStrength, Directory, type Identity } from "./resources/directory.ts";
import { arm, Refusal } from "./http/errors.ts";
import { disturbed, Faults, undisturbed } from "./control/faults.ts";
import { buildFleet } from "./fleet/fleet.ts";
import { ReplyHeaders } from "./http/headers.ts";
import { noContent, type Reply, type SandboxRequest, type SandboxResponse } from "./http/http.ts";
import { Limits, RequestIds } from "./control/limits.ts";
import { maintenanceRoutes } from "./maintenance/maintenance.ts";
import { networkRoutes } from "./resources/loadBalancers.ts";
import { RequestRecord } from "./http/requestRecord.ts";
import { GraphIndex } from "./resourceGraph/graphIndex.ts";
import { resourceGraphRoutes } from "./resourceGraph/resourceGraph.ts";
import { resourceManagerRoutes } from "./resources/resourceManager.ts";
import { Router } from "./http/router.ts";
import { type BuildFleet, settle, type State } from "./state.ts";
import type { SandboxSubscription } from "./tenancy.ts";

export type { SandboxRequest, SandboxResponse } from "./http/http.ts";
export type { BuildFleet } from "./state.ts";
export type { SandboxSubscription } from "./tenancy.ts";

export interface SandboxOptions {
  /** Contoso's small fleet, or another one. */
  readonly fleet: "small" | BuildFleet;
  /** The clock; the system's when absent. */
  readonly now?: () => Date;
  /** The bearer token that requests must carry. */
  readonly token?: string;
  /** How long a long-running operation takes; 2 when absent. With 0 it is done at the first look. */
  readonly operationSeconds?: number;
  /** The conditions at the start and after a reset; fair weather when absent. */
  readonly conditions?: ConditionsOrder;
}

/** The address of a sandbox in memory. Requests never leave the process. */
export const sandboxEndpoint = "https://sandbox.invalid";

export class Sandbox {
  readonly token: string;
  readonly #clock: Clock;
  readonly #ids = new RequestIds();
  readonly #directory: Directory;
  readonly #faults = new Faults();
  readonly #record = new RequestRecord();
  readonly #operationSeconds: number;
  readonly #build: BuildFleet;
  readonly #router = new Router([
    resourceManagerRoutes,
    maintenanceRoutes,
    computeRoutes,
    networkRoutes,
    resourceGraphRoutes(() => this.#graph),
  ]);
  readonly #initially: Conditions;
  #conditions: Conditions;
  #limits = new Limits();
  #state: State;
  #graph: GraphIndex;

  constructor({
    fleet,
    now = () => new Date(),
    token = "sandbox",
    operationSeconds = 2,
    conditions = {},
  }: SandboxOptions) {
    this.token = token;
    this.#clock = new Clock(now);
    this.#directory = new Directory(token, this.#clock, () => this.#state.accounts);
    this.#operationSeconds = operationSeconds;
    this.#initially = conditionsOf(conditions);
    this.#conditions = this.#initially;
    this.#build = fleet === "small" ? buildFleet : fleet;
    this.#state = this.#newState();
    this.#graph = this.#index();
  }

  /**
   * Back to the fleet as it was at the start, with dates relative to now: no faults, the first conditions, full quotas, nothing recorded, the clock no
   * longer turned forward. Tokens stay good.
   */
  reset(): void {
    this.#clock.reset();
    this.#faults.clear();
    this.#record.clear();
    this.#conditions = this.#initially;
    this.#limits = new Limits();
    this.#state = this.#newState();
    this.#graph = this.#index();
  }

  #newState(): State {
    const state = this.#build(this.#clock.now, this.#operationSeconds);
    watchSets(state, () => this.#clock.now);
    return state;
  }

  #index(): GraphIndex {
    return new GraphIndex(this.#state, () => ({ now: this.#clock.now, lagMs: this.#conditions.graphLagMs }));
  }

  /** Those that the sandbox's own token shows. */
  subscriptions(): SandboxSubscription[] {
    const own = this.#directory.identify(`Bearer ${this.token}`);
    return [...this.#directory.seenBy(own, this.#state).subscriptions.values()];
  }

  /** Whether a request has a token with which it is answered: it is refused without, whatever its body. */
  admits(request: SandboxRequest): boolean {
    return isControl(request)
      ? this.#directory.isOwner(request.headers["authorization"])
      : !("status" in this.#identify(request));
  }

  /**
   * Answers one request; never throws for what a client sends.
   * @param arrived when it came, as `performance.now()` has it
   */
  async handle(request: SandboxRequest, arrived = performance.now()): Promise<SandboxResponse> {
    const ids = this.#ids.of(request, this.#clock.now);
    const asked = { ...request, headers: { ...ids, ...request.headers } };
    if (isControl(request)) return written(request, ids, this.#control(asked));
    const { latencyMs, quotas } = this.#conditions;
    const identity = this.#identify(asked);
    const refused = (headers: typeof ids, reply: Reply, whose: Partial<Identity>) => {
      const refusal = written(request, headers, reply);
      this.#record.add(request, whose, refusal, false);
      return departing(refusal, arrived + latencyMs);
    };
    if ("status" in identity) return refused(ids, identity, {});
    const metered = this.#limits.meter(request, identity, this.#clock.now, quotas);
    const headers = { ...ids, ...metered.headers };
    if (metered.refusal !== undefined) return refused(headers, metered.refusal.reply, identity);
    const effect = this.#faults.on(request, identity) ?? undisturbed;
    const reply = effect.applied ? this.#answer(asked, identity) : noContent;
    const response = disturbed(written(request, headers, reply), headers, effect);
    this.#record.add(request, identity, response, effect.applied && reply.status < 400);
    return departing(response, Math.max(arrived + latencyMs, performance.now()) + effect.delayMs);
  }

  #identify(request: SandboxRequest): Identity | Reply {
    return refusable(() => this.#directory.identify(request.headers["authorization"]));
  }

  #control(request: SandboxRequest): Reply {
    return refusable(() => {
      if (!this.#directory.isOwner(request.headers["authorization"])) throw arm.invalidToken();
      this.#catchUp();
      return control(request, {
        clock: this.#clock,
        directory: this.#directory,
        faults: this.#faults,
        record: this.#record,
        state: this.#state,
        reset: () => this.reset(),
        setConditions: (conditions) => (this.#conditions = conditions),
      });
    });
  }

  /** Lets everything happen whose time has come since the last request. */
  #catchUp(): void {
    settle(this.#state, this.#clock.now);
    upgradeInstances(this.#state, this.#clock.now);
  }

  #answer(request: SandboxRequest, identity: Identity): Reply {
    return refusable(() => {
      this.#catchUp();
      checkIssuer(identity, this.#state, new URL(request.url));
      if (this.#conditions.strongWrites && isWrite(request)) demandStrength(identity);
      return this.#router.answer(this.#directory.seenBy(identity, this.#state), this.#clock, request);
    });
  }
}

/** What a sum of fractional instants may be off by: it is not worth a whole millisecond more. */
const roundingErrorMs = 1e-6;

/** The response, once it is that late. */
async function departing(response: SandboxResponse, at: number): Promise<SandboxResponse> {
  const waitMs = Math.ceil(at - performance.now() - roundingErrorMs);
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  return response;
}

/** A query of Resource Graph is a POST, and writes nothing. */
function isWrite({ method, url }: SandboxRequest): boolean {
  return method !== "GET" && method !== "HEAD" && !/\/providers\/Microsoft\.ResourceGraph\//i.test(url);
}

function refusable<T>(answer: () => T): T | Reply {
  try {
    return answer();
  } catch (error) {
    if (Refusal.is(error)) return error.reply;
    throw error;
  }
}

function written(
  request: SandboxRequest,
  headers: Readonly<Record<string, string>>,
  reply: Reply,
): SandboxResponse {
  const body = reply.text ?? (reply.body === undefined ? "" : JSON.stringify(reply.body));
  return {
    status: reply.status,
    headers: {
      ...headers,
      ...(body !== "" && { "content-type": "application/json; charset=utf-8" }),
      ...reply.headers,
    },
    body: request.method === "HEAD" ? "" : body,
  };
}

/** A transport for `@azure/core-rest-pipeline` clients that ends in `sandbox` instead of the network. */
export function sandboxHttpClient(sandbox: Sandbox): HttpClient {
  return {
    async sendRequest(request) {
      throwIfAborted(request);
      const { body } = request;
      if (body !== undefined && body !== null && typeof body !== "string") {
        throw new TypeError("The sandbox takes text bodies only.");
      }
      const response = await sandbox.handle({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        ...(typeof body === "string" && { body }),
      });
      throwIfAborted(request);
      const { status, headers, body: bodyAsText, broken } = response;
      if (broken !== undefined) {
        throw Object.assign(new Error("The sandbox broke the connection."), {
          name: "RestError",
          code: "ECONNRESET",
        });
      }
      return { request, status, headers: new ReplyHeaders(headers), bodyAsText };
    },
  };
}

function throwIfAborted(request: PipelineRequest): void {
  if (request.abortSignal?.aborted === true) {
    throw new DOMException("The operation was aborted.", "AbortError");
  }
}
