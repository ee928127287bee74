import type { Subscription } from "../azure/contracts.ts";
import { coverageOf } from "../core/coverage.ts";
import type { KnownConfiguration } from "../core/coverage.ts";
import { idKey, parseId } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import { textAt } from "../core/json.ts";
import type { JsonObject } from "../core/json.ts";
import type { Resource } from "../core/malformed.ts";
import { message } from "../core/message.ts";
import { regionKey } from "../core/regions.ts";
import { problemsOf } from "../core/rule.ts";
import { limitRules } from "../core/windows/rules/limits.ts";
import { isOsImage } from "../core/windows/window.ts";
import { factsBeside } from "./besideModel.ts";
import { configurationsIn, configurationsNamedBy } from "./configurations.ts";
import { assignmentsOf } from "./facts.ts";
import type { Facts, Reading, SubscriptionFacts } from "./facts.ts";
import { regionsIn, regionsProblemIn } from "./regions.ts";
import type { Rules } from "./rules.ts";
import type {
  AssignmentsOf,
  ConfigurationRecord,
  FailedTenant,
  Part,
  ReferencedConfiguration,
  ScaleSetRecord,
  Snapshot,
  SubscriptionRecord,
} from "./snapshot.ts";

/** A snapshot, and what each of its records was made from, so that the next one makes anew only what differs. */
export interface Derived {
  readonly snapshot: Snapshot;
  readonly made: ReadonlyMap<string, Made>;
}

interface Made {
  readonly from: readonly unknown[];
  readonly record: unknown;
}

/** The record of this key as it was while it is made from the same objects, else a new one. */
type Keep = <R>(key: string, from: readonly unknown[], make: (before: R | undefined) => R) => R;

interface Shown {
  readonly id: string;
  readonly subscription: Subscription;
  readonly known: SubscriptionFacts;
}

/**
 * The snapshot that follows from the facts. A record whose sources are the same objects as in `previous` is the same object,
 * so that whatever changed can be told by identity. Without `rules`, which are there before anything is read, it has no scale sets.
 */
export function derive(facts: Facts, rules: Rules | undefined, previous?: Derived): Derived {
  const made = new Map<string, Made>();
  const keep: Keep = <R>(key: string, from: readonly unknown[], make: (before: R | undefined) => R): R => {
    const before = previous?.made.get(key);
    const last = before?.record as R | undefined;
    const record = before && last !== undefined && sameItems(before.from, from) ? last : make(last);
    made.set(key, { from, record });
    return record;
  };
  const shown = shownIn(facts);
  const scaleSets = rules ? scaleSetRecords(facts, shown, rules, keep) : new Map<IdKey, ScaleSetRecord>();
  const configurations = configurationRecords(facts, shown, scaleSets, keep);
  const snapshot: Snapshot = {
    origin: facts.origin,
    subscriptions: subscriptionRecords(shown, keep),
    configurations,
    scaleSets,
    orphans: new Map(),
    indexes: {
      scaleSetsOf: keysBy(scaleSets, ({ subscriptionId }) => subscriptionId),
      configurationsOf: keysBy(configurations, ({ subscriptionId }) => subscriptionId),
      scaleSetsIn: keysBy(scaleSets, ({ coverage }) => coverage.state),
    },
    withoutGraph: [],
    referenced: referencedOf(facts),
    regions: keep("regions", [facts.regions], () => regionsIn(facts)),
    ...regionsProblemIn(facts),
    malformed: shown.flatMap(({ known }) => [
      ...known.configurations.malformed,
      ...known.scaleSets.malformed,
    ]),
    failedTenants: [...facts.failedTenants.values()]
      .map(({ tenant }) => tenant)
      .sort((a, b) => compare(nameOfTenant(a), nameOfTenant(b))),
    hiddenSubscriptions: facts.hidden.size,
    loading: facts.loading,
    ...(facts.problem === undefined ? {} : { problem: facts.problem }),
  };
  return { snapshot, made };
}

function keysBy<R, K>(
  records: ReadonlyMap<IdKey, R>,
  of: (record: R) => K,
): ReadonlyMap<K, readonly IdKey[]> {
  const keys = new Map<K, IdKey[]>();
  for (const [key, record] of records) {
    const list = keys.get(of(record));
    if (list === undefined) keys.set(of(record), [key]);
    else list.push(key);
  }
  return keys;
}

/** Tells every failed tenant from every other. */
function nameOfTenant({ displayName, tenantId = "", account }: FailedTenant): string {
  return [displayName, tenantId, account?.label ?? ""].join(" ");
}

/** The subscriptions that have been named, in an order that does not depend on when they arrived. */
function shownIn({ subscriptions }: Facts): readonly Shown[] {
  return [...subscriptions]
    .flatMap(([id, known]) => (known.subscription ? [{ id, subscription: known.subscription, known }] : []))
    .sort((a, b) => compare(a.id, b.id));
}

function subscriptionRecords(shown: readonly Shown[], keep: Keep): Snapshot["subscriptions"] {
  return new Map(
    shown.map(({ id, subscription, known: { configurations, scaleSets, assignments } }) => {
      const parts = [configurations, scaleSets, assignments].flatMap(({ awaited, outcome }) => [
        awaited,
        outcome,
      ]);
      const record = keep<SubscriptionRecord>(`subscription ${id}`, [subscription, ...parts], () => ({
        subscription,
        configurations: partOf(configurations),
        scaleSets: partOf(scaleSets),
        assignments: partOf(assignments),
      }));
      return [id, record];
    }),
  );
}

function scaleSetRecords(
  facts: Facts,
  shown: readonly Shown[],
  { eligibility, freshnessOf }: Rules,
  keep: Keep,
): Snapshot["scaleSets"] {
  const configurationOf = configurationsIn(facts);
  const records = new Map<IdKey, ScaleSetRecord>();
  for (const { id: subscriptionId, known } of shown) {
    for (const [key, resource] of known.scaleSets.items) {
      const assignments = assignmentsOf(known.assignments, key);
      const uses = configurationsNamedBy(assignments).map(configurationOf);
      const beside = facts.beside.get(key);
      const from = [resource, beside, ...Object.values(assignments), ...uses.flatMap(partsOf)];
      const record = keep<ScaleSetRecord>(key, from, () => {
        const findings = eligibility(resource, factsBeside(beside ?? {}, knownAmong(assignments, uses)));
        const coverage = coverageOf({
          scaleSet: resource,
          assignments: "known" in assignments ? assignments : { unknown: reasonOf(assignments.unknown) },
          configurationOf: (id) => configurationOf(idKey(id)),
          findings,
        });
        const freshness = beside?.facts && freshnessOf(beside.facts.facts);
        const known = { assignments, ...beside, ...(freshness && { freshness }) };
        return { ...identityOf(resource, subscriptionId), ...known, findings, coverage };
      });
      records.set(key, record);
    }
  }
  return records;
}

/** Those that are gone left out; undefined where one of them, or which they are, is not known. */
function knownAmong(
  assignments: AssignmentsOf,
  uses: readonly (KnownConfiguration | "missing" | "unknown")[],
): readonly KnownConfiguration[] | undefined {
  if ("unknown" in assignments || uses.includes("unknown")) return undefined;
  return uses.filter((use) => typeof use !== "string");
}

function configurationRecords(
  facts: Facts,
  shown: readonly Shown[],
  scaleSets: Snapshot["scaleSets"],
  keep: Keep,
): Snapshot["configurations"] {
  const associated = associatedSets(scaleSets);
  const records = new Map<IdKey, ConfigurationRecord>();
  for (const { id: subscriptionId, known } of shown) {
    const { items } = known.configurations;
    const regions = Map.groupBy(items.values(), regionOf);
    for (const [key, resource] of items) {
      const schedule = facts.schedules.get(key)?.facts;
      const sets = associated.get(key) ?? [];
      const counts = { inRegion: regions.get(regionOf(resource))?.length, associations: sets.length };
      const limits = isOsImage(resource) ? problemsOf(limitRules, counts) : [];
      // Not the count itself: below the limit another configuration changes nothing of this one.
      const inRegion = limits.length > 0 ? counts.inRegion : undefined;
      const record = keep<ConfigurationRecord>(key, [resource, schedule, inRegion, ...sets], () => ({
        ...identityOf(resource, subscriptionId),
        schedule:
          schedule && limits.length > 0
            ? { ...schedule, problems: [...schedule.problems, ...limits] }
            : schedule,
        scaleSets: sets,
      }));
      records.set(key, record);
    }
  }
  return records;
}

function regionOf(resource: Resource): string {
  return regionKey(textAt(resource, "location") ?? "");
}

/** The sets of each configuration, each once, sorted by key. */
function associatedSets(scaleSets: Snapshot["scaleSets"]): ReadonlyMap<IdKey, readonly IdKey[]> {
  const pairs = [...scaleSets].flatMap(([key, { assignments }]) =>
    [...new Set(configurationsNamedBy(assignments))].map((configuration) => ({ configuration, key })),
  );
  const groups = Map.groupBy(pairs, ({ configuration }) => configuration);
  return new Map([...groups].map(([configuration, of]) => [configuration, of.map(({ key }) => key).sort()]));
}

function partsOf(use: KnownConfiguration | "missing" | "unknown"): readonly unknown[] {
  return typeof use === "string" ? [use] : [use.resource, use.schedule];
}

function identityOf(resource: Resource, subscriptionId: string) {
  const { id, name } = resource;
  return {
    id,
    name,
    subscriptionId,
    resourceGroup: parseId(id)?.resourceGroup ?? "",
    resource: resource as JsonObject,
  };
}

function referencedOf({ referenced, schedules }: Facts): Snapshot["referenced"] {
  return new Map(
    [...referenced].map(([key, answer]): [IdKey, ReferencedConfiguration] => [
      key,
      answer.state === "found" ? { ...answer, schedule: schedules.get(key)?.facts } : answer,
    ]),
  );
}

function reasonOf(unknown: Extract<AssignmentsOf, { unknown: unknown }>["unknown"]) {
  return unknown === "loading" ? message("Its assignments are still being read.") : unknown.summary;
}

function partOf({ awaited, outcome }: Reading): Part {
  if (awaited || outcome === undefined) return { state: "loading" };
  return outcome === "ready" ? { state: "ready" } : { state: "failed", problem: outcome };
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
