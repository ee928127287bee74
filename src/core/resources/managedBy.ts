import { parseId } from "./ids.ts";
import { objectAt, textAt } from "./json.ts";
import type { JsonObject } from "./json.ts";

/**
 * A service that makes scale sets of its own, which are to be changed through that service alone. Its marks:
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/18418 (AKS), https://learn.microsoft.com/azure/databricks/admin/account-settings/usage-detail-tags,
 * https://github.com/Azure/terraform-azurerm-avm-res-compute-virtualmachinescaleset/issues/86 (Azure DevOps).
 */
interface Manager {
  /** Its own name, as Azure writes it. */
  readonly name: string;
  /** Provider in the id that the set's `managedBy` names. */
  readonly provider?: string;
  /** Name of the resource group that the service keeps. */
  readonly group?: RegExp;
  /** Tags that the service puts on its sets: `name=value`. */
  readonly tag?: RegExp;
}

const managers: readonly Manager[] = [
  {
    name: "Azure Kubernetes Service",
    provider: "microsoft.containerservice",
    group: /^mc_/i,
    tag: /^aks-managed-/i,
  },
  { name: "Service Fabric managed clusters", provider: "microsoft.servicefabric", group: /^sfc_/i },
  {
    name: "Azure Databricks",
    provider: "microsoft.databricks",
    group: /^databricks-rg-/i,
    tag: /^(databricks(instancepool|-environment)|vendor=databricks$)/i,
  },
  { name: "Azure Batch", provider: "microsoft.batch", group: /^azurebatch-/i, tag: /^batchaccountname=/i },
  { name: "Managed DevOps Pools", provider: "microsoft.devopsinfrastructure" },
  { name: "Azure DevOps agent pools", tag: /^__azuredevopselasticpool/i },
];

/** The service that owns the set, by its own name, where that is not the user. */
export function managedByOf(scaleSet: JsonObject): string | undefined {
  const owner = textAt(scaleSet, "managedBy");
  const provider = owner === undefined ? undefined : parseId(owner)?.provider?.toLowerCase();
  const group =
    /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)/i.exec(textAt(scaleSet, "id") ?? "")?.[1] ?? "";
  const tags = Object.entries(objectAt(scaleSet, "tags") ?? {}).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : ""}`,
  );
  const manager = managers.find(
    (known) =>
      (provider !== undefined && known.provider === provider) ||
      known.group?.test(group) === true ||
      tags.some((tag) => known.tag?.test(tag) === true),
  );
  return manager?.name ?? owner;
}

/** What people call a service, where its own name is long. */
export function shortServiceName(service: string): string {
  return service === "Azure Kubernetes Service" ? "AKS" : service;
}
