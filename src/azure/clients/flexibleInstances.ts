import { type JsonObject, objectAt, textAt } from "../../core/resources/json.ts";
import { problemOf } from "../errors/errors.ts";
import { resourceOf } from "../http/wire.ts";
import type { Clients } from "./clients.ts";
import { placeOf } from "./places.ts";

/** Ours: of a larger set no virtual machine is read, since each takes a call, and what its list lacks stays unknown. */
export const maxMachinesRead = 50;

/**
 * The list of a Flexible set's instances holds their ids only. Each is completed by its virtual machine, `read` by its id
 * (https://learn.microsoft.com/azure/virtual-machine-scale-sets/orchestration-modes-api-comparison); one that is no longer there stays as
 * it was listed. No virtual machine says whether it has the latest model. Rejects with the first other failure.
 */
export async function withMachines(
  instances: readonly JsonObject[],
  read: (id: string) => Promise<JsonObject>,
): Promise<readonly JsonObject[]> {
  const isBare = (instance: JsonObject) => objectAt(instance, "properties", "storageProfile") === undefined;
  if (instances.filter(isBare).length > maxMachinesRead) return instances;
  return Promise.all(
    instances.map(async (instance) => {
      const id = textAt(instance, "properties", "virtualMachineResourceId") ?? textAt(instance, "id");
      if (!isBare(instance) || id === undefined) return instance;
      try {
        const machine = await read(id);
        const properties = { ...objectAt(machine, "properties"), ...objectAt(instance, "properties") };
        return { ...machine, ...instance, properties };
      } catch (error) {
        if (problemOf(error).kind === "notFound") return instance;
        throw error;
      }
    }),
  );
}

/**
 * A virtual machine with its instance view, by its id or by that of an instance of a Flexible set, whose name is the machine's: asked for
 * as an instance, Azure is reported to refuse it (https://github.com/ansible-collections/azure/issues/1526).
 */
export function getMachine(clients: Clients, id: string, signal: AbortSignal): Promise<JsonObject> {
  const { subscriptionId, resourceGroup, name } = placeOf(id);
  const { virtualMachines } = clients.compute(subscriptionId);
  return resourceOf(
    (options) => virtualMachines.get(resourceGroup, name, { ...options, expand: "instanceView" }),
    signal,
  );
}
