import type { Subscription } from "../azure/contracts.ts";
import { message } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import { arrive } from "./arrival.ts";
import type { FleetEvent } from "./events.ts";
import { noAssignments } from "./facts.ts";
import type { AssignmentFacts, Beside, Facts, Reading, SubscriptionFacts } from "./facts.ts";
import { applyReadBack } from "./readBack.ts";
import type { FailedTenant } from "./snapshot.ts";

/** What is known after `event`. The parts of one read may come in any order: the result is the same. */
export function reduce(facts: Facts, event: FleetEvent): Facts {
  switch (event.kind) {
    case "begun":
      return begin(facts);
    case "arrived":
      return arrive(facts, event.events, event.wanted);
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
    case "beside":
      return { ...facts, beside: new Map(facts.beside).set(event.key, beside(facts, event)) };
    case "regions":
      return { ...facts, regions: new Map(facts.regions).set(event.subscription, event.answer) };
  }
}

function beside(facts: Facts, { key, read }: Extract<FleetEvent, { kind: "beside" }>): Beside {
  const all = { ...facts.beside.get(key), ...read };
  return {
    ...(all.facts && { facts: all.facts }),
    ...(all.upgrade && { upgrade: all.upgrade }),
    ...(all.instanceView && { instanceView: all.instanceView }),
  };
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
  const regions = new Map([...facts.regions].filter(([, answer]) => "regions" in answer));
  return { ...facts, loading: true, problem: undefined, subscriptions, failedTenants, regions, written: [] };
}

/** Sets that are known to have no assignment are entered as such, so that a set which is new in this read does not pass for one. */
function spelledOut({ scaleSets, assignments }: SubscriptionFacts): AssignmentFacts["byScaleSet"] {
  if (assignments.outcome !== "ready") return assignments.byScaleSet;
  const read = [...scaleSets.items.keys()].filter((key) => !assignments.failed.has(key));
  return new Map([...read.map((key) => [key, noAssignments] as const), ...assignments.byScaleSet]);
}

const neverCame: Problem = { kind: "server", summary: message("Azure's answer did not arrive.") };

function end(facts: Facts, problem: Problem | undefined): Facts {
  const failed = new Map(
    [...facts.failedTenants].filter(([, { awaited }]) => problem !== undefined || !awaited),
  );
  const unreached = [...failed.values()].map(({ tenant }) => tenant);
  const mayStillBe = (subscription: Subscription) =>
    problem !== undefined || unreached.some((tenant) => mayHave(tenant, subscription));
  // A subscription is gone when a read to the end did not name it; that of a tenant which could not be asked may still be there.
  const still = [...facts.subscriptions].filter(
    ([, { named, subscription }]) => named || (subscription !== undefined && mayStillBe(subscription)),
  );
  const subscriptions = mapValues(new Map(still), (known) => ({
    ...known,
    configurations: settled(known.configurations, problem),
    scaleSets: settled(known.scaleSets, problem),
    assignments: settled(known.assignments, problem),
  }));
  return { ...facts, loading: false, problem, subscriptions, failedTenants: failed, written: [] };
}

/** Whether a subscription that was reached before is one of those that could not be listed now. */
function mayHave({ tenantId, account }: FailedTenant, { tenantId: owner, through }: Subscription): boolean {
  if (tenantId !== undefined) return tenantId === owner || tenantId === through.tenantId;
  return account === undefined || account.id === through.account?.id;
}

function settled<R extends Reading>(part: R, problem: Problem | undefined): R {
  return { ...part, awaited: false, outcome: part.outcome ?? problem ?? neverCame };
}

function mapValues<K, V>(map: ReadonlyMap<K, V>, to: (value: V) => V): ReadonlyMap<K, V> {
  return new Map([...map].map(([key, value]) => [key, to(value)]));
}
