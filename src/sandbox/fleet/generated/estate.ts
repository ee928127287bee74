import { guidOf } from "../../ids.ts";
import type { SandboxSubscription, Tenant } from "../../tenancy.ts";
import { Random } from "./random.ts";

/** How large a fleet is to be. The numbers are exact, but for a row or two in a thousand that are malformed and count nowhere. */
export interface FleetSize {
  /** The same seed gives the same fleet. */
  readonly seed: number;
  readonly tenants: number;
  /** Of all tenants together. */
  readonly subscriptions: number;
  readonly scaleSets: number;
  readonly configurations: number;
  readonly assignments: number;
}

/** A subscription with what it is used for. */
export interface Estate {
  readonly subscription: SandboxSubscription;
  readonly region: string;
  readonly environment: Environment;
  readonly team: string;
}

const environments = ["prod", "prod", "prod", "staging", "test", "dev"] as const;
type Environment = (typeof environments)[number];

/** The regions in use, those with more in them more than once. */
export const regions = [
  "westeurope",
  "westeurope",
  "westeurope",
  "northeurope",
  "northeurope",
  "eastus2",
  "eastus2",
  "centralus",
  "uksouth",
  "germanywestcentral",
  "southeastasia",
  "australiaeast",
] as const;

export const teams = [
  "Payments",
  "Storefront",
  "Logistics",
  "Insights",
  "Identity",
  "Media",
  "Platform",
  "Risk",
] as const;

const companies = [
  "Contoso",
  "Northwind Traders",
  "Fabrikam",
  "Tailwind Toys",
  "Wingtip",
  "Adventure Works",
] as const;

export function tenantsOf({ seed, tenants }: FleetSize): readonly Tenant[] {
  return Array.from({ length: tenants }, (_, index): Tenant => {
    const company = companies[index] ?? `Company ${index + 1}`;
    return {
      tenantId: guidOf(`tenant ${seed} ${index}`),
      displayName: company,
      defaultDomain: `${company.replaceAll(" ", "").toLowerCase()}.com`,
    };
  });
}

/** The subscriptions, one tenant after the other. */
export function estatesOf(size: FleetSize, tenants: readonly Tenant[]): readonly Estate[] {
  const random = new Random(size.seed * 7 + 1);
  return Array.from({ length: size.subscriptions }, (_, index): Estate => {
    const tenant = tenants[Math.floor((index * tenants.length) / size.subscriptions)];
    if (tenant === undefined) throw new Error("A fleet with subscriptions needs a tenant");
    const [team, environment] = [random.pick(teams), random.pick(environments)];
    return {
      subscription: {
        subscriptionId: guidOf(`subscription ${size.seed} ${index}`),
        displayName: `${tenant.displayName} ${team} ${environment} ${String(index + 1).padStart(4, "0")}`,
        tenantId: tenant.tenantId,
      },
      region: random.pick(regions),
      environment,
      team,
    };
  });
}
