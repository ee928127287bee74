import { apiVersions } from "../code/apiVersions.ts";

const existingSet = `resource vmss 'Microsoft.Compute/virtualMachineScaleSets@${apiVersions.compute}' existing = {
  name: scaleSet
}
`;

/**
 * What is deployed into a resource group, as Bicep's modules: an extension resource can only be deployed at its own group's scope (BCP139). All
 * values are given to them.
 */
export const bicepModules = {
  configuration: `param name string
param location string
param tags object
param properties object

resource configuration 'Microsoft.Maintenance/maintenanceConfigurations@${apiVersions.maintenance}' = {
  name: name
  location: location
  tags: tags
  properties: properties
}

output id string = configuration.id
`,
  association: `param scaleSet string
param name string
param location string
param configurationId string

${existingSet}
resource association 'Microsoft.Maintenance/configurationAssignments@${apiVersions.maintenance}' = {
  name: name
  scope: vmss
  location: location
  properties: {
    maintenanceConfigurationId: configurationId
    resourceId: vmss.id
  }
}
`,
  extension: `param scaleSet string
param name string
param properties object

${existingSet}
resource extension 'Microsoft.Compute/virtualMachineScaleSets/extensions@${apiVersions.compute}' = {
  parent: vmss
  name: name
  properties: properties
}
`,
} as const;
