import { change } from "./change.ts";
import { idKey, providerId, subscriptionOf } from "../resources/ids.ts";
import { message } from "../text/message.ts";
import type { Change, Plan } from "./plan.ts";
import { maintenanceSubscriptionsOf } from "./planNeeds.ts";

/** The resource provider of maintenance configurations and their assignments. */
export const maintenanceNamespace = "Microsoft.Maintenance";

/** Lower-cased ids of the subscriptions in which a plan needs Microsoft.Maintenance to be registered. */
export function subscriptionsToCheck({ changes }: Plan): readonly string[] {
  return [...new Set(changes.flatMap((change) => [...maintenanceSubscriptionsOf(change)]))];
}

/** Registers Microsoft.Maintenance in a subscription. Nothing takes it back: a registration does no harm and costs nothing. */
export function registerProvider(subscriptionId: string, displayName: string): Change {
  const target = providerId(subscriptionId, maintenanceNamespace);
  const title = message(
    "Register resource provider {0} in subscription {1} (takes some minutes)",
    maintenanceNamespace,
    displayName,
  );
  return change("registerProvider", target, title);
}

/** The plan with these registrations before everything that needs them. */
export function withRegistrations(plan: Plan, registrations: readonly Change[]): Plan {
  const bySubscription = new Map(registrations.map(({ id, target }) => [subscriptionOf(idKey(target)), id]));
  const changes = plan.changes.map((one) => {
    const needed = [...maintenanceSubscriptionsOf(one)].flatMap((id) => bySubscription.get(id) ?? []);
    return needed.length === 0 ? one : { ...one, needs: [...needed, ...one.needs] };
  });
  return registrations.length === 0 ? plan : { ...plan, changes: [...registrations, ...changes] };
}
