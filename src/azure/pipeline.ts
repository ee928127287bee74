import type { TokenCredential } from "@azure/core-auth";
import {
  createPipelineFromOptions,
  type Pipeline,
  type PipelinePolicy,
  RestError,
} from "@azure/core-rest-pipeline";
import type { Log } from "../core/log.ts";
import type { Cloud } from "./contracts.ts";
import { AzureError } from "./errors.ts";
import { explain } from "./explanations.ts";
import { failurePolicy } from "./failures.ts";
import { realRetryEnvironment, type RetryEnvironment, retryPolicy } from "./retry.ts";

export interface PipelineSettings {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  readonly log: Log;
  /** This extension's version, for the user agent. */
  readonly version: string;
  readonly retry?: RetryEnvironment;
}

const attemptLimitMs = 60_000;

/**
 * The policies that every call to Azure goes through, whichever client makes it. From the outside in: failures become
 * AzureErrors · safe repeats · a time limit · the token · the log · (the SDK's own: user agent, `x-ms-client-request-id`,
 * proxy, decompression, redirects; its retries are off).
 */
export function createPipeline(settings: PipelineSettings): Pipeline {
  const { cloud, credential, log, version } = settings;
  const pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: `azure-scale-set-maintenance/${version}` },
  });
  pipeline.addPolicy(failurePolicy(), { phase: "Deserialize" });
  pipeline.addPolicy(retryPolicy(settings.retry ?? realRetryEnvironment(log)), { phase: "Retry" });
  pipeline.addPolicy(timeLimitPolicy(attemptLimitMs), { afterPhase: "Retry" });
  pipeline.addPolicy(tokenPolicy(credential, cloud), { phase: "Sign" });
  pipeline.addPolicy(logPolicy(log), { afterPhase: "Sign" });
  return pipeline;
}

/** Asks the credential at each request, so that a window left open overnight never sends yesterday's token. */
function tokenPolicy(credential: TokenCredential, cloud: Cloud): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.token",
    async sendRequest(request, next) {
      if (!isOfCloud(request.url, cloud)) {
        // Links to the next page and to operations come from answers: one to another host must not get the token.
        throw new AzureError({
          kind: "malformed",
          ...explain("malformed", { host: new URL(request.url).host }),
        });
      }
      const { abortSignal } = request;
      const token = await credential.getToken(
        [...cloud.scopes],
        abortSignal === undefined ? {} : { abortSignal },
      );
      if (token === null)
        throw new AzureError({ kind: "notSignedIn", ...explain("notSignedIn", { host: cloud.name }) });
      request.headers.set("Authorization", `Bearer ${token.token}`);
      return next(request);
    },
  };
}

/** Whether a URL is Resource Manager's own, or of one of its regional hosts (`eastus.management.azure.com`). */
function isOfCloud(url: string, cloud: Cloud): boolean {
  const asked = new URL(url);
  const own = new URL(cloud.endpoint);
  const isOwnHost = asked.hostname === own.hostname || asked.hostname.endsWith(`.${own.hostname}`);
  return asked.protocol === "https:" && isOwnHost;
}

/** Ends an attempt that takes longer than `limitMs`, as a broken connection: a read is then repeated, a write read back. */
export function timeLimitPolicy(limitMs: number): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.timeLimit",
    async sendRequest(request, next) {
      const users = request.abortSignal as AbortSignal | undefined;
      const limit = AbortSignal.timeout(limitMs);
      request.abortSignal = users === undefined ? limit : AbortSignal.any([users, limit]);
      try {
        return await next(request);
      } catch (error) {
        if (!limit.aborted || users?.aborted === true) throw error;
        throw new RestError(`No answer within ${limitMs / 1000} s.`, { code: "ETIMEDOUT" });
      } finally {
        if (users === undefined) delete request.abortSignal;
        else request.abortSignal = users;
      }
    },
  };
}

/** One line per attempt, with what a support request needs. Never a query (operation links are signed there), a header or a body. */
function logPolicy(log: Log): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.log",
    async sendRequest(request, next) {
      const start = performance.now();
      const line = (end: string) =>
        `${request.method} ${new URL(request.url).pathname} → ${end} in ${Math.round(performance.now() - start)} ms (client request ${request.requestId})`;
      try {
        const response = await next(request);
        const requestId = response.headers.get("x-ms-request-id") ?? "none";
        const text = line(`${response.status}, request ${requestId},`);
        if (response.status >= 400) log.warn(text);
        else log.info(text);
        return response;
      } catch (error) {
        log.warn(line(error instanceof Error ? error.name : "no answer"));
        throw error;
      }
    },
  };
}
