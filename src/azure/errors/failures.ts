import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { textAt } from "../../core/resources/json.ts";
import { joined, message } from "../../core/text/message.ts";
import type { Problem, ProblemKind } from "../../core/text/problem.ts";
import { claimsChallengeOf } from "../accounts/challenges.ts";
import {
  beginningOf,
  type ErrorBody,
  jsonOf,
  readDetailCode,
  readErrorBody,
  readErrorDetails,
} from "./errorBody.ts";
import { AzureError, errorOf, isAzureError, transportError } from "./errors.ts";
import { type Circumstances, explain, explainCause } from "./explanations.ts";
import { isGraphQuery, isRead } from "../http/methods.ts";
import { askedPauseMs } from "../http/retry.ts";

/**
 * Turns every failure into an AzureError, so that whatever client made the call, its caller sees one kind of error:
 * a request that got no answer, an error answer, an answer that is no JSON, and an asynchronous operation that ended badly.
 */
export function failurePolicy(now: () => number): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.failure",
    async sendRequest(request, next) {
      let response: PipelineResponse;
      try {
        response = await next(request);
      } catch (error) {
        if (isAzureError(error)) throw error;
        const { host } = new URL(request.url);
        if (!isCancelled(error, request)) throw transportError(error, host);
        throw isTimeUp(request) ? errorOf("network", host, "ETIMEDOUT") : errorOf("cancelled");
      }
      const failure = answerFailure(response, now());
      if (failure !== undefined) throw failure;
      return response;
    },
  };
}

/**
 * Whether the caller's own signal ended a request. A write is ended by it only in a pause, with an AbortError; one that broke while it
 * was under way may have been applied, whatever the caller wants meanwhile.
 */
function isCancelled(error: unknown, request: PipelineRequest): boolean {
  return request.abortSignal?.aborted === true && (isRead(request) || textAt(error, "name") === "AbortError");
}

/** Whether it was a time limit of the caller that ended the request, and nobody who cancelled it. */
function isTimeUp({ abortSignal }: PipelineRequest): boolean {
  return textAt((abortSignal as AbortSignal | undefined)?.reason, "name") === "TimeoutError";
}

function answerFailure(response: PipelineResponse, now: number): AzureError | undefined {
  if (response.status >= 400) {
    const body = readErrorBody(response.bodyAsText);
    const code = isGraphQuery(response.request) ? readDetailCode(response.bodyAsText) : undefined;
    return failureOf(kindOfAnswer(response), response, now, { ...body, ...(code !== undefined && { code }) });
  }
  if (isForeign(response))
    return failureOf("malformed", response, now, { message: beginningOf(response.bodyAsText ?? "") });
  return operationFailure(response, now);
}

/** A success whose body says itself that it is no JSON, such as the sign-in page of a hotel's network. */
function isForeign(response: PipelineResponse): boolean {
  const type = response.headers.get("content-type");
  return type !== undefined && !/json/i.test(type) && (response.bodyAsText ?? "") !== "";
}

/**
 * An asynchronous operation ends badly with status 200 and `{"status":"Failed","error":{…}}`
 * (https://github.com/Azure/azure-resource-manager-rpc/blob/master/v1.0/async-api-reference.md). The SDK's poller would keep
 * only a sentence of it. The text is looked at before it is parsed, since large lists come this way too.
 */
function operationFailure(response: PipelineResponse, now: number): AzureError | undefined {
  if (isGraphQuery(response.request)) return undefined;
  const text = response.bodyAsText ?? "";
  if (text.length > 20_000 || !/"status"\s*:\s*"(failed|cancell?ed)"/i.test(text)) return undefined;
  const status = textAt(jsonOf(text), "status")?.toLowerCase();
  if (status === undefined || !/^(failed|cancell?ed)$/.test(status)) return undefined;
  const { problem } = failureOf(
    status === "failed" ? "server" : "conflict",
    response,
    now,
    readErrorBody(text),
  );
  const ended =
    status === "failed"
      ? message("Azure started the operation but couldn't finish it.")
      : message("The operation was cancelled in Azure.");
  const cause = explainCause(problem);
  return new AzureError({
    ...problem,
    summary: cause === undefined ? ended : joined(" ", [ended, cause.summary]),
    wayOut: cause?.wayOut ?? message("Fix what Azure's answer names, then try again."),
  });
}

function failureOf(kind: ProblemKind, response: PipelineResponse, now: number, body: ErrorBody): AzureError {
  const wait = askedPauseMs(response, now);
  const requestId = response.headers.get("x-ms-request-id");
  const details = readErrorDetails(response.bodyAsText);
  const circumstances: Circumstances = {
    host: new URL(response.request.url).host,
    detail: body.message,
    code: body.code,
    details,
    retryAfter: wait === undefined ? undefined : Math.ceil(wait / 1000),
  };
  const problem: Problem = {
    kind,
    ...explain(kind, circumstances),
    ...(body.message === undefined ? {} : { detail: body.message }),
    ...(details.length === 0 ? {} : { details }),
    ...(body.code === undefined ? {} : { code: body.code }),
    status: response.status,
    ...(requestId === undefined ? {} : { requestId }),
  };
  return new AzureError(problem, wait);
}

function kindOfAnswer(response: PipelineResponse): ProblemKind {
  const { status } = response;
  const { code = "", message: words = "" } = readErrorBody(response.bodyAsText);
  if (/^(MissingSubscriptionRegistration|SubscriptionNotRegistered)$/i.test(code)) return "notRegistered";
  if (status === 409 && /(?:not|must be) registered to use namespace/i.test(words)) return "notRegistered";
  if (status === 401) return claimsChallengeOf(response) === undefined ? "notSignedIn" : "stepUpRefused";
  if (status >= 500 || status === 408) return "server";
  return kindsByStatus.get(status) ?? "validation";
}

const kindsByStatus: ReadonlyMap<number, ProblemKind> = new Map([
  [403, "forbidden"],
  [404, "notFound"],
  [407, "proxy"],
  [409, "conflict"],
  [410, "notFound"],
  [412, "conflict"],
  [429, "throttled"],
]);
