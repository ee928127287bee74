/** What both fleets put into an Azure, and how. */
import { dayMs } from "../clock.ts";
import { groupId, guidOf, keyOf } from "../ids.ts";
import { type JsonObject, textAt } from "../json.ts";
import { createdAndModified } from "../resources/systemData.ts";
import { type Assignment, assignmentId, type State, type Stored } from "../state.ts";
import { loadBalancerOf } from "./loadBalancer.ts";
import { scaleSetBody, scaleSetId, type ScaleSetSeed } from "./scaleSet.ts";

/** Adds a resource group where it is not there yet. */
export function addGroup(state: State, subscriptionId: string, name: string, location: string): void {
  const id = groupId(subscriptionId, name);
  if (state.groups.has(keyOf(id))) return;
  state.groups.set(keyOf(id), {
    id,
    name,
    type: "Microsoft.Resources/resourceGroups",
    location,
    tags: {},
    properties: { provisioningState: "Succeeded" },
  });
}

export const storedIn = (subscriptionId: string, group: string, body: JsonObject): Stored => ({
  subscriptionId,
  groupKey: keyOf(groupId(subscriptionId, group)),
  body,
});

/** Adds a scale set, with the load balancer whose probe watches it. */
export function addScaleSet(state: State, subscriptionId: string, seed: ScaleSetSeed, now: number): void {
  const stored = storedIn(subscriptionId, seed.group, scaleSetBody(seed, subscriptionId, now));
  state.scaleSets.set(keyOf(scaleSetId(seed, subscriptionId)), stored);
  const balancer = loadBalancerOf(stored.body);
  if (balancer === undefined) return;
  state.loadBalancers.set(keyOf(textAt(balancer, "id") ?? ""), { ...stored, body: balancer });
}

/** Adds a row to the lists of scale sets that is not what a scale set should be. */
export function addMalformed(state: State, subscriptionId: string, group: string, body: JsonObject): void {
  const key = `malformed ${guidOf(JSON.stringify(body))}`;
  state.scaleSets.set(key, storedIn(subscriptionId, group, body));
}

/** Adds an assignment of a month ago. */
export function addAssignment(
  state: State,
  group: string,
  given: Pick<Assignment, "subscriptionId" | "scopeId" | "name" | "configurationId">,
  now: number,
): void {
  state.assignments.set(keyOf(assignmentId(given)), {
    ...given,
    groupKey: keyOf(groupId(given.subscriptionId, group)),
    more: {},
    systemData: createdAndModified(new Date(now - 30 * dayMs).toISOString()),
  });
}
