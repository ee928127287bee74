import {
  isRestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { Log } from "../core/log.ts";
import { isCertificateFailure } from "./certificates.ts";
import { pause } from "./pause.ts";

/** What the policy takes from the outside world. */
export interface RetryEnvironment {
  readonly log: Log;
  /** Waits; rejects as soon as `signal` is aborted. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** At least 0, below 1. */
  random(): number;
}

export function realRetryEnvironment(log: Log): RetryEnvironment {
  return {
    log,
    wait: pause,
    now: () => Date.now(),
    random: () => Math.random(),
  };
}

const maxAttempts = 4;
/** A longer wait than this is the user's to decide: the call fails as throttled and says how long Azure asks to wait. */
const longestWaitMs = 120_000;

type Attempt = { readonly response: PipelineResponse } | { readonly error: unknown };

/**
 * Repeats a request only where that is safe. A read: after 429, a server's failure or a broken connection. A write: only after 429,
 * with which Resource Manager and the providers refuse a request as a whole before it has any effect; after anything else it may have
 * been applied, and the executor reads back instead. Everything is retried here and nowhere else: the SDKs' own retries are off.
 */
export function retryPolicy(environment: RetryEnvironment): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.retry",
    async sendRequest(request, next) {
      for (let attempt = 1; ; attempt++) {
        const outcome = await next(request).then(
          (response): Attempt => ({ response }),
          (error: unknown): Attempt => ({ error }),
        );
        const ms = attempt < maxAttempts ? pauseAfter(outcome, request, attempt, environment) : undefined;
        if (ms === undefined) {
          if ("error" in outcome) throw outcome.error;
          return outcome.response;
        }
        environment.log.info(
          `${request.method} ${new URL(request.url).pathname} again in ${(ms / 1000).toFixed(1)} s, attempt ${attempt + 1} of ${maxAttempts}`,
        );
        await environment.wait(ms, request.abortSignal as AbortSignal | undefined);
      }
    },
  };
}

/** Milliseconds to wait before the next attempt; undefined when there is to be none. */
function pauseAfter(
  outcome: Attempt,
  request: PipelineRequest,
  attempt: number,
  environment: RetryEnvironment,
): number | undefined {
  if (!mayRepeat(outcome, request)) return undefined;
  const asked = "response" in outcome ? outcome.response.headers.get("retry-after") : undefined;
  const ms =
    retryAfterMs(asked, environment.now()) ?? 1000 * 2 ** (attempt - 1) * (0.5 + environment.random() / 2);
  return ms <= longestWaitMs ? ms : undefined;
}

function mayRepeat(outcome: Attempt, request: PipelineRequest): boolean {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if ("response" in outcome) {
    const { status } = outcome.response;
    return status === 429 || (isRead && (status === 408 || status >= 500));
  }
  return isRead && isRestError(outcome.error) && !isCertificateFailure(outcome.error.code);
}

/** A `Retry-After` header in milliseconds from `now`: seconds or an HTTP date (RFC 9110 §10.2.3). Undefined when there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
