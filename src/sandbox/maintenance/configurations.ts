import { minuteMs } from "../clock.ts";
import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { keyOf } from "../ids.ts";
import { list, noContent, ok, type Reply } from "../http/http.ts";
import { isObject, type Json, type JsonObject, merge, objectAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import type { Stored } from "../state.ts";
import { identityOf, namedResource, placeOf } from "../resources/namedResource.ts";
import { systemData } from "../resources/systemData.ts";
import { checkProperties } from "./window.ts";

const configurations = {
  type: "Microsoft.Maintenance/maintenanceConfigurations",
  parameter: "resourceName",
};

/** How long the name of a deleted configuration is refused, until the back end has cleaned up. */
const cleanUpMs = 20 * minuteMs;

const find = (call: Call) => namedResource(call, configurations, call.state.configurations);

/** Those of the call's subscription, without those that the caller may not read. */
function bodies(call: Call, wanted: (one: Stored) => boolean): JsonObject[] {
  return [...call.state.configurations.of(call.subscriptionId)]
    .filter(([key, one]) => wanted(one) && call.state.denials.allow(`${configurations.type}/read`, key))
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
  const { key, groupKey, name } = placeOf(call, configurations);
  const sent = call.body();
  const before = call.state.configurations.get(key)?.body;
  const identity = identityOf(call, configurations, before, sent);
  const group = call.param("resourceGroupName");
  if (name.length + group.length >= 128) throw ours.nameTooLong(group, name);
  const deleted = call.state.deletedConfigurations.get(key);
  if (deleted !== undefined && call.clock.now < deleted + cleanUpMs) throw ours.nameStillTaken(name);
  const properties = {
    namespace: "Microsoft.Maintenance",
    visibility: "Custom",
    extensionProperties: {},
    ...objectAt(sent, "properties"),
    configurationType: "Regular",
  };
  checkProperties(properties, objectAt(before, "properties"), call.clock.now);
  const body: JsonObject = {
    ...identity,
    type: configurations.type,
    tags: keptTags(sent["tags"]),
    systemData: systemData(call, before),
    properties,
  };
  call.state.configurations.set(key, { subscriptionId: call.subscriptionId, groupKey, body });
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
    systemData: systemData(call, before.body),
    properties,
  };
  call.state.configurations.set(key, { ...before, body });
  return ok(returned(body));
}

/** A DELETE is answered with 200 and an empty body (recorded 2023-03-23). */
export const emptied: Reply = { status: 200 };

/** DELETE of a configuration in use is allowed: it takes its assignments along. */
export function deleteConfiguration(call: Call): Reply {
  const { key } = placeOf(call, configurations);
  const stored = call.state.configurations.get(key);
  if (stored === undefined) return noContent;
  call.state.configurations.delete(key);
  call.state.deletedConfigurations.set(key, call.clock.now);
  for (const [id, assignment] of call.state.assignments) {
    if (keyOf(assignment.configurationId) === key) call.state.assignments.delete(id);
  }
  return emptied;
}
