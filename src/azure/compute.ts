import type { UpgradePolicy } from "@azure/arm-compute";
import { type JsonObject, objectAt } from "../core/json.ts";
import type { Clients } from "./clients.ts";
import { placeOf } from "./places.ts";
import { itemsOf, resourceOf, wireOf } from "./wire.ts";

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

/**
 * PATCHes a scale set's upgrade policy with exactly the members of `body.properties.upgradePolicy`. Resolves when Azure has accepted it,
 * to what follows the long-running operation to its end, polling as often as the service asks (`Retry-After`; every 2 s where it does
 * not say). Azure has no way to cancel this operation: aborting the following leaves it running.
 */
export async function beginUpgradePolicy(
  clients: Clients,
  id: string,
  body: JsonObject,
  signal: AbortSignal,
): Promise<(signal: AbortSignal) => Promise<void>> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  // The SDK's model of the policy is the wire's: only the level of `properties` is flattened away.
  const upgradePolicy = (objectAt(body, "properties", "upgradePolicy") ?? {}) as UpgradePolicy;
  const poller = clients
    .compute(subscriptionId)
    .virtualMachineScaleSets.update(resourceGroup, name, { upgradePolicy }, { abortSignal: signal });
  await poller.submitted();
  return async (abortSignal) => void (await poller.pollUntilDone({ abortSignal }));
}
