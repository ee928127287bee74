import type { HttpClient } from "@azure/core-rest-pipeline";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../../src/sandbox/sandbox.ts";
import type { Exchange } from "./contract.ts";

/** A sandbox whose exchanges are recorded, whoever asks. */
export interface RecordedSandbox {
  readonly sandbox: Sandbox;
  readonly httpClient: HttpClient;
  readonly exchanges: Exchange[];
  /** Asks with a written-out path, as a client of another language would. */
  ask(method: string, path: string, body?: unknown): Promise<Exchange>;
}

export const credential = {
  getToken: async () => ({ token: "sandbox", expiresOnTimestamp: Date.now() + 3_600_000 }),
};

export function recordedSandbox(): RecordedSandbox {
  const sandbox = new Sandbox({ fleet: "small", token: "sandbox", operationSeconds: 0 });
  const inner = sandboxHttpClient(sandbox);
  const exchanges: Exchange[] = [];
  return {
    sandbox,
    exchanges,
    httpClient: {
      sendRequest: async (request) => {
        const { method, url, body } = request;
        const requestHeaders = request.headers.toJSON();
        const response = await inner.sendRequest(request);
        const headers = response.headers.toJSON();
        const requestBody = typeof body === "string" ? body : undefined;
        exchanges.push({
          method,
          url,
          requestHeaders,
          requestBody,
          status: response.status,
          headers,
          body: response.bodyAsText ?? "",
        });
        return response;
      },
    },
    ask: async (method, path, json) => {
      const url = `${sandboxEndpoint}${path}`;
      const type = json === undefined ? {} : { "content-type": "application/json" };
      const requestHeaders = { authorization: "Bearer sandbox", accept: "application/json", ...type };
      const requestBody = json === undefined ? undefined : JSON.stringify(json);
      const request = {
        method,
        url,
        headers: requestHeaders,
        ...(requestBody !== undefined && { body: requestBody }),
      };
      const { status, headers, body } = await sandbox.handle(request);
      const exchange = { method, url, requestHeaders, requestBody, status, headers, body };
      exchanges.push(exchange);
      return exchange;
    },
  };
}
