import {
  isRestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { Log } from "../../core/log.ts";
import { isCertificateFailure } from "../errors/certificates.ts";
import { isRead } from "./methods.ts";
import { longestTimerMs, longestWaitMs, ownPauseMs, pause } from "./pause.ts";
import type { WaitBoard } from "./waits.ts";
import { type Bucket, WriteQuota } from "./writeQuota.ts";

/** Time and chance. */
export interface RetryTime {
  /** Waits; rejects as soon as `signal` is aborted. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** At least 0, below 1. */
  random(): number;
}

/** What the policy takes from the outside world. */
export interface RetryEnvironment extends RetryTime {
  readonly log: Log;
  /** Where the pauses are shown that Azure asks for. */
  readonly waits: WaitBoard;
  /** Of all that is sent through one connection. */
  readonly quota: WriteQuota;
}

export const realTime: RetryTime = { wait: pause, now: () => Date.now(), random: () => Math.random() };

export function retryEnvironment(log: Log, waits: WaitBoard, time = realTime): RetryEnvironment {
  return { ...time, log, waits, quota: new WriteQuota({ ...time, log, waits }) };
}

const maxAttempts = 4;

type Attempt = { readonly response: PipelineResponse } | { readonly error: unknown };

/**
 * Repeats a request only where that is safe. A read: after 429, a server's failure or a broken connection. What is written to no
 * subscription: only after 429, with which Resource Manager and the providers refuse a request as a whole before it has any effect. A write
 * to a subscription is sent once: whether it may be sent again after a refusal is for a new look at its resource to say (`makeChange`). The
 * SDKs' own retries are off.
 */
export function retryPolicy(environment: RetryEnvironment): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.retry",
    sendRequest: (request, next) => {
      const bucket = environment.quota.bucketOf(request);
      return bucket === undefined
        ? sendWithRetries(environment, request, next)
        : sendWrite(environment.quota, bucket, request, next);
    },
  };
}

type Next = (request: PipelineRequest) => Promise<PipelineResponse>;

async function sendWithRetries(
  environment: RetryEnvironment,
  request: PipelineRequest,
  next: Next,
): Promise<PipelineResponse> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await next(request).then(
      (response): Attempt => ({ response }),
      (error: unknown): Attempt => ({ error }),
    );
    const wait = attempt < maxAttempts ? pauseAfter(outcome, request, attempt, environment) : undefined;
    if (wait === undefined) {
      if ("error" in outcome) throw outcome.error;
      return outcome.response;
    }
    const { ms, isAsked } = wait;
    environment.log.info(
      `${request.method} ${new URL(request.url).pathname} again in ${(ms / 1000).toFixed(1)} s, attempt ${attempt + 1} of ${maxAttempts}`,
    );
    const waiting = environment.wait(ms, request.abortSignal as AbortSignal | undefined);
    await (isAsked ? environment.waits.during(environment.now() + ms, waiting) : waiting);
  }
}

async function sendWrite(
  quota: WriteQuota,
  bucket: Bucket,
  request: PipelineRequest,
  next: Next,
): Promise<PipelineResponse> {
  const sent = quota.send(bucket);
  const response = await next(request);
  quota.learn(sent, response);
  return response;
}

interface Pause {
  readonly ms: number;
  /** Azure said how long; otherwise it is our own choice. */
  readonly isAsked: boolean;
}

/** The pause before the next attempt; undefined when there is to be none. */
function pauseAfter(
  outcome: Attempt,
  request: PipelineRequest,
  attempt: number,
  environment: RetryEnvironment,
): Pause | undefined {
  if (!mayRepeat(outcome, request)) return undefined;
  const asked = "response" in outcome ? askedPauseMs(outcome.response, environment.now()) : undefined;
  const ms = asked ?? ownPauseMs(attempt, environment.random);
  return ms <= longestWaitMs ? { ms, isAsked: asked !== undefined } : undefined;
}

function mayRepeat(outcome: Attempt, request: PipelineRequest): boolean {
  if ("response" in outcome) {
    const { status } = outcome.response;
    return status === 429 || (isRead(request) && (status === 408 || (status >= 500 && status !== 501)));
  }
  return isRead(request) && isRestError(outcome.error) && !isCertificateFailure(outcome.error.code);
}

/**
 * How long an answer asks to wait, in milliseconds from `now`: by `Retry-After`, or by the header in which Resource Graph says when the
 * user's quota is full again (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests).
 * Undefined where it does not say.
 */
export function askedPauseMs({ headers }: PipelineResponse, now: number): number | undefined {
  return (
    retryAfterMs(headers.get("retry-after"), now) ?? durationMs(headers.get("x-ms-user-quota-resets-after"))
  );
}

/** `hh:mm:ss` in milliseconds; undefined when it is none. */
function durationMs(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)/.exec(text ?? "") ?? [];
  if (seconds === undefined) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/**
 * A `Retry-After` header in milliseconds from `now`: seconds or an HTTP date (RFC 9110 §10.2.3), at most what a timer can wait.
 * Undefined when there is none that can be read.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Math.min(Number(header) * 1000, longestTimerMs);
  // A date begins with its weekday; JavaScript would read "-5" as one too.
  const date = /^\s*[a-z]/i.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), longestTimerMs);
}
