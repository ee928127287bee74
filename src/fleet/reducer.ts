import { isDeepStrictEqual } from "node:util";
import type { InventoryEvent } from "../azure/contracts.ts";
import { idKey, parseId } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import { readConfigurationResource, readScaleSetResource } from "../core/malformed.ts";
import type { Resource } from "../core/malformed.ts";
import { message } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import type { FleetEvent, SubscriptionFilter } from "./events.ts";
import { newSubscription, noAssignments } from "./facts.ts";
import type { AssignmentFacts, Facts, ListFacts, Reading, SubscriptionFacts } from "./facts.ts";
import { applyReadBack, inSubscription } from "./readBack.ts";
import type { MalformedRecord } from "./snapshot.ts";

/** What is known after `event`. The parts of one read may come in any order: the result is the same. */
export function reduce(facts: Facts, event: FleetEvent): Facts {
  switch (event.kind) {
    case "begun":
      return begin(facts);
    case "arrived":
      return arrive(facts, event.event, event.wanted);
    case "ended":
      return end(facts, event.problem);
    case "written":
      return applyReadBack(
        facts.loading ? { ...facts, written: [...facts.written, event.readBack] } : facts,
        event.readBack,
      );
    case "referenced":
      return { ...facts, referenced: new Map([...facts.referenced, ...event.answers]) };
    case "scheduled":
      return { ...facts, schedules: new Map([...facts.schedules, ...event.schedules]) };
  }
}

function begin(facts: Facts): Facts {
  const subscriptions = mapValues(facts.subscriptions, (known) => ({
    ...known,
    named: false,
    configurations: { ...known.configurations, awaited: true },
    scaleSets: { ...known.scaleSets, awaited: true },
    assignments: { ...known.assignments, byScaleSet: spelledOut(known), awaited: true },
  }));
  const failedTenants = mapValues(facts.failedTenants, ({ tenant }) => ({ tenant, awaited: true }));
  return { ...facts, loading: true, problem: undefined, subscriptions, failedTenants, written: [] };
}

/** Sets that are known to have no assignment are entered as such, so that a set which is new in this read does not pass for one. */
function spelledOut({ scaleSets, assignments }: SubscriptionFacts): AssignmentFacts["byScaleSet"] {
  if (assignments.outcome !== "ready") return assignments.byScaleSet;
  const none = [...scaleSets.items.keys()].map((key) => [key, noAssignments] as const);
  return new Map([...none, ...assignments.byScaleSet]);
}

function arrive(facts: Facts, event: InventoryEvent, wanted: SubscriptionFilter): Facts {
  switch (event.kind) {
    case "subscriptions": {
      const subscriptions = new Map(facts.subscriptions);
      const hidden = new Set(facts.hidden);
      for (const subscription of event.subscriptions) {
        const key = subscription.subscriptionId.toLowerCase();
        if (wanted(subscription)) {
          const known = subscriptions.get(key) ?? newSubscription;
          subscriptions.set(key, {
            ...known,
            subscription: kept(known.subscription, subscription),
            named: true,
          });
          hidden.delete(key);
        } else {
          subscriptions.delete(key);
          hidden.add(key);
        }
      }
      return { ...facts, subscriptions, hidden };
    }
    case "tenantFailed": {
      const { tenantId, displayName, problem } = event;
      const tenant = kept(facts.failedTenants.get(tenantId)?.tenant, { tenantId, displayName, problem });
      const failedTenants = new Map(facts.failedTenants).set(tenantId, { tenant, awaited: false });
      return { ...facts, failedTenants };
    }
    default: {
      const key = event.subscriptionId.toLowerCase();
      const arrived = partArrived(facts.subscriptions.get(key) ?? newSubscription, event);
      const next = facts.written
        .filter(
          (written) => subscriptionOf(written.kind === "resource" ? written.id : written.scaleSetId) === key,
        )
        .reduce(inSubscription, arrived);
      return { ...facts, subscriptions: new Map(facts.subscriptions).set(key, next) };
    }
  }
}

type PartEvent = Exclude<InventoryEvent, { readonly kind: "subscriptions" | "tenantFailed" }>;

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

const neverCame: Problem = { kind: "server", summary: message("Azure's answer did not arrive.") };

function end(facts: Facts, problem: Problem | undefined): Facts {
  const failed = new Map(
    [...facts.failedTenants].filter(([, { awaited }]) => problem !== undefined || !awaited),
  );
  // A subscription is gone when a read to the end did not name it; that of a tenant which could not be asked may still be there.
  const still = [...facts.subscriptions].filter(
    ([, { named, subscription }]) =>
      named || (subscription !== undefined && (problem !== undefined || failed.has(subscription.tenantId))),
  );
  const subscriptions = mapValues(new Map(still), (known) => ({
    ...known,
    configurations: settled(known.configurations, problem),
    scaleSets: settled(known.scaleSets, problem),
    assignments: settled(known.assignments, problem),
  }));
  return { ...facts, loading: false, problem, subscriptions, failedTenants: failed, written: [] };
}

function settled<R extends Reading>(part: R, problem: Problem | undefined): R {
  return { ...part, awaited: false, outcome: part.outcome ?? problem ?? neverCame };
}

function subscriptionOf(id: string): string | undefined {
  return parseId(id)?.subscriptionId.toLowerCase();
}

function mapValues<K, V>(map: ReadonlyMap<K, V>, to: (value: V) => V): ReadonlyMap<K, V> {
  return new Map([...map].map(([key, value]) => [key, to(value)]));
}
