import {
  createPipelineFromOptions,
  decompressResponsePolicyName,
  type Pipeline,
  type PipelinePolicy,
  RestError,
} from "@azure/core-rest-pipeline";
import type { Log } from "../../core/log.ts";
import { textAt } from "../../core/resources/json.ts";
import type { Cloud, TenantAccess } from "../contracts.ts";
import { ApiVersions } from "./apiVersions.ts";
import { failurePolicy } from "../errors/failures.ts";
import { GraphQuota } from "./graphQuota.ts";
import { inflationPolicy } from "./inflation.ts";
import { isRead } from "./methods.ts";
import { longestTimerMs, throwIfAborted } from "./pause.ts";
import { ResourcePace } from "./resourcePace.ts";
import { retryAfterMs, type RetryEnvironment, retryPolicy } from "./retry.ts";
import { signing } from "../accounts/signing.ts";

export interface PipelineSettings {
  readonly cloud: Cloud;
  readonly access: Pick<TenantAccess, "credential" | "answerChallenge">;
  readonly log: Log;
  /** This extension's version, for the user agent. */
  readonly version: string;
  readonly retry: RetryEnvironment;
  /** Of the account, the same for all its tenants; one of its own where absent. */
  readonly graphQuota?: GraphQuota;
  /** Of the connection; one of its own where absent. */
  readonly resourcePace?: ResourcePace;
  /** Of the cloud, the same for all its accounts; of its own where absent. */
  readonly apiVersions?: ApiVersions;
}

const attemptLimitMs = 60_000;

/**
 * The policies that every call to Azure goes through, whichever client makes it. From the outside in: failures become
 * AzureErrors · another token after a 401 · an api-version that the cloud knows · safe repeats · the quota of Resource Graph · the pace of a resource provider · a time limit · the token · pauses that can be kept · the log · inflation · an open connection · (the SDK's own: user agent, `x-ms-client-request-id`,
 * proxy, redirects; its retries and its decompression are off).
 */
export function createPipeline(settings: PipelineSettings): Pipeline {
  const { cloud, access, log, version, retry } = settings;
  const { graphQuota = new GraphQuota(retry), apiVersions = new ApiVersions(log) } = settings;
  const { resourcePace = new ResourcePace(retry) } = settings;
  const { token, renewal } = signing(access, cloud);
  const failure = failurePolicy(retry.now);
  const pipeline = createPipelineFromOptions({
    userAgentOptions: { userAgentPrefix: `azure-scale-set-maintenance/${version}` },
  });
  // Even without retries it would turn the answer to a write into a cancellation when the caller's signal was aborted meanwhile.
  pipeline.removePolicy({ name: "defaultRetryPolicy" });
  pipeline.addPolicy(failure, { phase: "Deserialize" });
  pipeline.addPolicy(renewal, { phase: "Deserialize", afterPolicies: [failure.name] });
  pipeline.addPolicy(apiVersions.policy(), { phase: "Deserialize", afterPolicies: [renewal.name] });
  pipeline.addPolicy(retryPolicy(retry), { phase: "Retry" });
  const timeLimit = timeLimitPolicy(attemptLimitMs);
  pipeline.addPolicy(graphQuota.policy(), { afterPhase: "Retry", beforePolicies: [timeLimit.name] });
  pipeline.addPolicy(resourcePace.policy(), { afterPhase: "Retry", beforePolicies: [timeLimit.name] });
  pipeline.addPolicy(timeLimit, { afterPhase: "Retry" });
  pipeline.addPolicy(token, { phase: "Sign" });
  const logging = logPolicy(log, retry.now);
  pipeline.addPolicy(logging, { afterPhase: "Sign" });
  pipeline.removePolicy({ name: decompressResponsePolicyName });
  pipeline.addPolicy(inflationPolicy, { afterPhase: "Sign", afterPolicies: [logging.name] });
  pipeline.addPolicy(keepAlivePolicy);
  pipeline.addPolicy(boundedPausePolicy(retry), { afterPhase: "Sign", beforePolicies: [logging.name] });
  return pipeline;
}

/**
 * Ends an attempt that takes longer than `limitMs`, as a broken connection: a read is then repeated, a write read back. The caller's own
 * signal ends the attempts of reads only. A write that is under way is heard out, since abandoning it would not undo it; her signal
 * ends the pauses between its attempts, when it was refused and nothing is under way.
 */
export function timeLimitPolicy(limitMs: number): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.timeLimit",
    async sendRequest(request, next) {
      const users = request.abortSignal as AbortSignal | undefined;
      throwIfAborted(users);
      const limit = AbortSignal.timeout(limitMs);
      request.abortSignal = users !== undefined && isRead(request) ? AbortSignal.any([users, limit]) : limit;
      try {
        return await next(request);
      } catch (error) {
        if (!limit.aborted || (users?.aborted === true && isRead(request))) throw error;
        throw new RestError(`No answer within ${limitMs / 1000} s.`, { code: "ETIMEDOUT" });
      } finally {
        if (users === undefined) delete request.abortSignal;
        else request.abortSignal = users;
      }
    },
  };
}

/**
 * Keeps connections open for the calls that follow. VS Code gives each request in its extension host an agent of its own that does not, so that
 * every call would pay for a handshake and for VS Code's look at all certificates of the machine, unless the header asks for it:
 * https://github.com/microsoft/vscode/issues/173861.
 */
const keepAlivePolicy: PipelinePolicy = {
  name: "scaleSetMaintenance.keepAlive",
  sendRequest(request, next) {
    request.headers.set("Connection", "keep-alive");
    return next(request);
  },
};

/**
 * Lets no answer ask for a pause that a timer cannot keep: the SDKs' pollers hand the header to one as it is, and ask again at once.
 * A header that cannot be read is taken away, so that a poller pauses as long as it does by itself.
 */
function boundedPausePolicy({ now }: RetryEnvironment): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.boundedPause",
    async sendRequest(request, next) {
      const response = await next(request);
      const header = response.headers.get("retry-after");
      if (header === undefined) return response;
      const ms = retryAfterMs(header, now());
      if (ms === undefined) response.headers.delete("retry-after");
      else if (ms >= longestTimerMs)
        response.headers.set("retry-after", String(Math.floor(longestTimerMs / 1000)));
      return response;
    },
  };
}

/** Its code where it has one: an error's words may hold an address. */
function reasonOf(error: unknown): string {
  return textAt(error, "code") ?? (error instanceof Error ? error.name : "unknown");
}

/** One line per attempt, with what a support request needs. Never a query (operation links are signed there), a header or a body. */
function logPolicy(log: Log, now: () => number): PipelinePolicy {
  return {
    name: "scaleSetMaintenance.log",
    async sendRequest(request, next) {
      const start = now();
      const line = (end: string) =>
        `${request.method} ${new URL(request.url).pathname} → ${end} in ${Math.round(now() - start)} ms (client request ${request.requestId})`;
      try {
        const response = await next(request);
        const requestId = response.headers.get("x-ms-request-id") ?? "none";
        const text = line(`${response.status}, request ${requestId},`);
        if (response.status >= 400) log.warn(text);
        else log.info(text);
        return response;
      } catch (error) {
        log.warn(line(`no answer from ${new URL(request.url).host} (${reasonOf(error)})`));
        throw error;
      }
    },
  };
}
