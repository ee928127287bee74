import type { SandboxAddress } from "../lib/sandbox.ts";
import type { Holdings } from "./holdings.ts";

/** What the tour asks for. */
export const job = {
  subscription: "Contoso Shared Services",
  resourceGroup: "rg-maintenance",
  configuration: "mc-contoso-evening",
  region: "West Europe",
  location: "westeurope",
  timeZone: { city: "Los Angeles", label: "Pacific Time", id: "Pacific Standard Time" },
  start: `${new Date().getFullYear() + 1}-01-15 22:00`,
  duration: { label: "6 hours", value: "06:00" },
  recurrence: { label: "Every day", value: "Day" },
  scaleSets: [
    { subscription: "Contoso Production", resourceGroup: "rg-web-prod-weu", name: "vmss-cache-prod" },
    { subscription: "Contoso Production", resourceGroup: "rg-web-prod-weu", name: "vmss-worker-prod" },
    { subscription: "Contoso Staging", resourceGroup: "rg-web-staging", name: "vmss-api-staging" },
  ],
} as const;

export interface JobIds {
  readonly configuration: string;
  readonly scaleSets: readonly string[];
  readonly assignments: readonly string[];
}

export function idsOf({ subscriptions }: Pick<SandboxAddress, "subscriptions">): JobIds {
  const group = (subscription: string, name: string) => {
    const found = subscriptions.find(({ displayName }) => displayName === subscription);
    return `/subscriptions/${found?.subscriptionId}/resourceGroups/${name}/providers`;
  };
  const scaleSets = job.scaleSets.map(
    ({ subscription, resourceGroup, name }) =>
      `${group(subscription, resourceGroup)}/Microsoft.Compute/virtualMachineScaleSets/${name}`,
  );
  const home = group(job.subscription, job.resourceGroup);
  return {
    configuration: `${home}/Microsoft.Maintenance/maintenanceConfigurations/${job.configuration}`,
    scaleSets,
    assignments: scaleSets.map(
      (id) => `${id}/providers/Microsoft.Maintenance/configurationAssignments/${job.configuration}`,
    ),
  };
}

/** What the sandbox has to hold after each step of the job, from what it held before the first. */
export function expectations(before: Holdings, ids: JobIds) {
  const configuration = ids.configuration.toLowerCase();
  const withConfiguration: Holdings = new Map([...before, [configuration, asCreated]]);
  const withAssociations: Holdings = new Map([
    ...withConfiguration,
    ...ids.assignments.map((id) => [id.toLowerCase(), configuration] as const),
  ]);
  const withUpgrades: Holdings = new Map([
    ...withAssociations,
    ...ids.scaleSets.map((id) => [id.toLowerCase(), { automaticUpgrades: true }] as const),
  ]);
  return { withConfiguration, withAssociations, withUpgrades };
}

/** The configuration's properties as Azure returns them for what the tour types. */
const asCreated = {
  configurationType: "Regular",
  extensionProperties: {},
  namespace: "Microsoft.Maintenance",
  visibility: "Custom",
  maintenanceScope: "OSImage",
  maintenanceWindow: {
    startDateTime: job.start,
    duration: job.duration.value,
    timeZone: job.timeZone.id,
    recurEvery: job.recurrence.value,
  },
};
