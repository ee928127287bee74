import type { Subscription } from "../azure/contracts.ts";
import type { IdKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Resource } from "../core/malformed.ts";
import type { Problem } from "../core/problem.ts";
import type { Regions } from "../core/regions.ts";
import type { ScheduleFacts } from "../core/windows/types.ts";
import type { ReadBack } from "./readBack.ts";
import type { AssignmentsOf, FailedTenant, MalformedRecord, ScaleSetRecord, Snapshot } from "./snapshot.ts";

/**
 * What was read of Azure, kept as it came and per subscription, so that parts may come in any order. Immutable.
 * The snapshot is derived from it (`derive.ts`); only the reducer makes new ones.
 */
export interface Facts {
  readonly origin: Snapshot["origin"];
  /** Whether a read is under way. */
  readonly loading: boolean;
  /** Why the last read ended before its time. */
  readonly problem: Problem | undefined;
  /** By lower-cased id. */
  readonly subscriptions: ReadonlyMap<string, SubscriptionFacts>;
  /** Lower-cased ids of the subscriptions that the user's filter hides. */
  readonly hidden: ReadonlySet<string>;
  /** By tenant id; `awaited` while the read that is under way may still do better. */
  readonly failedTenants: ReadonlyMap<string, { readonly tenant: FailedTenant; readonly awaited: boolean }>;
  /** Answers to direct GETs of configurations that assignments name and no list has. */
  readonly referenced: ReadonlyMap<IdKey, Referenced>;
  readonly schedules: ReadonlyMap<IdKey, Schedule>;
  /** What was read of scale sets beside their models. */
  readonly beside: ReadonlyMap<IdKey, Beside>;
  /** What the subscriptions that were asked for their regions answered. */
  readonly regions: ReadonlyMap<string, RegionsAnswer>;
  /** Writes since the read began: they are laid over every list that arrives, since it may be older. */
  readonly written: readonly ReadBack[];
}

/** What was read of a scale set beside its model, each as it was read last. */
export type Beside = Pick<ScaleSetRecord, "facts" | "upgrade" | "instanceView">;

/** What one read adds to it; undefined for what is not there in Azure. */
export type BesideRead = { readonly [K in keyof Beside]?: Beside[K] | undefined };

export interface SubscriptionFacts {
  /** Undefined while parts have arrived but the subscription itself has not been named. */
  readonly subscription: Subscription | undefined;
  /** Whether the read that is under way has named it. */
  readonly named: boolean;
  readonly configurations: ListFacts;
  readonly scaleSets: ListFacts;
  readonly assignments: AssignmentFacts;
}

/** How a part was read last; what an earlier read gave stays until the part arrives anew. */
export interface Reading {
  /** Whether the read that is under way still owes it. */
  readonly awaited: boolean;
  /** Undefined when it never arrived. */
  readonly outcome: "ready" | Problem | undefined;
}

export interface ListFacts extends Reading {
  readonly items: ReadonlyMap<IdKey, Resource>;
  readonly malformed: readonly MalformedRecord[];
}

export interface AssignmentFacts extends Reading {
  /** Once the part arrived, a set that is absent here and in `failed` has none. */
  readonly byScaleSet: ReadonlyMap<IdKey, readonly JsonObject[]>;
  readonly failed: ReadonlyMap<IdKey, Problem>;
}

export type Referenced =
  | { readonly state: "found"; readonly resource: Resource }
  | { readonly state: "missing" }
  | { readonly state: "unknown"; readonly problem: Problem };

export type RegionsAnswer = { readonly regions: Regions } | { readonly problem: Problem };

export interface Schedule {
  /** What it was worked out from; another object means that it is out of date. */
  readonly resource: JsonObject;
  readonly facts: ScheduleFacts;
}

export function noFacts(origin: Snapshot["origin"]): Facts {
  return {
    origin,
    loading: false,
    problem: undefined,
    subscriptions: new Map(),
    hidden: new Set(),
    failedTenants: new Map(),
    referenced: new Map(),
    schedules: new Map(),
    beside: new Map(),
    regions: new Map(),
    written: [],
  };
}

/** A subscription of which nothing has arrived yet. */
export const newSubscription: SubscriptionFacts = {
  subscription: undefined,
  named: false,
  configurations: { awaited: true, outcome: undefined, items: new Map(), malformed: [] },
  scaleSets: { awaited: true, outcome: undefined, items: new Map(), malformed: [] },
  assignments: { awaited: true, outcome: undefined, byScaleSet: new Map(), failed: new Map() },
};

/** One object for every set that has none, so that such sets do not differ from read to read. */
export const noAssignments: readonly JsonObject[] = [];

/** What is known of one set's assignments. */
export function assignmentsOf(facts: AssignmentFacts, scaleSet: IdKey): AssignmentsOf {
  const known = facts.byScaleSet.get(scaleSet);
  if (known !== undefined) return { known };
  const problem = facts.failed.get(scaleSet);
  if (problem !== undefined) return { unknown: problem };
  if (facts.awaited || facts.outcome === undefined) return { unknown: "loading" };
  return facts.outcome === "ready" ? { known: noAssignments } : { unknown: facts.outcome };
}
