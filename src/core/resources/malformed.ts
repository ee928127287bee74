import { isConfigurationId, isScaleSetId } from "./ids.ts";
import { isObject, objectAt, textAt } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/** A resource that has what every other part of the program relies on. */
export type Resource = JsonObject & {
  readonly id: string;
  readonly name: string;
  readonly properties: JsonObject;
};

/** An item of a list, or why it can't be shown as one. */
export type Reading = { readonly resource: Resource } | { readonly reason: Message };

export function readConfigurationResource(value: unknown): Reading {
  return readResource(value, isConfigurationId, "Microsoft.Maintenance/maintenanceConfigurations");
}

export function readScaleSetResource(value: unknown): Reading {
  return readResource(value, isScaleSetId, "Microsoft.Compute/virtualMachineScaleSets");
}

function readResource(value: unknown, isId: (id: string) => boolean, type: string): Reading {
  if (!isObject(value)) return { reason: message("The item isn't a JSON object.") };
  const id = textAt(value, "id");
  const name = textAt(value, "name");
  const properties = objectAt(value, "properties");
  if (id === undefined) return { reason: lacking("id") };
  if (!isId(id)) return { reason: message("“{0}” isn't the ID of a {1} resource.", id, type) };
  if (name === undefined) return { reason: lacking("name") };
  if (properties === undefined) return { reason: lacking("properties") };
  return { resource: { ...value, id, name, properties } };
}

function lacking(member: string): Message {
  return message("The item has no {0}.", member);
}
