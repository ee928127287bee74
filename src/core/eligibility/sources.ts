/** Where the conditions of automatic OS image upgrades are documented, and where Azure's refusals were recorded. */
const learn = "https://learn.microsoft.com/azure";
const upgradePage = `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade`;

export const automaticUpgrade = upgradePage;
export const supportedImages = `${upgradePage}#supported-os-images`;
/** The flag `automaticOSUpgradeSupported` of an image version. */
export const imageFlag = "https://learn.microsoft.com/rest/api/compute/virtual-machine-images/get";
export const customImages = `${upgradePage}#automatic-os-image-upgrade-for-custom-images`;
export const serviceFabricRequirements = `${upgradePage}#service-fabric-requirements`;
export const credentials = `${upgradePage}#keep-credentials-up-to-date`;
export const statelessNodeTypes = `${learn}/service-fabric/service-fabric-stateless-node-types`;
export const instanceProtection = `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-instance-protection`;
/** That Azure counts the state Unknown as unhealthy. */
export const healthStates = `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension#unknown-state`;
export const rollingUpgrades = `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades`;
/** The contract of Compute from before its ranges were left to the service: 5–100, 5–100 and 0–100 percent. */
export const rollingPolicyContract =
  "https://github.com/Azure/azure-rest-api-specs/blob/74ac8bf64e02ecf8285530b61ff2cb4502f8fe5d/specification/compute/resource-manager/Microsoft.Compute/stable/2020-12-01/compute.json";
/** The contract of Compute: `enableAutomaticOSUpgrade` sets `enableAutomaticUpdates` to false on Windows. */
export const upgradeContract =
  "https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/update";
export const orchestrationModes = `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes`;
export const maintenanceScopes = `${learn}/virtual-machines/maintenance-configurations`;
export const maintenanceControl = `${learn}/virtual-machines/virtual-machine-scale-sets-maintenance-control`;
export const latestRefusal = "https://github.com/hashicorp/terraform-provider-azurerm/issues/11398";
export const imageRefusal = "https://github.com/MicrosoftDocs/azure-docs/issues/39477";
export const healthRefusal = "https://github.com/MicrosoftDocs/azure-docs/issues/122644";
export const durabilityRefusal = "https://github.com/MicrosoftDocs/azure-docs/issues/18035";
export const updatesRefusal = "https://github.com/Azure/aks-engine/issues/1795";
/** The refusal to upgrade a set that has no unprotected instance. */
export const unprotectedRefusal = "https://github.com/hashicorp/terraform-provider-azurerm/pull/12590";
export const nodePools = "https://github.com/hashicorp/terraform-provider-azurerm/issues/18418";
