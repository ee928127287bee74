import { ComputeManagementClient } from "@azure/arm-compute";
import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, Pipeline } from "@azure/core-rest-pipeline";
import type { Cloud } from "../contracts.ts";
import { MaintenanceManagementClient } from "./maintenance/maintenanceManagementClient.ts";
import { ResourceGraph } from "../inventory/resourceGraph.ts";
import { ResourceManager } from "./resourceManager.ts";

/** The clients of one tenant, all over one pipeline and one transport. */
export interface Clients {
  readonly resourceManager: ResourceManager;
  readonly graph: ResourceGraph;
  compute(subscriptionId: string): ComputeManagementClient;
  maintenance(subscriptionId: string): MaintenanceManagementClient;
}

export interface ClientsSettings {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  readonly pipeline: Pipeline;
  readonly httpClient: HttpClient;
}

/** The only place where clients are made. */
export function createClients({ cloud, credential, pipeline, httpClient }: ClientsSettings): Clients {
  const options = {
    endpoint: cloud.endpoint,
    credentials: { scopes: [...cloud.scopes] },
    pipeline,
    httpClient,
  };
  return {
    resourceManager: new ResourceManager(credential, options),
    graph: new ResourceGraph(options),
    compute: (subscriptionId) => new ComputeManagementClient(credential, subscriptionId, options),
    maintenance: (subscriptionId) => new MaintenanceManagementClient(credential, subscriptionId, options),
  };
}
