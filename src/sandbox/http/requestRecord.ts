import type { Identity } from "../resources/directory.ts";
import type { SandboxRequest, SandboxResponse } from "./http.ts";
import type { JsonObject } from "../json.ts";

/** As many requests as are remembered. */
const maxRequests = 10_000;

/** What the sandbox was asked, for `GET /sandbox/requests`. Never a token or a query. */
export class RequestRecord {
  #requests: JsonObject[] = [];
  #count = 0;

  /** `applied` says whether the request took effect. Of a request that got no answer the record has no status. */
  add(
    { method, url, headers, body }: SandboxRequest,
    { account, tenantId }: Partial<Identity>,
    { status, broken }: SandboxResponse,
    applied: boolean,
  ): void {
    this.#requests.push({
      number: ++this.#count,
      method,
      path: new URL(url).pathname,
      clientRequestId: headers["x-ms-client-request-id"],
      userAgent: headers["user-agent"],
      account,
      tenantId,
      status: broken === "reset" ? undefined : status,
      applied,
      body: jsonOf(body),
    });
    if (this.#requests.length > maxRequests) this.#requests.shift();
  }

  list(): JsonObject {
    return { count: this.#count, value: this.#requests };
  }

  clear(): void {
    this.#requests = [];
    this.#count = 0;
  }
}

function jsonOf(body: string | undefined): JsonObject | undefined {
  if (body === undefined || body === "") return undefined;
  try {
    return JSON.parse(body) as JsonObject;
  } catch {
    return { text: body };
  }
}
