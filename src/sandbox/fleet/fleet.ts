import { dayMs } from "../clock.ts";
import { guidOf, groupId, keyOf, resourceId } from "../ids.ts";
import { type JsonObject, textAt } from "../json.ts";
import { type Assignment, assignmentId, emptyState, type State, type Stored } from "../state.ts";
import { systemData } from "../resources/systemData.ts";
import { accounts } from "./accounts.ts";
import { configurationBody } from "./configuration.ts";
import {
  type ConfigurationSeed,
  configurations,
  groups,
  subscriptions,
  type SubscriptionName,
} from "./contoso.ts";
import { type FleetSeed, malformed, scaleSets, unreadable } from "./contosoScaleSets.ts";
import { galleryImages } from "./galleryImages.ts";
import { loadBalancerOf } from "./loadBalancer.ts";
import { addPast } from "./past.ts";
import { scaleSetBody, scaleSetId } from "./scaleSet.ts";

const names = Object.keys(subscriptions) as SubscriptionName[];

const configurationId = (seed: Pick<ConfigurationSeed, "subscription" | "group" | "name">): string =>
  resourceId({
    subscriptionId: subscriptions[seed.subscription].subscriptionId,
    resourceGroup: seed.group,
    namespace: "Microsoft.Maintenance",
    type: "maintenanceConfigurations",
    name: seed.name,
  });

/** The id of a configuration that a scale set is assigned to; one that is gone was in the group of maintenance. */
function assignedId(name: string): string {
  const seed = configurations.find((one) => one.name === name);
  return configurationId(
    seed ?? { subscription: "shared", group: "rg-maintenance", name: name.replace("!", "") },
  );
}

function assignmentTo(
  configuration: string,
  scopeId: string,
  { subscriptionId, groupKey }: Stored,
  now: number,
): Assignment {
  const created = new Date(now - 30 * dayMs).toISOString();
  return {
    subscriptionId,
    groupKey,
    scopeId,
    name: configuration.replace("!", ""),
    configurationId: assignedId(configuration),
    more: {},
    systemData: systemData(created, created),
  };
}

/** The small fleet: Contoso, with every coverage state and every check. The same `now` gives the same fleet. */
export function buildFleet(now: number, operationSeconds: number): State {
  const state: State = {
    ...emptyState({ accounts, subscriptions: Object.values(subscriptions), now, operationSeconds }),
    galleries: galleryImages(now),
  };
  for (const name of names) addSubscription(state, name, now);
  for (const seed of configurations) {
    const stored = storedIn(
      seed.subscription,
      seed.group,
      configurationBody({ ...seed, id: configurationId(seed) }, now),
    );
    state.configurations.set(keyOf(configurationId(seed)), stored);
  }
  for (const body of malformed.bodies) {
    const key = `malformed ${guidOf(JSON.stringify(body))}`;
    state.scaleSets.set(key, storedIn(malformed.subscription, malformed.group, body));
  }
  return state;
}

function storedIn(subscription: SubscriptionName, group: string, body: JsonObject): Stored {
  const { subscriptionId } = subscriptions[subscription];
  return { subscriptionId, groupKey: keyOf(groupId(subscriptionId, group)), body };
}

function addSubscription(state: State, name: SubscriptionName, now: number): void {
  const { subscriptionId } = subscriptions[name];
  for (const [group, location] of Object.entries(groups[name])) {
    const id = groupId(subscriptionId, group);
    state.groups.set(keyOf(id), {
      id,
      name: group,
      type: "Microsoft.Resources/resourceGroups",
      location,
      tags: {},
      properties: { provisioningState: "Succeeded" },
    });
  }
  for (const seed of scaleSets[name]) addScaleSet(state, name, seed, now);
}

function addScaleSet(state: State, subscription: SubscriptionName, seed: FleetSeed, now: number): void {
  const { subscriptionId } = subscriptions[subscription];
  const id = scaleSetId(seed, subscriptionId);
  const stored = storedIn(subscription, seed.group, scaleSetBody(seed, subscriptionId, now));
  state.scaleSets.set(keyOf(id), stored);
  for (const configuration of seed.configurations ?? []) {
    const assignment = assignmentTo(configuration, id, stored, now);
    state.assignments.set(keyOf(assignmentId(assignment)), assignment);
  }
  const balancer = loadBalancerOf(stored.body);
  if (balancer !== undefined) {
    state.loadBalancers.set(keyOf(textAt(balancer, "id") ?? ""), { ...stored, body: balancer });
  }
  addPast(state, keyOf(id), seed);
  if (subscription === unreadable.subscription && seed.name === unreadable.name) {
    state.denials.add({ scope: keyOf(id), action: "Microsoft.Maintenance/*" });
  }
}
