import { type ClientOptions, getClient } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/core-auth";
import {
  configurationAssignments,
  type ConfigurationAssignmentsOperations,
  maintenanceConfigurations,
  maintenanceConfigurationsForResourceGroup,
  type MaintenanceConfigurationsForResourceGroupOperations,
  type MaintenanceConfigurationsOperations,
} from "./operations.ts";

/** The newest published stable contract; everything that maintenance control needs is in it and unchanged later. */
export const maintenanceApiVersion = "2023-04-01";

export type MaintenanceManagementClientOptionalParams = ClientOptions;

/**
 * Microsoft.Maintenance with the names of `@azure/arm-maintenance` and its modular, nested models, so that the package can take
 * its place: `clients.ts` is the only file that makes one. Of the package's operation groups it has the three that maintenance control
 * uses; the others (updates, apply updates, public configurations, guest-scope assignments, scheduled events) are not here.
 *
 * It differs from the package in one thing: models are the wire's objects themselves, with members that the contract does not know.
 * Callers that need those read the wire (`wire.ts`) and so do not depend on it.
 */
export class MaintenanceManagementClient {
  readonly maintenanceConfigurations: MaintenanceConfigurationsOperations;
  readonly maintenanceConfigurationsForResourceGroup: MaintenanceConfigurationsForResourceGroupOperations;
  readonly configurationAssignments: ConfigurationAssignmentsOperations;

  constructor(
    credential: TokenCredential,
    subscriptionId: string,
    options: MaintenanceManagementClientOptionalParams = {},
  ) {
    const {
      endpoint = "https://management.azure.com",
      apiVersion = maintenanceApiVersion,
      ...rest
    } = options;
    const context = { client: getClient(endpoint, credential, rest), subscriptionId, apiVersion };
    this.maintenanceConfigurations = maintenanceConfigurations(context);
    this.maintenanceConfigurationsForResourceGroup = maintenanceConfigurationsForResourceGroup(context);
    this.configurationAssignments = configurationAssignments(context);
  }
}
