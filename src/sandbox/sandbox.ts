/** The sandbox: a small Azure in memory that answers the REST calls of this extension's job, for real clients. */
import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import { Clock } from "./clock.ts";
import { computeRoutes } from "./compute/compute.ts";
import { control } from "./control.ts";
import { arm, Refusal } from "./errors.ts";
import { buildFleet } from "./fleet/fleet.ts";
import { ReplyHeaders } from "./headers.ts";
import type { Reply, SandboxRequest, SandboxResponse } from "./http.ts";
import { ResponseHeaders } from "./limits.ts";
import { maintenanceRoutes } from "./maintenance/maintenance.ts";
import { resourceGraphRoutes } from "./resourceGraph/resourceGraph.ts";
import { resourceManagerRoutes } from "./resourceManager.ts";
import { Router } from "./router.ts";
import { settle, type SandboxSubscription, type State } from "./state.ts";

export type { SandboxRequest, SandboxResponse } from "./http.ts";
export type { SandboxSubscription } from "./state.ts";

export interface SandboxOptions {
  readonly fleet: "small";
  /** The clock; the system's when absent. */
  readonly now?: () => Date;
  /** The bearer token that requests must carry. */
  readonly token?: string;
  /** How long a long-running operation takes; 2 when absent. With 0 it is done at the first look. */
  readonly operationSeconds?: number;
}

/** The address of a sandbox in memory. Requests never leave the process. */
export const sandboxEndpoint = "https://sandbox.invalid";

export class Sandbox {
  readonly token: string;
  readonly #clock: Clock;
  readonly #headers = new ResponseHeaders();
  readonly #operationSeconds: number;
  readonly #router = new Router([
    resourceManagerRoutes,
    maintenanceRoutes,
    computeRoutes,
    resourceGraphRoutes,
  ]);
  #state: State;

  constructor({ now = () => new Date(), token = "sandbox", operationSeconds = 2 }: SandboxOptions) {
    this.token = token;
    this.#clock = new Clock(now);
    this.#operationSeconds = operationSeconds;
    this.#state = buildFleet(this.#clock.now, operationSeconds);
  }

  /** Back to the fleet as it was at the start, with dates relative to now; the clock is no longer turned forward. */
  reset(): void {
    this.#clock.reset();
    this.#state = buildFleet(this.#clock.now, this.#operationSeconds);
  }

  subscriptions(): SandboxSubscription[] {
    return [...this.#state.subscriptions.values()];
  }

  /** Answers one request; never throws for what a client sends. */
  // oxlint-disable-next-line require-await -- the contract is asynchronous, as a transport's is
  async handle(request: SandboxRequest): Promise<SandboxResponse> {
    const headers = this.#headers.of(request, this.#clock.now);
    const reply = this.#answer({ ...request, headers: { ...headers, ...request.headers } });
    const body = reply.body === undefined ? "" : JSON.stringify(reply.body);
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

  #answer(request: SandboxRequest): Reply {
    try {
      const { authorization } = request.headers;
      if (authorization === undefined) throw arm.noToken("missing");
      if (authorization !== `Bearer ${this.token}`) throw arm.noToken("invalid");
      settle(this.#state, this.#clock.now);
      const controlled = control(request, this.#clock, () => this.reset());
      return controlled ?? this.#router.answer(this.#state, this.#clock, request);
    } catch (error) {
      if (Refusal.is(error)) return error.reply;
      throw error;
    }
  }
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
      const {
        status,
        headers,
        body: text,
      } = await sandbox.handle({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        ...(typeof body === "string" && { body }),
      });
      throwIfAborted(request);
      return { request, status, headers: new ReplyHeaders(headers), bodyAsText: text };
    },
  };
}

function throwIfAborted(request: PipelineRequest): void {
  if (request.abortSignal?.aborted === true) {
    throw new DOMException("The operation was aborted.", "AbortError");
  }
}
