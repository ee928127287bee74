import type { Identity } from "../resources/directory.ts";
import type { SandboxRequest } from "../http/http.ts";
import { freshQuota, GraphQuota, isGraphQuery, type Metered } from "./graphQuota.ts";
import { guidOf } from "../ids.ts";
import { ours } from "../http/ours.ts";

/**
 * Resource Manager's token buckets per subscription, principal and kind of call: how many fit in, how many come back a second. They are per
 * region too, but all clients of the sandbox come in through the same one.
 */
const buckets = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
} as const;

/**
 * Compute's own buckets, several in one header, for 3 and for 30 minutes, by names that were recorded; those of plain reads and of deletions
 * are ours. How much is in them is ours too: more than Resource Manager lets through, so that they never run dry.
 */
const computeBuckets = {
  reads: { name: "GetVMScaleSet", perSecond: 30 },
  writes: { name: "CreateVMScaleSet", perSecond: 11 },
  deletes: { name: "DeleteVMScaleSet", perSecond: 11 },
} as const;
/** Which reads count as costly is ours: those of instances. */
const costlyReads = { name: "HighCostGetVMScaleSet", perSecond: 30 };
const computeMinutes = [3, 30];

interface Bucket {
  readonly size: number;
  readonly perSecond: number;
}

type Kind = keyof typeof buckets;

function kindOf(method: string): Kind {
  if (method === "DELETE") return "deletes";
  return method === "GET" || method === "HEAD" ? "reads" : "writes";
}

/** Counts the requests of each user. Only where the quotas are in force is anybody throttled. */
export class Limits {
  readonly #left = new Map<string, { tokens: number; at: number }>();
  readonly #graph = new GraphQuota();

  meter(request: SandboxRequest, { account }: Identity, now: number, inForce: boolean): Metered {
    const path = new URL(request.url).pathname.toLowerCase();
    if (isGraphQuery(path)) return inForce ? this.#graph.meter(account, now) : { headers: freshQuota };
    const kind = kindOf(request.method);
    const [, scope, id = ""] = path.split("/");
    const level = scope === "subscriptions" && id !== "" ? "subscription" : "tenant";
    const key = `${level}/${id}/${account}/${kind}`;
    const { left, waitSeconds } = this.#take(key, buckets[kind], now);
    const headers = {
      [`x-ms-ratelimit-remaining-${level}-${kind}`]: String(left),
      ...(isOfCompute(path) && {
        "x-ms-ratelimit-remaining-resource": this.#compute(
          key,
          kind === "reads" && /\/virtualmachines(\/|$)/.test(path) ? costlyReads : computeBuckets[kind],
          now,
        ),
      }),
    };
    if (!inForce || waitSeconds === 0) return { headers };
    return { headers, refusal: ours.tooManyRequests(kind.slice(0, -1), level, id, waitSeconds) };
  }

  /** What is left in the buckets of Compute, as its header tells it. */
  #compute(
    key: string,
    { name, perSecond }: { readonly name: string; readonly perSecond: number },
    now: number,
  ): string {
    const parts = computeMinutes.map((minutes) => {
      const bucket = { size: perSecond * minutes * 60, perSecond };
      const { left } = this.#take(`${key}/${name}${minutes}`, bucket, now);
      return `Microsoft.Compute/${name}${minutes}Min;${left}`;
    });
    return parts.join(",");
  }

  /** How many are left, and how many seconds it takes until there is one where there was none. */
  #take(
    key: string,
    { size, perSecond }: Bucket,
    now: number,
  ): { readonly left: number; readonly waitSeconds: number } {
    const before = this.#left.get(key) ?? { tokens: size, at: now };
    const refilled = Math.min(size, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond);
    const enough = refilled >= 1;
    const tokens = enough ? refilled - 1 : refilled;
    this.#left.set(key, { tokens, at: now });
    return { left: Math.floor(tokens), waitSeconds: enough ? 0 : Math.ceil((1 - refilled) / perSecond) };
  }
}

/** Whether Microsoft.Compute answers, and not another provider what hangs below one of its resources. */
const isOfCompute = (path: string): boolean =>
  path.split("/providers/").at(-1)?.startsWith("microsoft.compute/") === true;

/** The ids that are on every answer. */
export class RequestIds {
  #count = 0;

  of(request: SandboxRequest, now: number): Record<string, string> {
    const requestId = guidOf(`request ${++this.#count}`);
    const correlationId = request.headers["x-ms-correlation-request-id"] ?? requestId;
    const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
    const clientId = request.headers["x-ms-client-request-id"];
    const echo = clientId !== undefined && request.headers["x-ms-return-client-request-id"] === "true";
    return {
      "cache-control": "no-cache",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "x-ms-request-id": requestId,
      "x-ms-correlation-request-id": correlationId,
      "x-ms-routing-request-id": `WESTEUROPE:${stamp}:${correlationId}`,
      ...(echo && { "x-ms-client-request-id": clientId }),
    };
  }
}
