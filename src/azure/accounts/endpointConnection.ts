import type { HttpClient } from "@azure/core-rest-pipeline";
import type { Connection } from "../contracts.ts";

export interface EndpointOptions {
  readonly origin: "sandbox";
  /** Resource Manager's address, `https:` and without a trailing slash. */
  readonly endpoint: string;
  readonly token: string;
  /** The transport for an endpoint in this process; absent for one that is reached over the network. */
  readonly httpClient?: HttpClient;
}

/** A connection to one Resource Manager with one token that is good for every tenant there: the sandbox, in process or served. */
export function connectToEndpoint(options: EndpointOptions): Connection {
  const { origin, endpoint, token, httpClient } = options;
  // The program asks for a token at each request, so this only has to lie in the future of that request.
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return {
    origin,
    cloud: { name: origin, endpoint, scopes: [`${endpoint}/.default`] },
    ...(httpClient === undefined ? {} : { httpClient }),
    accounts: async () => [{ home: { credential }, into: () => ({ credential }) }],
  };
}
