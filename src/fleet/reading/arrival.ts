import type { InventoryEvent } from "../../azure/contracts.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { readConfigurationResource, readScaleSetResource } from "../../core/resources/malformed.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { FleetEvent } from "../events.ts";
import { newSubscription, noAssignments } from "../snapshot/facts.ts";
import type { Facts, ListFacts, SubscriptionFacts } from "../snapshot/facts.ts";
import { listedByGraph, takingPages, withoutMissing } from "./graphPages.ts";
import { laidOver } from "./laidOver.ts";
import { kept } from "./kept.ts";
import type { AssignmentsOf, FailedTenant, MalformedRecord } from "../snapshot/snapshot.ts";

type Arrived = Extract<FleetEvent, { readonly kind: "arrived" }>;

/** The facts after what an inventory yielded, in whatever order. A burst is taken at once, since each time copies the maps. */
export function* arriving(facts: Facts, { events, wanted, now }: Arrived): Sliced<Facts> {
  const pages = events.filter((event) => event.kind === "page");
  const paged = pages.length === 0 ? facts : yield* takingPages(facts, pages, now);
  const subscriptions = new Map(paged.subscriptions);
  const hidden = new Set(facts.hidden);
  const failedTenants = new Map(facts.failedTenants);
  const withoutGraph = new Map(facts.withoutGraph);
  for (const event of events) {
    yield;
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
      case "tenantFailed":
        failTenant(failedTenants, event);
        break;
      case "graphRefused":
        failTenant(withoutGraph, event);
        break;
      case "graphFailed":
        for (const id of event.subscriptionIds) {
          const key = id.toLowerCase();
          const known = subscriptions.get(key) ?? newSubscription;
          subscriptions.set(key, { ...known, graphProblem: kept(known.graphProblem, event.problem) });
        }
        break;
      case "page":
        break;
      case "listed":
        yield* inPieces(event.subscriptionIds, (id) => {
          const key = id.toLowerCase();
          const known = subscriptions.get(key) ?? newSubscription;
          subscriptions.set(key, listedByGraph(known, paged.overlay, now));
        });
        break;
      default: {
        const key = event.subscriptionId.toLowerCase();
        const arrived = partArrived(subscriptions.get(key) ?? newSubscription, event);
        subscriptions.set(key, laidOver(arrived, paged.overlay, key));
      }
    }
  }
  const arrived = { ...paged, subscriptions, hidden, failedTenants, withoutGraph };
  const listed = events.flatMap((event) => (event.kind === "listed" ? event.subscriptionIds : []));
  if (listed.length === 0 || paged.overlay.resources.size === 0) return arrived;
  const ids = new Set(listed.map((id) => id.toLowerCase()));
  return { ...arrived, overlay: withoutMissing(arrived, ids, now) };
}

/** The same tenant may fail through one account and answer through another. */
function failTenant(
  tenants: Map<string, { readonly tenant: FailedTenant; readonly awaited: boolean }>,
  event: Extract<InventoryEvent, { readonly kind: "tenantFailed" | "graphRefused" }>,
): void {
  const { kind: _, ...failed } = event;
  const { account, tenantId, displayName } = failed;
  const key = [account?.id ?? "", tenantId ?? displayName].join("/");
  tenants.set(key, { tenant: kept(tenants.get(key)?.tenant, failed), awaited: false });
}

type PartEvent = Extract<InventoryEvent, { readonly subscriptionId: string }>;

function partArrived(known: SubscriptionFacts, event: PartEvent): SubscriptionFacts {
  switch (event.kind) {
    case "configurations":
      return { ...known, configurations: listed(known.configurations, event) };
    case "scaleSets":
      // Resource Graph alone tells of sets that no list has.
      return {
        ...known,
        scaleSets: listed(known.scaleSets, event),
        danglingAssociations: new Map(),
        paged: undefined,
      };
    case "assignments": {
      const before = known.assignments.byScaleSet;
      const byScaleSet = new Map<IdKey, AssignmentsOf>();
      for (const [id, assignments] of event.byScaleSet) {
        const now: AssignmentsOf = assignments.length === 0 ? noAssignments : { known: assignments };
        byScaleSet.set(idKey(id), kept(before.get(idKey(id)), now));
      }
      for (const [id, problem] of event.failed) {
        byScaleSet.set(idKey(id), kept<AssignmentsOf>(before.get(idKey(id)), { unknown: problem }));
      }
      return { ...known, assignments: { awaited: false, outcome: "ready", byScaleSet } };
    }
    case "failed":
      if (event.part === "assignments") {
        // What a set had before proves nothing now: it may have been moved since.
        const failed = { awaited: false, outcome: event.problem, byScaleSet: new Map() };
        return { ...known, assignments: failed };
      }
      return { ...known, [event.part]: { ...known[event.part], awaited: false, outcome: event.problem } };
  }
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
