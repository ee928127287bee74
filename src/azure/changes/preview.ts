import { createEmptyPipeline, createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Change, Plan, RequestPreview } from "../../core/plans/plan.ts";
import { calls } from "./calls.ts";
import { createClients } from "../clients/clients.ts";
import type { Cloud } from "../contracts.ts";
import type { ApiVersions } from "../http/apiVersions.ts";

/** The requests that a plan would send, captured by making its calls over a transport that only records; see `Azure.preview`. */
export async function preview(
  cloud: Cloud,
  plan: Plan,
  apiVersions?: ApiVersions,
): Promise<ReadonlyMap<Change["id"], RequestPreview>> {
  const entries = await Promise.all(
    plan.changes.map(async (change) => [change.id, await requestOf(cloud, change, apiVersions)] as const),
  );
  return new Map(entries);
}

async function requestOf(
  cloud: Cloud,
  change: Change,
  apiVersions: ApiVersions | undefined,
): Promise<RequestPreview> {
  const requests: RequestPreview[] = [];
  const recorder: HttpClient = {
    sendRequest: async (request) => {
      const { method, url, body } = request;
      const text = typeof body === "string" ? { body: JSON.parse(body) as JsonObject } : {};
      requests.push({ method, url, ...text });
      return {
        request,
        status: 200,
        headers: createHttpHeaders({ "content-type": "application/json" }),
        bodyAsText: "{}",
      };
    },
  };
  // Of the policies only the one that changes what is sent: nothing is asked of the credential or repeated.
  const pipeline = createEmptyPipeline();
  if (apiVersions !== undefined) pipeline.addPolicy(apiVersions.policy());
  const credential = { getToken: async () => null };
  const clients = createClients({ cloud, credential, pipeline, httpClient: recorder });
  const { signal } = new AbortController();
  const { target, after = {} } = change;
  await calls[change.kind].send(target, after, { clients, signal, now: () => 0 });
  const [request] = requests;
  if (request === undefined) throw new Error(`${change.id} sends nothing`);
  return request;
}
