import type { JsonObject } from "../json.ts";
import { subscriptions, type SubscriptionName } from "./contoso.ts";
import type { ScaleSetSeed } from "./scaleSet.ts";

const gallery = `/subscriptions/${subscriptions.shared.subscriptionId}/resourceGroups/rg-build-shared/providers/Microsoft.Compute/galleries/galContoso/images`;
/** The image that Contoso builds for its build agents. */
export const buildImage = `${gallery}/build-agent-linux`;

/** What Azure puts on the scale set of an AKS node pool. */
const aks: JsonObject = {
  "aks-managed-poolName": "systempool",
  "aks-managed-orchestrator": "Kubernetes:1.33.5",
  "aks-managed-resourceNameSuffix": "31415926",
  "aks-managed-createOperationID": "0c8f6c8e-0c0b-4a4f-9d52-51f2f1a0c7d3",
  poolName: "systempool",
};

/** A scale set with the names of the configurations that it is assigned to; `!gone` is one that is there no more. */
export interface FleetSeed extends ScaleSetSeed {
  readonly configurations?: readonly string[];
  /** The outcomes of its last upgrades, the newest first. */
  readonly history?: readonly ("Completed" | "Faulted")[];
  /** How many months old the image is that each instance runs; again from the first where there are more instances. */
  readonly running?: readonly number[];
  /** The instances that report themselves as unhealthy. */
  readonly unhealthy?: readonly number[];
}

const weu = { location: "westeurope" };
const web = { ...weu, group: "rg-web-prod-weu" };
const data = { ...weu, group: "rg-data-prod-weu" };
const media = { location: "northeurope", group: "rg-media-prod-neu" };
const build = { ...weu, group: "rg-build-shared" };
const stage = { ...weu, group: "rg-web-staging" };
const nightly = { configurations: ["mc-prod-nightly"] };

export const scaleSets: Readonly<Record<SubscriptionName, readonly FleetSeed[]>> = {
  production: [
    {
      ...web,
      ...nightly,
      name: "vmss-web-prod",
      image: "ubuntu22",
      upgrades: true,
      capacity: 12,
      history: ["Completed", "Completed", "Completed"],
    },
    {
      ...web,
      ...nightly,
      // In the region that Azure pairs with its group's: the nightly windows upgrade both at the same time.
      location: "northeurope",
      name: "vmss-api-prod",
      image: "windows2022",
      health: "probe",
      upgrades: true,
      capacity: 8,
      history: ["Completed", "Faulted"],
    },
    {
      ...web,
      name: "vmss-checkout-prod",
      image: "ubuntu22",
      upgrades: true,
      capacity: 6,
      history: ["Completed"],
    },
    {
      ...web,
      ...nightly,
      name: "vmss-search-prod",
      running: [3],
      image: "azureLinux",
      upgrades: false,
      capacity: 5,
    },
    {
      ...web,
      name: "vmss-cache-prod",
      running: [1],
      image: "ubuntu22",
      capacity: 4,
      size: "Standard_E8s_v5",
    },
    {
      ...web,
      name: "vmss-worker-prod",
      running: [0, 2, 2, 1],
      image: "windows2022",
      health: "probe",
      capacity: 10,
    },
    {
      ...data,
      ...nightly,
      name: "vmss-orders-prod",
      image: "ubuntu22",
      version: "22.04.202509030",
      capacity: 6,
    },
    {
      ...data,
      ...nightly,
      name: "vmss-payments-prod",
      running: [4],
      image: "ubuntu20",
      health: "none",
      capacity: 6,
    },
    {
      ...media,
      ...nightly,
      name: "vmss-transcode-prod",
      running: [2, 2, 1],
      image: "ubuntu22",
      health: "both",
      capacity: 20,
      size: "Standard_F16s_v2",
    },
    {
      ...data,
      ...nightly,
      name: "vmss-reporting-prod",
      image: "windows2019",
      health: "probe",
    },
    {
      ...data,
      ...nightly,
      name: "vmss-batch-prod",
      image: "ubuntu22",
      patchMode: "AutomaticByPlatform",
      upgrades: false,
      capacity: 16,
    },
    {
      ...data,
      name: "vmss-ledger-prod",
      image: "ubuntu22",
      upgrades: true,
      configurations: ["!mc-ledger-retired"],
      history: ["Completed"],
    },
    {
      ...media,
      name: "vmss-archive-prod",
      running: [2],
      image: "azureLinux",
      upgrades: true,
      configurations: ["mc-web-until-migration"],
    },
    {
      ...web,
      name: "vmss-gateway-prod",
      running: [1],
      image: "ubuntu22",
      upgrades: true,
      configurations: ["mc-prod-nightly", "mc-shared-fourth-monday"],
      history: ["Faulted"],
    },
    {
      ...weu,
      group: "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope",
      name: "aks-systempool-31415926-vmss",
      image: `/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-AzureLinux/providers/Microsoft.Compute/galleries/AKSAzureLinux/images/V3gen2/versions/202610.13.0`,
      health: "none",
      tags: aks,
      extra: {
        managedBy: `/subscriptions/${subscriptions.production.subscriptionId}/resourceGroups/rg-aks-prod-weu/providers/Microsoft.ContainerService/managedClusters/aks-contoso-prod`,
      },
    },
  ],
  shared: [
    {
      ...build,
      name: "vmss-build-agents",
      image: buildImage,
      upgrades: true,
      capacity: 24,
      size: "Standard_D8s_v5",
      configurations: ["mc-shared-fourth-monday"],
      history: ["Completed", "Completed"],
    },
    {
      ...build,
      name: "vmss-build-agents-canary",
      image: `${buildImage}/versions/1.4.2`,
      capacity: 2,
    },
    {
      ...build,
      name: "vmss-jumphosts",
      image: "windows2022",
      flexible: true,
      capacity: 2,
      size: "Standard_D2s_v5",
    },
    {
      ...weu,
      ...nightly,
      group: "rg-identity-shared",
      name: "vmss-identity-broker",
      image: "windows2022",
      health: "probe",
      upgrades: true,
      capacity: 4,
    },
    {
      location: "northeurope",
      group: "rg-observability-shared",
      name: "vmss-telemetry-ingestion-and-aggregation-collectors-northeurope",
      running: [2],
      unhealthy: [1, 4, 7],
      image: "azureLinux",
      capacity: 9,
    },
  ],
  staging: [
    {
      ...stage,
      name: "vmss-web-staging",
      image: "ubuntu22",
      upgrades: true,
      configurations: ["mc-staging-daily"],
      history: ["Completed", "Completed"],
    },
    {
      ...stage,
      name: "vmss-api-staging",
      image: "windows2022",
      health: "probe",
      windowsUpdates: "unset",
      capacity: 2,
    },
    {
      ...stage,
      name: "vmss-data-staging",
      image: "sql2022",
      health: "probe",
      upgrades: true,
      capacity: 2,
      configurations: ["mc-guest-patching-sunday"],
    },
    {
      location: "eastus2",
      group: "rg-loadtest-staging",
      name: "vmss-loadtest-staging",
      running: [0, 1],
      image: "ubuntu22",
      mode: "Rolling",
      capacity: 30,
      size: "Standard_F4s_v2",
    },
  ],
  fabrikam: [{ location: "northeurope", group: "rg-portal", name: "vmss-portal", image: "ubuntu22" }],
};

/** The scale set whose maintenance the caller may not read. */
export const unreadable = { subscription: "shared", name: "vmss-identity-broker" } as const;

/** Rows in the lists of scale sets that are not what a scale set should be; Azure has been seen to return such. */
export const malformed = {
  subscription: "staging",
  group: "rg-web-staging",
  bodies: [
    {
      id: `/subscriptions/${subscriptions.staging.subscriptionId}/resourceGroups/rg-web-staging/providers/Microsoft.Compute/virtualMachineScaleSets/`,
      type: "Microsoft.Compute/virtualMachineScaleSets",
      location: "westeurope",
      properties: null,
    },
    {
      id: 20261103,
      name: "vmss-import-staging",
      type: "Microsoft.Compute/virtualMachineScaleSets",
      location: "westeurope",
      sku: { name: "Standard_D4s_v5", tier: "Standard", capacity: 2 },
      properties: { provisioningState: "Failed" },
    },
  ],
} as const;
