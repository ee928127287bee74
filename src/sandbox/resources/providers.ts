const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** A resource provider: its types and every api-version that it has published (previews included), newest first. */
export interface Provider {
  readonly namespace: string;
  readonly types: readonly string[];
  readonly apiVersions: readonly string[];
}

/** The providers that this Azure knows. Versions: the lists in the REST API specifications of each provider. */
export const providers: readonly Provider[] = [
  {
    namespace: "Microsoft.Maintenance",
    types: words(`maintenanceConfigurations publicMaintenanceConfigurations configurationAssignments
      applyUpdates updates operations`),
    apiVersions: words(`2025-10-01-preview 2023-10-01-preview 2023-09-01-preview 2023-04-01 2022-11-01-preview
      2022-07-01-preview 2021-09-01-preview 2021-05-01 2021-04-01-preview 2020-07-01-preview 2020-04-01
      2018-06-01-preview`),
  },
  {
    namespace: "Microsoft.Compute",
    types:
      words(`virtualMachines virtualMachineScaleSets virtualMachineScaleSets/virtualMachines virtualMachineScaleSets/extensions
      galleries galleries/images galleries/images/versions locations locations/publishers locations/operations operations`),
    // The first line has those of galleries.
    apiVersions:
      words(`2025-12-03 2025-03-03 2024-03-03 2023-07-03 2022-08-03 2022-03-03 2022-01-03 2021-10-01 2020-09-30
      2026-04-01 2026-03-01 2025-11-01 2025-04-01 2024-11-01 2024-07-01 2024-03-01 2023-09-01
      2023-07-01 2023-03-01 2022-11-01 2022-08-01 2022-03-01 2021-11-01 2021-07-01 2021-04-01 2021-03-01 2020-12-01
      2020-06-01 2019-12-01 2019-07-01 2019-03-01 2018-10-01 2018-06-01 2018-04-01 2017-12-01 2017-03-30
      2016-04-30-preview 2016-03-30 2015-06-15`),
  },
  {
    namespace: "Microsoft.Network",
    types: words("loadBalancers virtualNetworks networkSecurityGroups publicIPAddresses operations"),
    apiVersions:
      words(`2025-05-01 2025-03-01 2025-01-01 2024-10-01 2024-07-01 2024-05-01 2024-03-01 2024-01-01
      2023-11-01 2023-09-01 2023-06-01 2023-05-01 2023-04-01 2023-02-01 2022-11-01 2022-09-01 2022-07-01 2022-05-01
      2022-01-01 2021-08-01 2021-05-01 2021-03-01 2021-02-01 2020-11-01`),
  },
  {
    namespace: "Microsoft.Resources",
    types: words("tenants subscriptions resourceGroups locations providers operationresults"),
    apiVersions:
      words(`2025-05-01 2025-04-01 2025-03-01 2024-11-01 2024-07-01 2024-03-01 2023-07-01 2022-12-01
      2022-09-01 2022-06-01 2022-05-01 2022-01-01 2021-04-01 2021-01-01 2020-10-01 2020-08-01 2020-06-01 2020-05-01
      2020-01-01 2019-11-01 2019-10-01 2019-08-01 2019-07-01 2019-06-01 2019-05-10 2019-05-01 2019-03-01 2018-08-01
      2018-06-01 2018-05-01 2018-02-01 2018-01-01 2017-05-10 2017-05-01 2016-09-01 2016-07-01 2016-06-01 2016-02-01
      2015-11-01 2015-01-01 2014-04-01 2014-04-01-preview`),
  },
  {
    namespace: "Microsoft.Authorization",
    types: words("permissions"),
    apiVersions: words(
      "2022-05-01-preview 2022-04-01 2018-07-01 2018-01-01-preview 2016-09-01 2015-07-01 2014-10-01-preview",
    ),
  },
  {
    namespace: "Microsoft.ResourceGraph",
    types: words("resources operations"),
    apiVersions:
      words(`2024-04-01 2023-09-01-preview 2022-10-01 2021-06-01-preview 2021-03-01 2020-09-01-preview
      2020-04-01-preview 2019-04-01 2018-09-01-preview`),
  },
];

export function providerOf(namespace: string): Provider | undefined {
  return providers.find((provider) => provider.namespace.toLowerCase() === namespace.toLowerCase());
}

/** Subscription-level providers: those whose registration matters. */
export const registrable = providers.filter(
  ({ namespace }) => namespace === "Microsoft.Maintenance" || namespace === "Microsoft.Compute",
);
