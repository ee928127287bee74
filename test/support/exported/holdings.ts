import { arrayAt, isObject, textAt, type Json, type JsonObject } from "../../../src/core/resources/json.ts";
import { isScaleSetId } from "../../../src/core/resources/ids.ts";
import type { World } from "./world.ts";

const compute = "api-version=2024-11-01";
const maintenance = "api-version=2023-04-01";
const resources = "api-version=2021-04-01";

/** A scale set and what belongs to it. */
export interface HeldSet {
  readonly id: string;
  readonly resource: JsonObject;
  readonly assignments: readonly JsonObject[];
  readonly instances: readonly JsonObject[];
  readonly latest: JsonObject | undefined;
}

/** All that a plan may change. */
export interface Holdings {
  readonly subscriptions: readonly { readonly id: string; readonly registration: string }[];
  readonly groups: readonly JsonObject[];
  readonly configurations: readonly JsonObject[];
  readonly sets: readonly HeldSet[];
}

/** Reads everything in a world that a plan may change. */
export async function holdingsOf(world: World): Promise<Holdings> {
  const list = async (path: string) => arrayAt(await world.read(path), "value").filter(isObject);
  const subscriptions: Holdings["subscriptions"][number][] = [];
  const groups: JsonObject[] = [];
  const configurations: JsonObject[] = [];
  const sets: HeldSet[] = [];
  for (const { subscriptionId } of world.sandbox.subscriptions()) {
    const id = `/subscriptions/${subscriptionId}`;
    const provider = await world.read(`${id}/providers/Microsoft.Maintenance?${resources}`);
    const registration = textAt(provider, "registrationState") ?? "";
    subscriptions.push({ id, registration });
    groups.push(...(await list(`${id}/resourcegroups?${resources}`)));
    if (registration === "Registered") {
      const all = `${id}/providers/Microsoft.Maintenance/maintenanceConfigurations?${maintenance}`;
      configurations.push(...(await list(all)));
    }
    for (const resource of await list(
      `${id}/providers/Microsoft.Compute/virtualMachineScaleSets?${compute}`,
    )) {
      const set = textAt(resource, "id") ?? "";
      // One of the fleet is malformed.
      if (!isScaleSetId(set)) continue;
      const assignments =
        registration === "Registered"
          ? await list(`${set}/providers/Microsoft.Maintenance/configurationAssignments?${maintenance}`)
          : [];
      const instances = await list(`${set}/virtualMachines?${compute}`);
      const latest = await world.read(`${set}/rollingUpgrades/latest?${compute}`);
      sets.push({ id: set, resource, assignments, instances, latest });
    }
  }
  // Azure lists in the order in which resources were made.
  const byId = (a: { readonly id?: unknown }, b: { readonly id?: unknown }) =>
    String(a.id) < String(b.id) ? -1 : 1;
  return { subscriptions, groups: groups.sort(byId), configurations: configurations.sort(byId), sets };
}

/** The same without what depends on when a request came, and who asked. */
export function lasting(value: unknown): Json {
  if (Array.isArray(value)) return value.map(lasting);
  if (!isObject(value)) return value as Json;
  const kept = Object.entries(value).filter(
    ([name]) => !/^(etag|systemData|startTime|lastActionTime|timeCreated|time)$/.test(name),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, lasting(inner)]));
}
