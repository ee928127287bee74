import { guidOf } from "./ids.ts";
import type { SandboxRequest } from "./http.ts";

/** Resource Manager's token buckets per subscription and kind of call: how many fit in, how many come back a second. */
const buckets = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
} as const;

type Kind = keyof typeof buckets;

function kindOf(method: string): Kind {
  if (method === "DELETE") return "deletes";
  return method === "GET" || method === "HEAD" ? "reads" : "writes";
}

/** The headers that are on every answer: ids of the request, and what is left of its quota. Nobody is throttled. */
export class ResponseHeaders {
  readonly #left = new Map<string, { tokens: number; at: number }>();
  #count = 0;

  of(request: SandboxRequest, now: number): Record<string, string> {
    const requestId = guidOf(`request ${++this.#count}`);
    const correlationId = request.headers["x-ms-correlation-request-id"] ?? requestId;
    const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
    const kind = kindOf(request.method);
    const { pathname } = new URL(request.url);
    const [, scope, id = ""] = pathname.toLowerCase().split("/");
    const level = scope === "subscriptions" && id !== "" ? "subscription" : "tenant";
    const clientId = request.headers["x-ms-client-request-id"];
    const echo = clientId !== undefined && request.headers["x-ms-return-client-request-id"] === "true";
    const left = this.#take(`${level}/${id}/${kind}`, kind, now);
    return {
      "cache-control": "no-cache",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "x-ms-request-id": requestId,
      "x-ms-correlation-request-id": correlationId,
      "x-ms-routing-request-id": `WESTEUROPE:${stamp}:${correlationId}`,
      [`x-ms-ratelimit-remaining-${level}-${kind}`]: String(left),
      ...(pathname.toLowerCase().includes("/providers/microsoft.compute/") && {
        "x-ms-ratelimit-remaining-resource": `Microsoft.Compute/${kind === "reads" ? "GetVMScaleSetResource" : "VMScaleSetBatchedVMRequests5Min"};${left}`,
      }),
      ...(echo && { "x-ms-client-request-id": clientId }),
    };
  }

  #take(key: string, kind: Kind, now: number): number {
    const { size, perSecond } = buckets[kind];
    const before = this.#left.get(key) ?? { tokens: size, at: now };
    const refilled = Math.min(size, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond);
    const tokens = Math.max(0, refilled - 1);
    this.#left.set(key, { tokens, at: now });
    return Math.floor(tokens);
  }
}
