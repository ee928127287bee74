import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { keyOf, resourceId } from "../ids.ts";
import { list, noContent, ok, type Reply } from "../http/http.ts";
import { type JsonObject, objectAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import { type Assignment, assignmentId, type Stored } from "../state.ts";
import { systemData } from "../resources/systemData.ts";
import { emptied } from "./configurations.ts";

const type = "Microsoft.Maintenance/configurationAssignments";

/** The resource that the path's scope names. Only scale sets are there to be assigned to. */
export function scopeOf(call: Call): Stored {
  call.groupKey();
  const [group, name] = [call.param("resourceGroupName"), call.param("resourceName")];
  const scopeType = `${call.param("providerName")}/${call.param("resourceType")}`;
  const stored = call.state.scaleSets.get(keyOf(resourceId(call.subscriptionId, group, scopeType, name)));
  if (stored === undefined) throw arm.unknownResource(scopeType, name, group);
  return stored;
}

const scopeIdOf = ({ body }: Stored): string => textAt(body, "id") ?? "";

/**
 * An assignment as the service returns it: ids inside come back in lower case (recorded 2023-03-23; Azure/azure-rest-api-specs #28880),
 * `location` only in the answer to its PUT, and lists leave out `resourceId` (terraform-provider-azurerm).
 */
function returned(assignment: Assignment, within: "list" | "single"): JsonObject {
  return {
    id: assignmentId(assignment).replace("/resourceGroups/", "/resourcegroups/"),
    name: assignment.name,
    type,
    systemData: assignment.systemData,
    properties: {
      ...assignment.more,
      maintenanceConfigurationId: assignment.configurationId.toLowerCase(),
      ...(within === "single" && { resourceId: assignment.scopeId.toLowerCase() }),
    },
  };
}

export function listAssignments(call: Call): Reply {
  const scopeId = scopeIdOf(scopeOf(call));
  const ofSubscription = [...call.state.assignments.of(call.subscriptionId).values()];
  const found = ofSubscription.filter((one) => one.scopeId === scopeId);
  return list(found.map((assignment) => returned(assignment, "list")));
}

/** The key of the assignment that the path names. One that is there is found even where its scale set is gone. */
function keyFor(call: Call): string {
  call.groupKey();
  const asked = keyOf(decodeURI(call.url.pathname));
  if (call.state.assignments.has(asked)) return asked;
  const scopeId = scopeIdOf(scopeOf(call));
  return keyOf(assignmentId({ scopeId, name: call.param("configurationAssignmentName") }));
}

export function getAssignment(call: Call): Reply {
  const assignment = call.state.assignments.get(keyFor(call));
  // 400, not 404 (recorded 2023-03-23).
  if (assignment === undefined) throw ours.missingAssignment(call.param("configurationAssignmentName"));
  return ok(returned(assignment, "single"));
}

const configuration =
  /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)\/providers\/(microsoft\.maintenance\/maintenanceconfigurations)\/([^/]+)\/?$/i;

/** The configuration that a PUT names, in any subscription; refuses one that does not exist. */
function configurationIn(call: Call, sent: JsonObject): string {
  const id = textAt(sent, "properties", "maintenanceConfigurationId") ?? "";
  const [, group, configurationType, name] = configuration.exec(id) ?? [];
  if (group === undefined || configurationType === undefined || name === undefined) {
    throw ours.invalidConfigurationId(id);
  }
  if (call.state.configurations.has(keyOf(id))) return id;
  throw arm.unknownResource(configurationType, name, group);
}

export function putAssignment(call: Call): Reply {
  const scope = scopeOf(call);
  const key = keyFor(call);
  const sent = call.body();
  const before = call.state.assignments.get(key);
  const {
    resourceId: _resource,
    maintenanceConfigurationId: _configuration,
    ...more
  } = objectAt(sent, "properties");
  const assignment: Assignment = {
    subscriptionId: scope.subscriptionId,
    groupKey: scope.groupKey,
    scopeId: scopeIdOf(scope),
    name: before?.name ?? call.param("configurationAssignmentName"),
    configurationId: configurationIn(call, sent),
    more,
    systemData: systemData(call, before),
  };
  call.state.assignments.set(key, assignment);
  const location = textAt(scope.body, "location");
  return ok({ ...returned(assignment, "single"), ...(location !== undefined && { location }) }); // also where it is new
}

export function deleteAssignment(call: Call): Reply {
  const key = keyFor(call);
  const assignment = call.state.assignments.get(key);
  if (assignment === undefined) return noContent;
  call.state.assignments.delete(key);
  return emptied;
}
