import type { Call } from "../call.ts";
import { arm } from "../errors.ts";
import { keyOf, parseResourceId, resourceId } from "../ids.ts";
import { list, noContent, ok, type Reply } from "../http.ts";
import { type JsonObject, objectAt, textAt } from "../json.ts";
import { ours } from "../ours.ts";
import { allowed, caller, type Stored, systemData } from "../state.ts";
import { createdIn } from "./configurations.ts";

const type = "Microsoft.Maintenance/configurationAssignments";
const provider = "providers/Microsoft.Maintenance/configurationAssignments";

/** The resource that the path's scope names. Only scale sets are there to be assigned to. */
export function scopeOf(call: Call): Stored {
  const group = call.param("resourceGroupName");
  call.groupKey();
  const [namespace, resourceType, name] = [
    call.param("providerName"),
    call.param("resourceType"),
    call.param("resourceName"),
  ];
  const id = resourceId({
    subscriptionId: call.subscriptionId,
    resourceGroup: group,
    namespace,
    type: resourceType,
    name,
  });
  const stored = call.state.scaleSets.get(keyOf(id));
  if (stored === undefined) throw arm.unknownResource(`${namespace}/${resourceType}`, name, group);
  return stored;
}

/** Refuses what the caller has not been granted on the scope. */
export function authorize(call: Call, scope: Stored, action: string): void {
  const id = textAt(scope.body, "id") ?? "";
  if (allowed(call.state, action, id)) return;
  throw arm.forbidden(caller.name, caller.objectId, action, call.url.pathname);
}

function scopeWith(call: Call, verb: "read" | "write" | "delete"): Stored {
  const scope = scopeOf(call);
  authorize(call, scope, `${type}/${verb}`);
  return scope;
}

const keyIn = (scope: Stored, name: string): string =>
  keyOf(`${textAt(scope.body, "id") ?? ""}/${provider}/${name}`);

/**
 * An assignment as the service returns it: `location` is never there, ids inside come back in other casing
 * (Azure/azure-rest-api-specs #28880), and lists leave out `resourceId` (terraform-provider-azurerm).
 */
function returned({ body }: Stored, within: "list" | "single"): JsonObject {
  const id = textAt(body, "id") ?? "";
  const { resourceId: assigned, maintenanceConfigurationId, ...rest } = objectAt(body, "properties");
  return {
    id: id.replace("/resourceGroups/", "/resourcegroups/"),
    name: textAt(body, "name") ?? "",
    type,
    systemData: objectAt(body, "systemData"),
    properties: {
      maintenanceConfigurationId: recased(String(maintenanceConfigurationId)),
      ...(within === "single" && { resourceId: String(assigned).toLowerCase() }),
      ...rest,
    },
  };
}

const recased = (id: string): string =>
  id
    .replace(/\/resourcegroups\//i, "/resourcegroups/")
    .replace(/\/providers\/microsoft\.maintenance\/maintenanceconfigurations\//i, (part) =>
      part.toLowerCase(),
    );

export function listAssignments(call: Call): Reply {
  const scope = scopeWith(call, "read");
  const prefix = keyIn(scope, "");
  const found = [...call.state.assignments].filter(([key]) => key.startsWith(`${prefix}/`));
  return list(found.map(([, assignment]) => returned(assignment, "list")));
}

export function getAssignment(call: Call): Reply {
  const name = call.param("configurationAssignmentName");
  const stored = call.state.assignments.get(keyIn(scopeWith(call, "read"), name));
  // 400, not 404: Azure/azure-rest-api-specs #26565.
  if (stored === undefined) throw ours.missingAssignment(name);
  return ok(returned(stored, "single"));
}

export function putAssignment(call: Call): Reply {
  const scope = scopeWith(call, "write");
  const scopeId = textAt(scope.body, "id") ?? "";
  const name = call.param("configurationAssignmentName");
  const key = keyIn(scope, name);
  const sent = call.body();
  const configuration = textAt(sent, "properties", "maintenanceConfigurationId") ?? "";
  const path = parseResourceId(configuration);
  if (
    path === undefined ||
    `${path.namespace}/${path.type}`.toLowerCase() !== "microsoft.maintenance/maintenanceconfigurations"
  ) {
    throw ours.invalidConfigurationId(configuration);
  }
  if (!call.state.configurations.has(keyOf(configuration))) {
    throw arm.unknownResource(`${path.namespace}/${path.type}`, path.name, path.resourceGroup);
  }
  const before = call.state.assignments.get(key);
  const stored: Stored = {
    subscriptionId: scope.subscriptionId,
    groupKey: scope.groupKey,
    body: {
      id: `${scopeId}/${provider}/${textAt(before?.body, "name") ?? name}`,
      name: textAt(before?.body, "name") ?? name,
      systemData: systemData(
        textAt(before?.body, "systemData", "createdAt") ?? call.clock.instant,
        call.clock.instant,
      ),
      properties: { ...objectAt(sent, "properties"), resourceId: scopeId },
    },
  };
  call.state.assignments.set(key, stored);
  const body = returned(stored, "single");
  return before === undefined ? createdIn(call.apiVersion, body) : ok(body);
}

export function deleteAssignment(call: Call): Reply {
  const key = keyIn(scopeWith(call, "delete"), call.param("configurationAssignmentName"));
  const stored = call.state.assignments.get(key);
  if (stored === undefined) return noContent;
  call.state.assignments.delete(key);
  const { id = "", name = "" } = returned(stored, "single");
  return ok({ id, name, type });
}
