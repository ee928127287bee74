import type { Call, Handler, RouteTable } from "../http/call.ts";
import { list, ok, type Reply } from "../http/http.ts";
import { type JsonObject, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import { deleteAssignment, getAssignment, listAssignments, putAssignment, scopeOf } from "./assignments.ts";
import {
  deleteConfiguration,
  getConfiguration,
  listConfigurations,
  listConfigurationsInGroup,
  patchConfiguration,
  putConfiguration,
} from "./configurations.ts";

/** Never applied: `lastUpdateTime` is the default date. */
function getApplyUpdate(call: Call): Reply {
  const scope = scopeOf(call);
  const id = textAt(scope.body, "id") ?? "";
  const name = call.param("applyUpdateName");
  return ok({
    id: `${id}/providers/Microsoft.Maintenance/applyUpdates/${name}`,
    name,
    type: "Microsoft.Maintenance/applyUpdates",
    properties: { status: "Completed", resourceId: id, lastUpdateTime: "0001-01-01T00:00:00Z" },
  });
}

/** No update is ever pending: OS images are not listed here (recorded 2023-03-23: 200 with an empty list). */
function listUpdates(call: Call): Reply {
  scopeOf(call);
  return list([]);
}

/** Microsoft's own windows, such as those of SQL: nothing that a scale set could be assigned to. */
function publicConfigurations(call: Call): JsonObject[] {
  return ["SQL_WestEurope_DB_1", "SQL_WestEurope_DB_2"].map((name, index) => ({
    id: `/subscriptions/${call.subscriptionId}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/${name}`,
    name,
    type: "Microsoft.Maintenance/publicMaintenanceConfigurations",
    location: "westeurope",
    properties: {
      namespace: "Microsoft.Sql",
      extensionProperties: { publicMaintenanceConfigurationId: name },
      maintenanceScope: "SQLDB",
      visibility: "Public",
      maintenanceWindow: {
        startDateTime: "2021-01-01 22:00",
        duration: "08:00",
        timeZone: "W. Europe Standard Time",
        recurEvery: index === 0 ? "Week Monday,Tuesday,Wednesday,Thursday" : "Week Friday,Saturday,Sunday",
      },
    },
  }));
}

function getPublicConfiguration(call: Call): Reply {
  const name = call.param("resourceName");
  const found = publicConfigurations(call).find(
    (one) => textAt(one, "name")?.toLowerCase() === name.toLowerCase(),
  );
  if (found === undefined) throw ours.unknownPublicConfiguration(name);
  return ok(found);
}

function listOperations(): Reply {
  const resources = {
    maintenanceConfigurations: ["read", "write", "delete"],
    configurationAssignments: ["read", "write", "delete"],
    applyUpdates: ["read", "write"],
    updates: ["read"],
  };
  return list(
    Object.entries(resources).flatMap(([resource, verbs]) =>
      verbs.map((verb) => ({
        name: `Microsoft.Maintenance/${resource}/${verb}`,
        isDataAction: false,
        display: {
          provider: "Microsoft Maintenance",
          resource,
          operation: `${verb} ${resource}`,
          description: `${verb} ${resource}`,
        },
      })),
    ),
  );
}

const subscription = "/subscriptions/{subscriptionId}";
const group = `${subscription}/resourceGroups/{resourceGroupName}`;
const maintenance = "providers/Microsoft.Maintenance";
const resource = `${group}/providers/{providerName}/{resourceType}/{resourceName}/${maintenance}`;
const child = `${group}/providers/{providerName}/{resourceParentType}/{resourceParentName}/{resourceType}/{resourceName}/${maintenance}`;

const assignment: Readonly<Record<string, Handler>> = {
  GET: getAssignment,
  PUT: putAssignment,
  DELETE: deleteAssignment,
};

/** The operations of one resource; the same again for a resource below another, of which the sandbox holds none. */
const ofResource = (scope: string): RouteTable => ({
  [`${scope}/configurationAssignments`]: { GET: listAssignments },
  [`${scope}/configurationAssignments/{configurationAssignmentName}`]: assignment,
  [`${scope}/applyUpdates/{applyUpdateName}`]: { GET: getApplyUpdate },
  [`${scope}/updates`]: { GET: listUpdates },
});

/** Microsoft.Maintenance, as of 2023-04-01. */
export const maintenanceRoutes: RouteTable = {
  "/providers/Microsoft.Maintenance/operations": { GET: listOperations },
  [`${subscription}/${maintenance}/maintenanceConfigurations`]: { GET: listConfigurations },
  [`${group}/${maintenance}/maintenanceConfigurations`]: { GET: listConfigurationsInGroup },
  [`${group}/${maintenance}/maintenanceConfigurations/{resourceName}`]: {
    GET: getConfiguration,
    PUT: putConfiguration,
    PATCH: patchConfiguration,
    DELETE: deleteConfiguration,
  },
  [`${subscription}/${maintenance}/publicMaintenanceConfigurations`]: {
    GET: (call) => list(publicConfigurations(call)),
  },
  [`${subscription}/${maintenance}/publicMaintenanceConfigurations/{resourceName}`]: {
    GET: getPublicConfiguration,
  },
  [`${subscription}/${maintenance}/configurationAssignments`]: {
    GET: () => {
      throw ours.unsupportedInSubscription();
    },
  },
  ...ofResource(resource),
  ...ofResource(child),
};
