import { minuteMs } from "../clock.ts";
import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { locationOf, locations } from "../fleet/locations.ts";
import { keyOf, resourceId } from "../ids.ts";
import { list, noContent, ok, type Reply } from "../http/http.ts";
import { isObject, type Json, type JsonObject, merge, objectAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import type { Stored } from "../state.ts";
import { namedResource, pathOf } from "../resources/namedResource.ts";
import { systemData } from "../resources/systemData.ts";
import { checkProperties } from "./window.ts";

const type = "Microsoft.Maintenance/maintenanceConfigurations";

/** How long the name of a deleted configuration is refused, until the back end has cleaned up. */
const cleanUpMs = 20 * minuteMs;

const resourceType = {
  namespace: "Microsoft.Maintenance",
  type: "maintenanceConfigurations",
  parameter: "resourceName",
};

const find = (call: Call) => namedResource(call, resourceType, call.state.configurations);

/** Those of the call's subscription, without those that the caller may not read. */
function bodies(call: Call, wanted: (one: Stored) => boolean): JsonObject[] {
  return [...call.state.configurations.of(call.subscriptionId)]
    .filter(([key, one]) => wanted(one) && call.state.denials.allow(`${type}/read`, key))
    .map(([, { body }]) => body);
}

export const listConfigurations = (call: Call): Reply => list(bodies(call, () => true));

export function listConfigurationsInGroup(call: Call): Reply {
  const groupKey = call.groupKey();
  return list(bodies(call, (one) => one.groupKey === groupKey));
}

export const getConfiguration = (call: Call): Reply => ok(returned(find(call).body));

/** A configuration as GET and PATCH return it: its provider and type in lower case (recorded 2023-03-23, api 2021-09-01-preview). */
function returned(body: JsonObject): JsonObject {
  const id = (textAt(body, "id") ?? "").replace(
    /\/providers\/microsoft\.maintenance\/maintenanceconfigurations\//i,
    (part) => part.toLowerCase(),
  );
  return { ...body, id };
}

/** The service keeps the names of tags in lower case (hashicorp/terraform-provider-azurerm #22369, Azure/azure-rest-api-specs #24698). */
const keptTags = (tags: Json | undefined): JsonObject =>
  isObject(tags)
    ? Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]))
    : {};

export function putConfiguration(call: Call): Reply {
  const groupKey = call.groupKey();
  const path = pathOf(call, resourceType);
  const key = keyOf(resourceId(path));
  const sent = call.body();
  const wanted = textAt(sent, "location");
  if (wanted === undefined || wanted === "") throw arm.locationRequired();
  const location = locationOf(wanted);
  if (location === undefined) {
    throw arm.unavailableLocation(
      wanted,
      type,
      locations.map(({ name }) => name),
    );
  }
  if (path.name.length + path.resourceGroup.length >= 128) {
    throw ours.nameTooLong(path.resourceGroup, path.name);
  }
  const before = call.state.configurations.get(key);
  const taken = textAt(before?.body, "location");
  if (taken !== undefined && taken !== location) {
    throw arm.otherLocation(path.name, taken, path.resourceGroup, location);
  }
  const deleted = call.state.deletedConfigurations.get(key);
  if (deleted !== undefined && call.clock.now < deleted + cleanUpMs) throw ours.nameStillTaken(path.name);
  const properties = {
    namespace: "Microsoft.Maintenance",
    visibility: "Custom",
    extensionProperties: {},
    ...objectAt(sent, "properties"),
    configurationType: "Regular",
  };
  checkProperties(properties, objectAt(before?.body, "properties"), call.clock.now);
  const group = call.state.groups.get(groupKey);
  const body: JsonObject = {
    id:
      textAt(before?.body, "id") ??
      resourceId({ ...path, resourceGroup: textAt(group, "name") ?? path.resourceGroup }),
    name: textAt(before?.body, "name") ?? path.name,
    type,
    location,
    tags: keptTags(sent["tags"]),
    systemData: systemData(
      textAt(before?.body, "systemData", "createdAt") ?? call.clock.instant,
      call.clock.instant,
    ),
    properties,
  };
  call.state.configurations.set(key, { subscriptionId: path.subscriptionId, groupKey, body });
  return ok(body); // also where it is new
}

/** PATCH: tags and properties are merged into what is there. */
export function patchConfiguration(call: Call): Reply {
  const { key, ...before } = find(call);
  const sent = call.body();
  const properties = merge(objectAt(before.body, "properties"), objectAt(sent, "properties"));
  if (!isObject(properties)) throw arm.malformedBody("The properties must be a JSON object.");
  checkProperties(properties, objectAt(before.body, "properties"), call.clock.now);
  const body: JsonObject = {
    ...before.body,
    ...(isObject(sent["tags"]) && { tags: keptTags(sent["tags"]) }),
    systemData: systemData(
      textAt(before.body, "systemData", "createdAt") ?? call.clock.instant,
      call.clock.instant,
    ),
    properties,
  };
  call.state.configurations.set(key, { ...before, body });
  return ok(returned(body));
}

/** A DELETE is answered with 200 and an empty body (recorded 2023-03-23). */
export const emptied: Reply = { status: 200 };

/** DELETE of a configuration in use is allowed: it takes its assignments along. */
export function deleteConfiguration(call: Call): Reply {
  call.groupKey();
  const key = keyOf(resourceId(pathOf(call, resourceType)));
  const stored = call.state.configurations.get(key);
  if (stored === undefined) return noContent;
  call.state.configurations.delete(key);
  call.state.deletedConfigurations.set(key, call.clock.now);
  for (const [id, assignment] of call.state.assignments) {
    if (keyOf(assignment.configurationId) === key) call.state.assignments.delete(id);
  }
  return emptied;
}
