import type { IdKey } from "../../core/resources/ids.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { AssociationIndex } from "./associationIndex.ts";
import { changeBetween } from "./changes.ts";
import type { Changed } from "./changes.ts";
import { compare } from "./compare.ts";
import { configurationsNamedBy, knownConfiguration } from "./configurations.ts";
import { configurationRecords } from "./configurationRecords.ts";
import type { Derived, Parts } from "./derived.ts";
import { differences } from "./differences.ts";
import type { Differences } from "./differences.ts";
import { assignmentsOf, noFacts } from "./facts.ts";
import type { Facts } from "./facts.ts";
import { danglingRecords } from "./danglingRecords.ts";
import { regionsIn, regionsProblemIn } from "../reading/regions.ts";
import type { Rules } from "./rules.ts";
import { scaleSetRecord } from "./scaleSetRecord.ts";
import type { Use } from "./scaleSetRecord.ts";
import type { FailedTenant, ReferencedConfiguration, ScaleSetRecord, Snapshot } from "./snapshot.ts";
import { malformedIn, subscriptionRecords } from "./subscriptionRecords.ts";

/**
 * The snapshot that follows from the facts. A record whose sources are the same objects as in `previous` is the same object, so that whatever
 * changed can be told by identity; only what differs is looked at. Without `rules`, which are there before anything is read, it has only the
 * scale sets that it had before (`recall`).
 */
export function* deriving(
  facts: Facts,
  rules: Rules | undefined,
  previous: Derived = nothing,
): Sliced<Derived> {
  const differ = differences(previous.facts, facts);
  yield;
  const uses = usesAfter(facts, previous.uses, differ);
  const associations = new AssociationIndex(previous.associated);
  const sets = yield* scaleSetRecords(facts, rules, previous, differ, uses, associations);
  return yield* completing({ facts, rules, differ, uses, sets, associated: associations.after() }, previous);
}

/** The snapshot with all that follows from its scale sets and the facts. */
export function* completing(parts: Parts, previous: Derived): Sliced<Derived> {
  const { facts, rules, differ, uses, sets, associated } = parts;
  const before = previous.snapshot;
  const configurations = yield* configurationRecords(facts, previous, differ, associated);
  const subscriptions = subscriptionRecords(facts, before.subscriptions, differ);
  yield;
  const snapshot: Snapshot = {
    origin: facts.origin,
    subscriptions,
    configurations: configurations.records,
    scaleSets: sets.records,
    referenced:
      facts.referenced === previous.facts.referenced && facts.schedules === previous.facts.schedules
        ? before.referenced
        : referencedOf(facts),
    regions: facts.regions === previous.facts.regions ? before.regions : regionsIn(facts),
    ...regionsProblemIn(facts),
    danglingAssociations: danglingRecords(facts, sets.records, before.danglingAssociations),
    malformed: malformedIn(facts, subscriptions, before.malformed),
    failedTenants: tenantsOf(facts.failedTenants),
    withoutGraph: tenantsOf(facts.withoutGraph),
    hiddenSubscriptions: facts.hidden.size,
    loading: facts.loading,
    ...(facts.loading && facts.isFirstReading && { isFirstReading: true }),
    ...(facts.problem !== undefined && { problem: facts.problem }),
    ...savedAtOf(facts),
    ...(facts.readAt !== undefined && { readAt: facts.readAt }),
  };
  yield;
  const change = changeBetween(before, snapshot, sets.changed, configurations.changed);
  return { snapshot, change, facts, rules, uses, associated };
}

const noUses: readonly Use[] = [];

function* scaleSetRecords(
  facts: Facts,
  rules: Rules | undefined,
  previous: Derived,
  differ: Differences,
  looked: Map<IdKey, Use>,
  associations: AssociationIndex,
): Sliced<Changed<ScaleSetRecord>> {
  const before = previous.snapshot.scaleSets;
  const due = differ.scaleSets;
  const add = (key: IdKey, record = before.get(key)) => {
    if (record !== undefined && !due.has(key)) due.set(key, record.subscriptionId);
  };
  for (const configuration of differ.configurations) {
    for (const key of previous.associated.get(configuration) ?? []) add(key);
  }
  if (rules !== previous.rules) for (const [key, record] of before) add(key, record);
  const changed = new Map<IdKey, string>();
  if (due.size === 0) return { records: before, changed };
  const records = new Map(before);
  const useOf = (key: IdKey) => {
    const use = looked.get(key) ?? knownConfiguration(facts, key);
    looked.set(key, use);
    return use;
  };
  yield* inPieces(due, ([key, subscriptionId]) => {
    const known = facts.subscriptions.get(subscriptionId);
    const resource = known?.subscription && known.scaleSets.items.get(key);
    const was = before.get(key);
    let is: ScaleSetRecord | undefined;
    if (known !== undefined && resource !== undefined) {
      const assignments = assignmentsOf(known.assignments, key);
      const named = configurationsNamedBy(assignments);
      const uses = named.length === 0 ? noUses : named.map(useOf);
      const eligibilityFacts = facts.eligibilityFacts.get(key);
      const isJudged =
        was !== undefined &&
        was.resource === resource &&
        was.assignments === assignments &&
        previous.facts.eligibilityFacts.get(key) === eligibilityFacts &&
        named.every((name, index) => previous.uses.get(name) === uses[index]);
      if (isJudged && rules === previous.rules) is = was;
      else if (rules !== undefined)
        is = scaleSetRecord(
          { subscriptionId, resource, assignments, known: eligibilityFacts, uses, rules },
          isJudged ? was.coverage : undefined,
        );
      associations.replace(key, was, is === undefined ? [] : named);
    } else associations.replace(key, was, []);
    if (is === was) return;
    changed.set(key, subscriptionId);
    if (is === undefined) records.delete(key);
    else records.set(key, is);
  });
  return changed.size === 0 ? { records: before, changed } : { records, changed };
}

/** The configurations as they are known, those that differ looked up anew: the same object where resource and schedule are. */
function usesAfter(facts: Facts, before: Derived["uses"], { configurations }: Differences): Map<IdKey, Use> {
  const uses = new Map(before);
  for (const key of configurations) {
    const was = before.get(key);
    if (was === undefined) continue;
    const is = knownConfiguration(facts, key);
    const isSame =
      typeof was !== "string" &&
      typeof is !== "string" &&
      was.resource === is.resource &&
      was.schedule === is.schedule;
    uses.set(key, isSame ? was : is);
  }
  return uses;
}

function tenantsOf(tenants: Facts["failedTenants"]): readonly FailedTenant[] {
  return [...tenants.values()]
    .map(({ tenant }) => tenant)
    .sort((a, b) => compare(nameOfTenant(a), nameOfTenant(b)));
}

/** Tells every failed tenant from every other. */
function nameOfTenant({ displayName, tenantId = "", account }: FailedTenant): string {
  return [displayName, tenantId, account?.label ?? ""].join(" ");
}

/** The oldest of what an earlier window saved and has not been read anew. */
function savedAtOf({ subscriptions }: Facts): Pick<Snapshot, "savedAt"> {
  let oldest: string | undefined;
  const take = (savedAt: string | undefined) => {
    if (savedAt !== undefined && (oldest === undefined || savedAt < oldest)) oldest = savedAt;
  };
  for (const known of subscriptions.values()) {
    if (known.subscription === undefined) continue;
    take(known.configurations.savedAt);
    take(known.scaleSets.savedAt);
    take(known.assignments.savedAt);
  }
  return oldest === undefined ? {} : { savedAt: oldest };
}

function referencedOf({ referenced, schedules }: Facts): Snapshot["referenced"] {
  return new Map(
    [...referenced].map(([key, answer]): [IdKey, ReferencedConfiguration] => [
      key,
      answer.state === "found" ? { ...answer, schedule: schedules.get(key)?.facts } : answer,
    ]),
  );
}

/** Of no facts. */
export const nothing: Derived = {
  snapshot: {
    origin: "none",
    subscriptions: new Map(),
    configurations: new Map(),
    scaleSets: new Map(),
    referenced: new Map(),
    regions: new Map(),
    danglingAssociations: new Map(),
    malformed: [],
    failedTenants: [],
    withoutGraph: [],
    hiddenSubscriptions: 0,
    loading: false,
  },
  change: { ids: "all" },
  facts: noFacts("none"),
  rules: undefined,
  uses: new Map(),
  associated: new Map(),
};
