import type { AccountName, Subscription } from "../../azure/contracts.ts";
import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Sliced } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { arriving } from "./arrival.ts";
import type { FleetEvent } from "../events.ts";
import { isDoubtful, noAssignments } from "../snapshot/facts.ts";
import type {
  AssignmentFacts,
  KnownEligibilityFacts,
  Facts,
  Reading,
  SubscriptionFacts,
  Tenants,
} from "../snapshot/facts.ts";
import { Edited } from "./edited.ts";
import { kept } from "./kept.ts";
import { asReadingBegins, lay } from "./overlay.ts";
import { applyReadBack, inSubscription } from "./readBackFacts.ts";
import type { ReadBack } from "./readBack.ts";
import type { AssignmentsOf, FailedTenant } from "../snapshot/snapshot.ts";

type Asked = Extract<FleetEvent, { readonly kind: "asked" }>;

/** What is known after `events`. The parts of one read may come in any order: the result is the same. */
export function* reducing(facts: Facts, events: readonly FleetEvent[]): Sliced<Facts> {
  let known = facts;
  for (const event of events) {
    known = event.kind === "arrived" ? yield* arriving(known, event) : reduce(known, event);
    yield;
  }
  return known;
}

function reduce(facts: Facts, event: Exclude<FleetEvent, { readonly kind: "arrived" }>): Facts {
  switch (event.kind) {
    case "begun":
      return begin(facts, event.now);
    case "ended":
      return end(facts, event);
    case "written":
      return write(facts, event.readBack, event.now);
    case "asked":
      return takeAnswers(facts, event);
    case "owners":
      return { ...facts, owners: new Map([...facts.owners, ...event.answers]) };
    case "accounts":
      return onlyThrough(facts, event.ids);
    case "referenced":
      return { ...facts, referenced: lastAsked(facts.referenced, event.answers) };
    case "scheduled":
      return { ...facts, schedules: new Map([...facts.schedules, ...event.schedules]) };
    case "eligibilityFacts":
      return {
        ...facts,
        eligibilityFacts: new Map(facts.eligibilityFacts).set(event.key, knownAfter(facts, event)),
      };
    case "regions":
      return { ...facts, regions: new Map(facts.regions).set(event.subscription, event.answer) };
  }
}

/** The answers with those that were given last at the end. */
function lastAsked(before: Facts["referenced"], answers: Facts["referenced"]): Facts["referenced"] {
  return new Map([...[...before].filter(([key]) => !answers.has(key)), ...answers]);
}

function write(facts: Facts, readBack: ReadBack, at: string): Facts {
  const listed = (key: IdKey) => {
    const known = facts.subscriptions.get(subscriptionOf(key));
    return known?.configurations.items.get(key) ?? known?.scaleSets.items.get(key);
  };
  const overlay = lay(facts.overlay, readBack, { at, isInReading: facts.loading, listed });
  return applyReadBack({ ...facts, overlay }, readBack);
}

/** A set that has what Graph lacks is laid over Graph like a write; one that has none, or refuses to say, is believed whatever Graph says. */
function takeAnswers(facts: Facts, { answers, now }: Asked): Facts {
  const subscriptions = new Map(facts.subscriptions);
  const found: ReadBack[] = [];
  for (const [scaleSetId, answer] of answers) {
    const key = idKey(scaleSetId);
    const subscription = subscriptionOf(key);
    const known = subscriptions.get(subscription);
    const before = known?.assignments.byScaleSet.get(key);
    // Meanwhile something else may have been read or written.
    if (known === undefined || before === undefined || !isDoubtful(before)) continue;
    if ("kind" in answer) {
      const unknown = kept<AssignmentsOf>(before, { unknown: answer });
      const byScaleSet = new Map(known.assignments.byScaleSet).set(key, unknown);
      subscriptions.set(subscription, { ...known, assignments: { ...known.assignments, byScaleSet } });
      continue;
    }
    const readBack: ReadBack = { kind: "assignments", scaleSetId, assignments: answer };
    if (answer.length > 0) found.push(readBack);
    else subscriptions.set(subscription, inSubscription(known, readBack));
  }
  const answered: Facts = { ...facts, subscriptions };
  return found.reduce((after, readBack) => write(after, readBack, now), answered);
}

function onlyThrough(facts: Facts, accounts: ReadonlySet<string>): Facts {
  const isThere = (account: AccountName | undefined) => account === undefined || accounts.has(account.id);
  const subscriptions = [...facts.subscriptions].filter(([, { subscription }]) =>
    isThere(subscription?.through.account),
  );
  if (subscriptions.length === facts.subscriptions.size) return facts;
  return { ...facts, subscriptions: new Map(subscriptions) };
}

function knownAfter(
  facts: Facts,
  { key, read }: Extract<FleetEvent, { kind: "eligibilityFacts" }>,
): KnownEligibilityFacts {
  const all = { ...facts.eligibilityFacts.get(key), ...read };
  return {
    ...(all.eligibilityFacts && { eligibilityFacts: all.eligibilityFacts }),
    ...(all.upgrade && { upgrade: all.upgrade }),
    ...(all.instanceView && { instanceView: all.instanceView }),
    ...(all.health && { health: all.health }),
  };
}

function begin(facts: Facts, now: string): Facts {
  const subscriptions = mapValues(facts.subscriptions, (known) => ({
    ...known,
    named: false,
    configurations: { ...known.configurations, awaited: true },
    scaleSets: { ...known.scaleSets, awaited: true },
    assignments: { ...known.assignments, byScaleSet: spelledOut(known), awaited: true },
    paged: undefined,
    graphProblem: undefined,
  }));
  const awaited = (tenants: Tenants) => mapValues(tenants, ({ tenant }) => ({ tenant, awaited: true }));
  const regions = new Edited(facts.regions);
  for (const [key, answer] of facts.regions) if ("problem" in answer) regions.delete(key);
  return {
    ...facts,
    loading: true,
    isFirstReading: facts.subscriptions.size === 0,
    problem: undefined,
    subscriptions,
    failedTenants: awaited(facts.failedTenants),
    withoutGraph: awaited(facts.withoutGraph),
    regions: regions.map,
    overlay: asReadingBegins(facts.overlay, now),
  };
}

/** Sets that are known to have no assignment are entered as such, so that a set which is new in this read does not pass for one. */
function spelledOut({ scaleSets, assignments }: SubscriptionFacts): AssignmentFacts["byScaleSet"] {
  const { byScaleSet } = assignments;
  const missing = [...scaleSets.items.keys()].filter((key) => !byScaleSet.has(key));
  if (assignments.outcome !== "ready" || missing.length === 0) return byScaleSet;
  return new Map([...missing.map((key) => [key, noAssignments] as const), ...byScaleSet]);
}

const neverCame: Problem = { kind: "server", summary: message("Azure's answer didn't arrive.") };

function end(facts: Facts, { problem, now }: Extract<FleetEvent, { kind: "ended" }>): Facts {
  const current = (tenants: Tenants) =>
    new Map([...tenants].filter(([, { awaited }]) => problem !== undefined || !awaited));
  const failed = current(facts.failedTenants);
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
  return {
    ...facts,
    loading: false,
    problem,
    readAt: problem === undefined ? now : facts.readAt,
    subscriptions,
    failedTenants: failed,
    withoutGraph: current(facts.withoutGraph),
  };
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
