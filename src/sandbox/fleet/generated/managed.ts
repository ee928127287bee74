import type { ScaleSetSeed } from "../scaleSet.ts";
import type { Estate } from "./estate.ts";

type Marks = Pick<ScaleSetSeed, "name" | "group"> & Partial<ScaleSetSeed>;

const ownedBy = (estate: Estate, provider: string, name: string): string =>
  `/subscriptions/${estate.subscription.subscriptionId}/resourceGroups/rg-platform/providers/${provider}/${name}`;

/** Scale sets as other services make them for themselves: their names, groups, tags and owners. */
const services: readonly ((estate: Estate, number: number) => Marks)[] = [
  (estate, number) => ({
    name: `aks-nodepool${number % 4}-${31_000_000 + number}-vmss`,
    group: `MC_rg-platform_aks-${estate.team.toLowerCase()}_${estate.region}`,
    tags: {
      "aks-managed-poolName": `nodepool${number % 4}`,
      "aks-managed-orchestrator": "Kubernetes:1.33.5",
    },
    extra: {
      managedBy: ownedBy(
        estate,
        "Microsoft.ContainerService/managedClusters",
        `aks-${estate.team.toLowerCase()}`,
      ),
    },
  }),
  (estate, number) => ({
    name: `aks-gpu-${42_000_000 + number}-vmss`,
    group: `MC_rg-platform_aks-${estate.team.toLowerCase()}_${estate.region}`,
    tags: { "aks-managed-poolName": "gpu", "aks-managed-orchestrator": "Kubernetes:1.32.9" },
  }),
  (estate, number) => ({
    name: `nt${number % 3}-${number}`,
    group: `SFC_${number}a7c-${estate.environment}`,
    extra: { managedBy: ownedBy(estate, "Microsoft.ServiceFabric/managedClusters", `sf${number}`) },
    image: "windows2022",
  }),
  (_, number) => ({
    name: `workers-${number}`,
    group: `databricks-rg-analytics-${number % 7}`,
    tags: { Vendor: "Databricks", "databricks-environment": "true" },
  }),
  (_, number) => ({
    name: `${number}-azurebatch-VMSS-D`,
    group: `azurebatch-${number}-c`,
    tags: { BatchAccountName: "renderfarm", PoolName: `pool${number % 5}` },
  }),
  (estate, number) => ({
    name: `mdp-${number}`,
    group: "rg-build-pools",
    extra: { managedBy: ownedBy(estate, "Microsoft.DevOpsInfrastructure/pools", `pool-${number}`) },
  }),
  (_, number) => ({
    name: `elastic-agents-${number}`,
    group: "rg-build-agents",
    tags: {
      __AzureDevOpsElasticPool: `agents-${number % 6}`,
      __AzureDevOpsElasticPoolTimeStamp: "11/3/2026 9:00:00 AM",
    },
  }),
];

/** What marks the scale set of that number as another service's. */
export function marksOf(estate: Estate, number: number): Marks {
  const marks = services[number % services.length];
  if (marks === undefined) throw new Error("There is no such service");
  return marks(estate, number);
}
