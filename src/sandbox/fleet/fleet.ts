import { keyOf } from "../ids.ts";
import { emptyState, type State } from "../state.ts";
import { addAssignment, addGroup, addMalformed, addScaleSet, storedIn } from "./builder.ts";
import { configurationBody, configurationId } from "./configuration.ts";
import { accounts, groups, subscriptions, type SubscriptionName } from "./contoso.ts";
import { type ConfigurationSeed, configurations } from "./contosoConfigurations.ts";
import { malformed, scaleSets, unreadable } from "./contosoScaleSets.ts";
import { galleryImages } from "./galleryImages.ts";
import { addPast } from "./past.ts";
import { scaleSetId } from "./scaleSet.ts";

const names = Object.keys(subscriptions) as SubscriptionName[];

/** The id of a configuration that a scale set is assigned to; one that is gone was in the group of maintenance. */
function assignedId(name: string): string {
  const seed = configurations.find((one) => one.name === name);
  return seed === undefined
    ? idOf({ subscription: "shared", group: "rg-maintenance", name: name.replace("!", "") })
    : idOf(seed);
}

const idOf = ({ subscription, group, name }: Pick<ConfigurationSeed, "subscription" | "group" | "name">) =>
  configurationId(subscriptions[subscription].subscriptionId, group, name);

/** The small fleet: Contoso, with every coverage state and every check. The same `now` gives the same fleet. */
export function buildFleet(now: number, operationSeconds: number): State {
  const state: State = {
    ...emptyState({ accounts, subscriptions: Object.values(subscriptions), now, operationSeconds }),
    galleries: galleryImages(now),
  };
  for (const name of names) addSubscription(state, name, now);
  for (const { subscription, ...seed } of configurations) {
    const { subscriptionId } = subscriptions[subscription];
    const id = configurationId(subscriptionId, seed.group, seed.name);
    const body = configurationBody({ ...seed, id }, now);
    state.configurations.set(keyOf(id), storedIn(subscriptionId, seed.group, body));
  }
  for (const body of malformed.bodies) {
    addMalformed(state, subscriptions[malformed.subscription].subscriptionId, malformed.group, body);
  }
  return state;
}

function addSubscription(state: State, name: SubscriptionName, now: number): void {
  const { subscriptionId } = subscriptions[name];
  for (const [group, location] of Object.entries(groups[name])) {
    addGroup(state, subscriptionId, group, location);
  }
  for (const seed of scaleSets[name]) {
    const scopeId = scaleSetId(seed, subscriptionId);
    addScaleSet(state, subscriptionId, seed, now);
    for (const configuration of seed.configurations ?? []) {
      const configurationName = configuration.replace("!", "");
      const assigned = { name: configurationName, configurationId: assignedId(configuration) };
      addAssignment(state, seed.group, { subscriptionId, scopeId, ...assigned }, now);
    }
    addPast(state, keyOf(scopeId), seed);
    if (name === unreadable.subscription && seed.name === unreadable.name) {
      state.denials.add({ scope: keyOf(scopeId), action: "Microsoft.Maintenance/*" });
    }
  }
}
