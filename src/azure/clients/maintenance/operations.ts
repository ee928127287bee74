import {
  type Client,
  type OperationOptions,
  operationOptionsToRequestParameters,
  type PathUncheckedResponse,
} from "@azure-rest/core-client";
import type { ConfigurationAssignment, MaintenanceConfiguration } from "./models.ts";
import { checked, paged, type PagedAsyncIterableIterator } from "./paging.ts";

/** What every operation needs to make its call. */
export interface MaintenanceContext {
  readonly client: Client;
  readonly subscriptionId: string;
  readonly apiVersion: string;
}

export interface MaintenanceConfigurationsOperations {
  /** Of the whole subscription. */
  list(options?: OperationOptions): PagedAsyncIterableIterator<MaintenanceConfiguration>;
  get(
    resourceGroupName: string,
    resourceName: string,
    options?: OperationOptions,
  ): Promise<MaintenanceConfiguration>;
  createOrUpdate(
    resourceGroupName: string,
    resourceName: string,
    configuration: MaintenanceConfiguration,
    options?: OperationOptions,
  ): Promise<MaintenanceConfiguration>;
  update(
    resourceGroupName: string,
    resourceName: string,
    configuration: MaintenanceConfiguration,
    options?: OperationOptions,
  ): Promise<MaintenanceConfiguration>;
  /** The deleted configuration, or nothing where there was none. */
  delete(
    resourceGroupName: string,
    resourceName: string,
    options?: OperationOptions,
  ): Promise<MaintenanceConfiguration | void>;
}

export interface MaintenanceConfigurationsForResourceGroupOperations {
  list(
    resourceGroupName: string,
    options?: OperationOptions,
  ): PagedAsyncIterableIterator<MaintenanceConfiguration>;
}

export interface ConfigurationAssignmentsOperations {
  list(
    resourceGroupName: string,
    providerName: string,
    resourceType: string,
    resourceName: string,
    options?: OperationOptions,
  ): PagedAsyncIterableIterator<ConfigurationAssignment>;
  get(
    resourceGroupName: string,
    providerName: string,
    resourceType: string,
    resourceName: string,
    configurationAssignmentName: string,
    options?: OperationOptions,
  ): Promise<ConfigurationAssignment>;
  createOrUpdate(
    resourceGroupName: string,
    providerName: string,
    resourceType: string,
    resourceName: string,
    configurationAssignmentName: string,
    configurationAssignment: ConfigurationAssignment,
    options?: OperationOptions,
  ): Promise<ConfigurationAssignment>;
  /** The deleted assignment, or nothing where there was none. */
  delete(
    resourceGroupName: string,
    providerName: string,
    resourceType: string,
    resourceName: string,
    configurationAssignmentName: string,
    options?: OperationOptions,
  ): Promise<ConfigurationAssignment | void>;
}

export function maintenanceConfigurations(context: MaintenanceContext): MaintenanceConfigurationsOperations {
  const { client, subscriptionId } = context;
  const one = (group: string, name: string) =>
    client.pathUnchecked(
      "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}/providers/Microsoft.Maintenance/maintenanceConfigurations/{resourceName}",
      subscriptionId,
      group,
      name,
    );
  return {
    list: (options) =>
      paged(
        client,
        () =>
          client
            .pathUnchecked(
              "/subscriptions/{subscriptionId}/providers/Microsoft.Maintenance/maintenanceConfigurations",
              subscriptionId,
            )
            .get(parameters(context, options)),
        following(options),
      ),
    get: async (group, name, options) =>
      checked(await one(group, name).get(parameters(context, options)), ["200"]),
    createOrUpdate: async (group, name, configuration, options) =>
      checked(await one(group, name).put(parameters(context, options, configuration)), ["200", "201"]),
    update: async (group, name, configuration, options) =>
      checked(await one(group, name).patch(parameters(context, options, configuration)), ["200"]),
    delete: async (group, name, options) =>
      deleted(await one(group, name).delete(parameters(context, options))),
  };
}

export function maintenanceConfigurationsForResourceGroup(
  context: MaintenanceContext,
): MaintenanceConfigurationsForResourceGroupOperations {
  const { client, subscriptionId } = context;
  return {
    list: (group, options) =>
      paged(
        client,
        () =>
          client
            .pathUnchecked(
              "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Maintenance/maintenanceConfigurations",
              subscriptionId,
              group,
            )
            .get(parameters(context, options)),
        following(options),
      ),
  };
}

export function configurationAssignments(context: MaintenanceContext): ConfigurationAssignmentsOperations {
  const { client, subscriptionId } = context;
  const path =
    "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}/providers/{providerName}/{resourceType}/{resourceName}/providers/Microsoft.Maintenance/configurationAssignments";
  const one = (group: string, provider: string, type: string, resource: string, name: string) =>
    client.pathUnchecked(
      `${path}/{configurationAssignmentName}`,
      subscriptionId,
      group,
      provider,
      type,
      resource,
      name,
    );
  return {
    list: (group, provider, type, resource, options) =>
      paged(
        client,
        () =>
          client
            .pathUnchecked(path, subscriptionId, group, provider, type, resource)
            .get(parameters(context, options)),
        following(options),
      ),
    get: async (group, provider, type, resource, name, options) =>
      checked(await one(group, provider, type, resource, name).get(parameters(context, options)), ["200"]),
    createOrUpdate: async (group, provider, type, resource, name, assignment, options) =>
      checked(
        await one(group, provider, type, resource, name).put(parameters(context, options, assignment)),
        ["200", "201"],
      ),
    delete: async (group, provider, type, resource, name, options) =>
      deleted(await one(group, provider, type, resource, name).delete(parameters(context, options))),
  };
}

function parameters(context: MaintenanceContext, options: OperationOptions = {}, body?: unknown) {
  return {
    ...operationOptionsToRequestParameters(options),
    queryParameters: { "api-version": context.apiVersion },
    ...(body === undefined ? {} : { body, contentType: "application/json" }),
  };
}

/** A next link carries its own query. */
function following(options: OperationOptions = {}) {
  return operationOptionsToRequestParameters(options);
}

function deleted<T>(response: PathUncheckedResponse): T | void {
  const body = checked<T | undefined>(response, ["200", "204"]);
  return response.status === "200" ? body : undefined;
}
