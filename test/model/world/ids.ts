export const subscriptionId = "0f3c1f0e-5a5e-4f0e-9d3b-2f6d4c8b7a10";
export const tenantId = "7d1e0c52-6c1b-4a6f-8a53-0d9e4b7c2f11";
export const endpoint = "https://management.model.example";
export const location = "westeurope";

const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-model`;

export const groupId = group;
export const scaleSetId = (name: string) =>
  `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
export const configurationId = (name: string) =>
  `${group}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`;
/** A resource group that is not there yet, and a configuration in it. */
export const newGroupId = `/subscriptions/${subscriptionId}/resourceGroups/rg-new`;
export const newIn = (name: string) =>
  `${newGroupId}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`;
export const assignmentId = (set: string, name: string) =>
  `${set}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;

/** The last name in an id. */
export const lastName = (id: string) => id.slice(id.lastIndexOf("/") + 1);

/** Keys of what a write touches and a read shows. The scale set comes first, so that one read shows all that it has. */
export const keys = {
  allAssociations: "associations of ",
  associations: (scaleSet: string) => `associations of ${scaleSet.toLowerCase()} `,
  association: (scaleSet: string, name: string) => `${keys.associations(scaleSet)}${name.toLowerCase()}`,
  configuration: (id: string) => `configuration ${id.toLowerCase()} `,
  scaleSet: (id: string) => `scale set ${id.toLowerCase()} `,
  member: (id: string, path: string) => `${keys.scaleSet(id)}${path}`,
  upgrade: (id: string) => `upgrade of ${id.toLowerCase()} `,
  group: (id: string) => `group ${id.toLowerCase()} `,
};

export const enabledMember = "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade";
