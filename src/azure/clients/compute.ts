import type { VirtualMachineScaleSetUpdate } from "@azure/arm-compute";
import { type JsonObject, objectAt } from "../../core/resources/json.ts";
import type { Clients } from "./clients.ts";
import { placeOf } from "./places.ts";
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

/** What follows a long-running operation to its end. */
export type Follow = (signal: AbortSignal) => Promise<void>;

/** What an SDK's long-running call returns. */
interface Poller {
  submitted(): Promise<void>;
  pollUntilDone(options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
}

/**
 * Resolves when Azure has accepted a long-running call, to what follows it to its end, polling as often as the service asks (`Retry-After`;
 * every 2 s where it does not say). Azure has no way to cancel such an operation: aborting the following leaves it running.
 */
export async function accepted(poller: Poller): Promise<Follow> {
  await poller.submitted();
  return async (abortSignal) => void (await poller.pollUntilDone({ abortSignal }));
}

/** PATCHes a scale set with exactly the members of `body.properties`. */
export function beginPatch(
  clients: Clients,
  id: string,
  body: JsonObject,
  signal: AbortSignal,
): Promise<Follow> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  // The SDK's model of each section is the wire's: only the level of `properties` is flattened away.
  const update = (objectAt(body, "properties") ?? {}) as VirtualMachineScaleSetUpdate;
  const { virtualMachineScaleSets } = clients.compute(subscriptionId);
  return accepted(virtualMachineScaleSets.update(resourceGroup, name, update, { abortSignal: signal }));
}
