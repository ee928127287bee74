import type { VirtualMachineScaleSetUpdate } from "@azure/arm-compute";
import { type JsonObject, objectAt } from "../../core/resources/json.ts";
import type { Clients } from "./clients.ts";
import { placeOf } from "./places.ts";
import { accepted, type Operation } from "../http/operations.ts";
import { itemsOf, resourceOf, wireOf } from "../http/wire.ts";

/** Scale sets of a subscription, as they stand on the wire; an item that is malformed is among them. */
export function listScaleSets(
  clients: Clients,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return itemsOf(
    () => wireOf((options) => virtualMachineScaleSets.listAll(options).byPage().next(), signal),
    (link) => clients.resourceManager.follow(link, signal),
  );
}

export function getScaleSet(clients: Clients, id: string, signal: AbortSignal): Promise<JsonObject> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return resourceOf((options) => virtualMachineScaleSets.get(resourceGroup, name, options), signal);
}

/** What a write to a scale set takes beside its body. */
export interface Writing {
  readonly clients: Clients;
  readonly signal: AbortSignal;
  /** The set's, as it was read right before: where it has another one now, Azure answers 412. */
  readonly etag?: string | undefined;
  readonly now: () => number;
}

/** PATCHes a scale set with exactly the members of `body.properties`. */
export function patchScaleSet(
  id: string,
  body: JsonObject,
  { clients, signal, etag, now }: Writing,
): Promise<Operation | undefined> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  // The SDK's model of each section is the wire's: only the level of `properties` is flattened away.
  const update = (objectAt(body, "properties") ?? {}) as VirtualMachineScaleSetUpdate;
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return accepted(
    (options) =>
      virtualMachineScaleSets.update(resourceGroup, name, update, {
        ...options,
        abortSignal: signal,
        ...(etag !== undefined && { ifMatch: etag }),
      }),
    now,
  );
}
