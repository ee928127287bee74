/** Where the conditions of automatic OS image upgrades are documented, and where Azure's refusals were recorded. */
export const automaticUpgrade =
  "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade";
export const orchestrationModes =
  "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes";
export const maintenanceScopes =
  "https://learn.microsoft.com/azure/virtual-machines/maintenance-configurations";
export const latestRefusal = "https://github.com/hashicorp/terraform-provider-azurerm/issues/11398";
export const healthRefusal = "https://github.com/MicrosoftDocs/azure-docs/issues/122644";
export const updatesRefusal = "https://github.com/Azure/aks-engine/issues/1795";
export const nodePools = "https://github.com/hashicorp/terraform-provider-azurerm/issues/18418";
