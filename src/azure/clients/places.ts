import { parseId, subscriptionOf } from "../../core/resources/ids.ts";
import { message, verbatim } from "../../core/text/message.ts";
import { AzureError, errorOf } from "../errors/errors.ts";

/** Where a resource of a resource group is: what the SDKs' methods take apart. */
export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The place that an id names. Throws AzureError (`validation`) where the text is not the id of a resource in a group. */
export function placeOf(id: string): Place {
  const parsed = parseId(id);
  const name = parsed?.names.at(-1);
  if (parsed?.resourceGroup === undefined || name === undefined) throw notAnId(id);
  return { subscriptionId: parsed.subscriptionId, resourceGroup: parsed.resourceGroup, name };
}

/** The id of the resource that an extension resource, such as an assignment, extends. */
export function scopeOf(id: string): string {
  const scope = parseId(id)?.scope;
  if (scope === undefined) throw notAnId(id);
  return scope;
}

export function notAnId(id: string): AzureError {
  return new AzureError({
    kind: "validation",
    summary: message("{0} isn't the ID of a supported resource.", verbatim(id)),
    wayOut: message("Copy the ID from the tree or from the resource's Properties page in the portal."),
  });
}

/** The subscription to ask for what an id names. Throws AzureError (`validation`) where the text is not an id. */
export function subscriptionNamedBy(id: string): string {
  if (parseId(id) === undefined) throw notAnId(id);
  return subscriptionOf(id);
}

/** For what a list does not have. A GET that answers so says it itself. */
export function notFound(): AzureError {
  return errorOf("notFound");
}
