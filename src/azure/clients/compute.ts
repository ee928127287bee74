import type { VirtualMachineScaleSetUpdate } from "@azure/arm-compute";
import { type JsonObject, objectAt } from "../../core/resources/json.ts";
import type { Clients } from "./clients.ts";
import { placeOf } from "./places.ts";
import { accepted, type Operation } from "../http/operations.ts";
import { resourceOf } from "../http/wire.ts";

/** Scale sets of a subscription, as they stand on the wire; an item that is malformed is among them. */
export function listScaleSets(
  clients: Clients,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return clients.resourceManager.itemsFrom(
    (options) => virtualMachineScaleSets.listAll(options).byPage().next(),
    signal,
  );
}

export function getScaleSet(clients: Clients, id: string, signal: AbortSignal): Promise<JsonObject> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return resourceOf((options) => virtualMachineScaleSets.get(resourceGroup, name, options), signal);
}

/** What a write takes beside its target and its body. */
export interface Writing {
  readonly clients: Clients;
  /** Ends it before it is sent; a write that is under way is heard out. */
  readonly signal: AbortSignal;
  /** Of the scale set that is written, as it was read right before: where it has another one now, Azure answers 412. */
  readonly etag?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** PATCHes a scale set with exactly the members of `body.properties`. */
export function patchScaleSet(
  id: string,
  body: JsonObject,
  writing: Writing,
): Promise<Operation | undefined> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  // The SDK's model of each section is the wire's: only the level of `properties` is flattened away.
  const update = (objectAt(body, "properties") ?? {}) as VirtualMachineScaleSetUpdate;
  const { clients, etag } = writing;
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  const ifMatch = etag !== undefined && { ifMatch: etag };
  return accepted(
    (options) => virtualMachineScaleSets.update(resourceGroup, name, update, { ...options, ...ifMatch }),
    writing,
  );
}
