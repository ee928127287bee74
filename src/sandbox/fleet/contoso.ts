import type { Account, SandboxSubscription, Tenant } from "../tenancy.ts";

const contoso: Tenant = {
  tenantId: "3f1c8a52-7d0e-4c6b-9b1a-2e5d40c7a911",
  displayName: "Contoso",
  defaultDomain: "contoso.com",
};

const contosoStaging: Tenant = {
  tenantId: "b62d94e0-15fa-4f3e-8c27-6a90d3f1be45",
  displayName: "Contoso Staging",
  defaultDomain: "contosostaging.onmicrosoft.com",
};

/** A company that works for Contoso. */
const fabrikam: Tenant = {
  tenantId: "d8a4f1c6-50b2-4e97-b3d8-07c9e2f6a158",
  displayName: "Fabrikam",
  defaultDomain: "fabrikam.com",
};

/** Whom the sandbox's own token stands for. */
export const megan: Account = {
  name: "megan.bowen@contoso.com",
  objectId: "6e0d3a5c-7f3b-4a52-9a0a-5b8a4a0c8f11",
  tenants: [contoso, contosoStaging],
};

/** A consultant, who sees Contoso's subscriptions as a guest. */
const adele: Account = {
  name: "adele.vance@fabrikam.com",
  objectId: "c2f7a9d4-3e81-4b06-8c5d-91ab04e7d322",
  tenants: [fabrikam, contoso],
};

/** Those of Contoso. */
export const accounts: readonly [Account, ...Account[]] = [megan, adele];

/** Production and shared services are in the company's tenant, staging in one of its own. */
export const subscriptions = {
  production: {
    subscriptionId: "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001",
    displayName: "Contoso Production",
    tenantId: contoso.tenantId,
  },
  shared: {
    subscriptionId: "4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002",
    displayName: "Contoso Shared Services",
    tenantId: contoso.tenantId,
  },
  staging: {
    subscriptionId: "87d5b3f9-6e41-4a0c-9d72-3fb8e1a4c003",
    displayName: "Contoso Staging",
    tenantId: contosoStaging.tenantId,
  },
  fabrikam: {
    subscriptionId: "2e90b6d4-81c7-4f3a-95e0-c4d7a8f1b004",
    displayName: "Fabrikam Consulting",
    tenantId: fabrikam.tenantId,
  },
} as const satisfies Record<string, SandboxSubscription>;

export type SubscriptionName = keyof typeof subscriptions;

/** Group → location. Groups with nothing in them are there as well, as everywhere. */
export const groups: Readonly<Record<SubscriptionName, Readonly<Record<string, string>>>> = {
  production: {
    "rg-web-prod-weu": "westeurope",
    "rg-data-prod-weu": "westeurope",
    "rg-media-prod-neu": "northeurope",
    "rg-aks-prod-weu": "westeurope",
    "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope": "westeurope",
  },
  shared: {
    "rg-maintenance": "westeurope",
    "rg-build-shared": "westeurope",
    "rg-identity-shared": "westeurope",
    "rg-observability-shared": "northeurope",
  },
  staging: {
    "rg-web-staging": "westeurope",
    "rg-maintenance-staging": "westeurope",
    "rg-loadtest-staging": "eastus2",
  },
  fabrikam: { "rg-portal": "northeurope" },
};
