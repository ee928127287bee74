import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../errors/errors.ts";
import { explain } from "../errors/explanations.ts";
import { isGraphQuery } from "./methods.ts";
import { longestWaitMs } from "./pause.ts";
import { askedPauseMs, type RetryEnvironment } from "./retry.ts";

/** What a user may ask, where no answer has said otherwise yet; see `GraphQuota`. */
const documented = { queries: 15, windowMs: 5000 };

/** Azure says the time in whole seconds, and 0 of them while the quota is not full again. */
const shortestWaitMs = 1000;

type GraphQuotaEnvironment = Pick<RetryEnvironment, "waits" | "wait" | "now">;

/**
 * The quota that Resource Graph gives a user: 15 queries in each window of 5 s, over all of her tenants, "subject to change". Each answer says
 * in `x-ms-user-quota-remaining` how many are left, whoever asked the others, and in `x-ms-user-quota-resets-after` when it is full again
 * (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests). A query for which none is left is not
 * sent before that, and the wait is shown. Shared by the pipelines of an account; each attempt is a query.
 */
export class GraphQuota {
  readonly #environment: GraphQuotaEnvironment;
  #left = documented.queries;
  /** The quota when it is full. */
  #full = documented.queries;
  /** When it is full again, in milliseconds since the epoch. */
  #resetsAt = 0;
  /** Sent and not answered. */
  #underWay = 0;

  constructor(environment: GraphQuotaEnvironment) {
    this.#environment = environment;
  }

  /** Lets everything through that is not a query. */
  policy(): PipelinePolicy {
    return {
      name: "scaleSetMaintenance.graphQuota",
      sendRequest: async (request, next) => {
        if (!isGraphQuery(request)) return next(request);
        await this.#admit(request.abortSignal as AbortSignal | undefined, new URL(request.url).host);
        this.#underWay++;
        try {
          const response = await next(request);
          this.#learn(response);
          return response;
        } finally {
          this.#underWay--;
        }
      },
    };
  }

  async #admit(signal: AbortSignal | undefined, host: string): Promise<void> {
    const { now, wait, waits } = this.#environment;
    for (;;) {
      const ms = this.#resetsAt - now();
      if (ms <= 0) {
        // Those under way may count for the new window.
        this.#left = this.#full - this.#underWay;
        this.#resetsAt = now() + documented.windowMs;
      }
      if (this.#left > 0) break;
      if (ms > longestWaitMs) {
        const retryAfter = Math.ceil(ms / 1000);
        throw new AzureError({ kind: "throttled", ...explain("throttled", { host, retryAfter }) });
      }
      await waits.during(this.#resetsAt, wait(this.#resetsAt - now(), signal));
    }
    this.#left--;
  }

  #learn(response: PipelineResponse): void {
    const isRefused = response.status === 429;
    const header = /^\s*\d+\s*$/.exec(response.headers.get("x-ms-user-quota-remaining") ?? "")?.[0];
    if (header === undefined && !isRefused) return;
    const { now } = this.#environment;
    const remaining = isRefused ? 0 : Number(header);
    const others = this.#underWay - 1;
    // Within a window it only gets less, and what is under way has been taken off already: where there is more, a new window has begun.
    this.#left = remaining > this.#left + others ? remaining - others : Math.min(this.#left, remaining);
    this.#full = Math.max(this.#full, remaining + 1);
    const pause = askedPauseMs(response, now());
    if (pause !== undefined || isRefused) this.#resetsAt = now() + Math.max(pause ?? 0, shortestWaitMs);
  }
}
