import { coverageOf } from "../core/coverage.ts";
import type { KnownConfiguration } from "../core/coverage.ts";
import { eligibility } from "../core/eligibility/eligibility.ts";
import { idKey, parseId } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Resource } from "../core/malformed.ts";
import { message } from "../core/message.ts";
import { configurationsIn, configurationsNamedBy } from "./configurations.ts";
import { assignmentsOf } from "./facts.ts";
import type { Facts, Reading, SubscriptionFacts } from "./facts.ts";
import type {
  AssignmentsOf,
  ConfigurationRecord,
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

/**
 * The snapshot that follows from the facts. A record whose sources are the same objects as in `previous` is the same object,
 * so that whatever changed can be told by identity.
 */
export function derive(facts: Facts, previous?: Derived): Derived {
  const made = new Map<string, Made>();
  const recordOf = <R>(key: string, from: readonly unknown[], make: (before: R | undefined) => R): R => {
    const before = previous?.made.get(key);
    const record =
      before && sameItems(before.from, from) ? (before.record as R) : make(before?.record as R | undefined);
    made.set(key, { from, record });
    return record;
  };

  const shown = [...facts.subscriptions]
    .filter(([, { subscription }]) => subscription !== undefined)
    .sort(byKey);
  const configurationOf = configurationsIn(facts);
  const associated = new Map<IdKey, IdKey[]>();

  const scaleSets = new Map<IdKey, ScaleSetRecord>();
  for (const [subscriptionId, known] of shown) {
    for (const [key, resource] of known.scaleSets.items) {
      const assignments = assignmentsOf(known.assignments, key);
      const configurations = new Set(configurationsNamedBy(assignments));
      for (const configuration of configurations) push(associated, configuration, key);
      const uses = [...configurations].map(configurationOf);
      const from = [resource, ...Object.values(assignments), ...uses.flatMap(partsOf)];
      const record = recordOf<ScaleSetRecord>(key, from, (before) => {
        const findings = before?.resource === resource ? before.findings : eligibility(resource);
        const coverage = coverageOf({
          scaleSet: resource,
          assignments: "known" in assignments ? assignments : { unknown: reasonOf(assignments.unknown) },
          configurationOf: (id) => configurationOf(idKey(id)),
          findings,
        });
        return { ...identityOf(resource, subscriptionId), assignments, findings, coverage };
      });
      scaleSets.set(key, record);
    }
  }

  const configurations = new Map<IdKey, ConfigurationRecord>();
  const subscriptions = new Map<string, SubscriptionRecord>();
  for (const [subscriptionId, known] of shown) {
    for (const [key, resource] of known.configurations.items) {
      const schedule = facts.schedules.get(key)?.facts;
      const sets = (associated.get(key) ?? []).sort();
      const record = recordOf<ConfigurationRecord>(key, [resource, schedule, ...sets], () => ({
        ...identityOf(resource, subscriptionId),
        schedule,
        scaleSets: sets,
      }));
      configurations.set(key, record);
    }
    const { subscription } = known;
    if (subscription === undefined) continue;
    const parts = [known.configurations, known.scaleSets, known.assignments].flatMap(
      ({ awaited, outcome }) => [awaited, outcome],
    );
    const record = recordOf<SubscriptionRecord>(
      `subscription ${subscriptionId}`,
      [subscription, ...parts],
      () => ({
        subscription,
        configurations: partOf(known.configurations),
        scaleSets: partOf(known.scaleSets),
        assignments: partOf(known.assignments),
      }),
    );
    subscriptions.set(subscriptionId, record);
  }

  const snapshot: Snapshot = {
    origin: facts.origin,
    subscriptions,
    configurations,
    scaleSets,
    referenced: referencedOf(facts),
    malformed: shown.flatMap(([, known]) => [
      ...known.configurations.malformed,
      ...known.scaleSets.malformed,
    ]),
    failedTenants: [...facts.failedTenants.values()]
      .map(({ tenant }) => tenant)
      .sort((a, b) => compare(a.displayName, b.displayName) || compare(a.tenantId, b.tenantId)),
    hiddenSubscriptions: facts.hidden.size,
    loading: facts.loading,
    ...(facts.problem === undefined ? {} : { problem: facts.problem }),
  };
  return { snapshot, made };
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

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function byKey([a]: [string, SubscriptionFacts], [b]: [string, SubscriptionFacts]): number {
  return compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
