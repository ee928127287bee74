/** Beside the others, since the limits, which it documents, are loaded first. */
export const scopes = "https://learn.microsoft.com/azure/virtual-machines/maintenance-configurations";

/** Where the schedule rules are documented. */
export const sources = {
  overview:
    "https://learn.microsoft.com/azure/virtual-machines/virtual-machine-scale-sets-maintenance-control",
  powerShell:
    "https://learn.microsoft.com/azure/virtual-machines/virtual-machine-scale-sets-maintenance-control-powershell",
  cli: "https://learn.microsoft.com/azure/virtual-machines/virtual-machine-scale-sets-maintenance-control-cli",
  scopes,
  contract:
    "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/maintenance/resource-manager/Microsoft.Maintenance/Maintenance/stable/2023-04-01/Maintenance.json",
  troubleshoot: "https://learn.microsoft.com/azure/virtual-machines/troubleshoot-maintenance-configurations",
  names: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
  startRequired: "https://github.com/Azure/azure-quickstart-templates/issues/12837",
  gap: "https://github.com/hashicorp/terraform-provider-azurerm/issues/32918",
  retiredZones: "https://github.com/mattjohnsonpint/TimeZoneConverter/pull/90",
  monthWithoutDay: "https://github.com/hashicorp/terraform-provider-azurerm/issues/29738",
} as const;
