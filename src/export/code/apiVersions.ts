/**
 * The versions of Azure's contracts that exported code names. Of Microsoft.Compute an older one than ours: the published types of azapi and
 * Bicep do not have ours yet, and each body that a plan sends is the same in it.
 */
export const apiVersions = {
  maintenance: "2023-04-01",
  compute: "2024-11-01",
  resources: "2021-04-01",
} as const;
