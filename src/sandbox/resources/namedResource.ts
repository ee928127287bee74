import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { locationOf, locations } from "../fleet/locations.ts";
import { keyOf, resourceId } from "../ids.ts";
import { type JsonObject, textAt } from "../json.ts";
import type { Stored } from "../state.ts";

/** A type of top-level resources, and the parameter of a route that names one of them. */
export interface ResourceType {
  readonly type: string;
  readonly parameter: string;
}

/** Where a resource is, or is to be. */
export interface Place {
  readonly key: string;
  readonly groupKey: string;
  readonly id: string;
  readonly name: string;
}

/** The place that the path of a call names, with a resource or without; refuses a group that does not exist. */
export function placeOf(call: Call, { type, parameter }: ResourceType): Place {
  const [groupKey, name] = [call.groupKey(), call.param(parameter)];
  const id = resourceId(call.subscriptionId, call.param("resourceGroupName"), type, name);
  return { key: keyOf(id), groupKey, id, name };
}

/** The resource that the path of a call names; refuses one that does not exist. */
export function namedResource(
  call: Call,
  type: ResourceType,
  stored: { get(key: string): Stored | undefined },
): Stored & { readonly key: string } {
  const { key, name } = placeOf(call, type);
  const found = stored.get(key);
  if (found !== undefined) return { ...found, key };
  throw arm.unknownResource(type.type, name, call.param("resourceGroupName"));
}

/**
 * What a PUT of a resource in place of `before` answers with of what it sent: the casing that its name and its group had first, and the
 * location. Refuses a location that there is not, and another one than the resource is in.
 */
export function identityOf(
  call: Call,
  { type, parameter }: ResourceType,
  before: JsonObject | undefined,
  sent: JsonObject,
): { readonly id: string; readonly name: string; readonly location: string } {
  const [group, name] = [call.param("resourceGroupName"), call.param(parameter)];
  const wanted = textAt(sent, "location") ?? "";
  if (wanted === "") throw arm.locationRequired();
  const location = locationOf(wanted);
  if (location === undefined) {
    const names = locations.map((one) => one.name);
    throw arm.unavailableLocation(wanted, type, names);
  }
  const taken = textAt(before, "location");
  if (taken !== undefined && taken !== location) throw arm.otherLocation(name, taken, group, location);
  const groupName = textAt(call.state.groups.get(call.groupKey()), "name") ?? group;
  return {
    id: textAt(before, "id") ?? resourceId(call.subscriptionId, groupName, type, name),
    name: textAt(before, "name") ?? name,
    location,
  };
}
