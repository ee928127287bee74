import { isDeepStrictEqual } from "node:util";
import type { InventoryEvent } from "../azure/contracts.ts";
import { idKey, parseId } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import { readConfigurationResource, readScaleSetResource } from "../core/malformed.ts";
import type { Resource } from "../core/malformed.ts";
import type { SubscriptionFilter } from "./events.ts";
import { newSubscription } from "./facts.ts";
import type { Facts, ListFacts, SubscriptionFacts } from "./facts.ts";
import { inSubscription } from "./readBack.ts";
import type { FailedTenant, MalformedRecord } from "./snapshot.ts";

/** The facts after what an inventory yielded, in whatever order. A burst is taken at once, since each time copies the maps. */
export function arrive(facts: Facts, events: readonly InventoryEvent[], wanted: SubscriptionFilter): Facts {
  const subscriptions = new Map(facts.subscriptions);
  const hidden = new Set(facts.hidden);
  const failedTenants = new Map(facts.failedTenants);
  for (const event of events) {
    switch (event.kind) {
      case "subscriptions":
        for (const subscription of event.subscriptions) {
          const key = subscription.subscriptionId.toLowerCase();
          if (wanted(subscription)) {
            const known = subscriptions.get(key) ?? newSubscription;
            const same = kept(known.subscription, subscription);
            subscriptions.set(key, { ...known, subscription: same, named: true });
            hidden.delete(key);
          } else {
            subscriptions.delete(key);
            hidden.add(key);
          }
        }
        break;
      case "tenantFailed": {
        const { kind: _, ...failed } = event;
        const key = tenantKey(failed);
        const tenant = kept(failedTenants.get(key)?.tenant, failed);
        failedTenants.set(key, { tenant, awaited: false });
        break;
      }
      // No inventory yields these yet.
      case "page":
      case "listed":
      case "graphRefused":
        break;
      default: {
        const key = event.subscriptionId.toLowerCase();
        const arrived = partArrived(subscriptions.get(key) ?? newSubscription, event);
        const written = facts.written.filter(
          (readBack) =>
            subscriptionOf(readBack.kind === "resource" ? readBack.id : readBack.scaleSetId) === key,
        );
        subscriptions.set(key, written.reduce(inSubscription, arrived));
      }
    }
  }
  return { ...facts, subscriptions, hidden, failedTenants };
}

/** The same tenant may fail through one account and answer through another. */
function tenantKey({ account, tenantId, displayName }: FailedTenant): string {
  return [account?.id ?? "", tenantId ?? displayName].join("/");
}

function subscriptionOf(id: string): string | undefined {
  return parseId(id)?.subscriptionId.toLowerCase();
}

type PartEvent = Extract<InventoryEvent, { readonly subscriptionId: string }>;

function partArrived(known: SubscriptionFacts, event: PartEvent): SubscriptionFacts {
  switch (event.kind) {
    case "configurations":
    case "scaleSets":
      return { ...known, [event.kind]: listed(known[event.kind], event) };
    case "assignments": {
      const byScaleSet = new Map(
        [...event.byScaleSet].map(([id, assignments]) => [
          idKey(id),
          kept(known.assignments.byScaleSet.get(idKey(id)), assignments),
        ]),
      );
      const failed = new Map([...event.failed].map(([id, problem]) => [idKey(id), problem]));
      return { ...known, assignments: { awaited: false, outcome: "ready", byScaleSet, failed } };
    }
    case "failed":
      if (event.part === "assignments") {
        // What a set had before proves nothing now: it may have been moved since.
        return {
          ...known,
          assignments: { ...newSubscription.assignments, awaited: false, outcome: event.problem },
        };
      }
      return { ...known, [event.part]: { ...known[event.part], awaited: false, outcome: event.problem } };
  }
}

/** What has not changed since the last read stays the same object, so that nothing is worked out or shown anew for it. */
function kept<T>(before: T | undefined, now: T): T {
  return before !== undefined && isDeepStrictEqual(before, now) ? before : now;
}

function listed(before: ListFacts, event: Extract<PartEvent, { readonly resources: unknown }>): ListFacts {
  const read = event.kind === "configurations" ? readConfigurationResource : readScaleSetResource;
  const items = new Map<IdKey, Resource>();
  const malformed: MalformedRecord[] = [];
  const { kind: part, subscriptionId } = event;
  for (const value of event.resources) {
    const reading = read(value);
    if ("reason" in reading) {
      malformed.push({ subscriptionId: subscriptionId.toLowerCase(), part, value, reason: reading.reason });
      continue;
    }
    const key = idKey(reading.resource.id);
    items.set(key, kept(before.items.get(key), reading.resource));
  }
  return { awaited: false, outcome: "ready", items, malformed: kept(before.malformed, malformed) };
}
