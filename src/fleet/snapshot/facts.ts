import type { GraphDangling, Subscription } from "../../azure/contracts.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { onceFor } from "../../core/memo.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Regions } from "../../core/resources/regions.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { Overlay } from "../reading/overlay.ts";
import type { AssignmentsOf, FailedTenant, MalformedRecord, ScaleSetRecord, Snapshot } from "./snapshot.ts";

/**
 * What was read of Azure, kept as it came and per subscription, so that parts may come in any order. Immutable.
 * The snapshot is derived from it (`derive.ts`); only the reducer makes new ones.
 */
export interface Facts {
  readonly origin: Snapshot["origin"];
  /** Whether a read is under way. */
  readonly loading: boolean;
  /** Whether nothing was known as the last read began: it may name more subscriptions until it ends. */
  readonly isFirstReading: boolean;
  /** Why the last read ended before its time. */
  readonly problem: Problem | undefined;
  /** By lower-cased id. */
  readonly subscriptions: ReadonlyMap<string, SubscriptionFacts>;
  /** Lower-cased ids of the subscriptions that the user's filter hides. */
  readonly hidden: ReadonlySet<string>;
  /** When the last reading to the end ended: an ISO instant. */
  readonly readAt: string | undefined;
  /** By tenant and account. */
  readonly failedTenants: Tenants;
  /** Those that Resource Graph refused. */
  readonly withoutGraph: Tenants;
  /** Answers to direct GETs of configurations that assignments name and no list has. */
  readonly referenced: ReadonlyMap<IdKey, Referenced>;
  readonly schedules: ReadonlyMap<IdKey, Schedule>;
  /** Of scale sets, where they were read. */
  readonly eligibilityFacts: ReadonlyMap<IdKey, KnownEligibilityFacts>;
  /** What the subscriptions that were asked for their regions answered. */
  readonly regions: ReadonlyMap<string, RegionsAnswer>;
  /** What direct reads showed and lists need not show yet. */
  readonly overlay: Overlay;
  /** Answers to direct GETs of scale sets that assignments name and no list has. */
  readonly owners: ReadonlyMap<IdKey, Owner>;
}

/** `awaited` while the read that is under way may still do better. */
export type Tenants = ReadonlyMap<string, { readonly tenant: FailedTenant; readonly awaited: boolean }>;

/** Whether the scale set of a dangling association is there. */
export type Owner = "gone" | "there" | { readonly problem: Problem };

/** What was read of a scale set's eligibility facts, each as it was read last. */
export type KnownEligibilityFacts = Pick<
  ScaleSetRecord,
  "eligibilityFacts" | "upgrade" | "instanceView" | "health"
>;

/** What one read adds to it; undefined for what is not there in Azure. */
export type NewEligibilityFacts = {
  readonly [K in keyof KnownEligibilityFacts]?: KnownEligibilityFacts[K] | undefined;
};

export interface SubscriptionFacts {
  /** Undefined while parts have arrived but the subscription itself has not been named. */
  readonly subscription: Subscription | undefined;
  /** Whether the read that is under way has named it. */
  readonly named: boolean;
  readonly configurations: ListFacts;
  readonly scaleSets: ListFacts;
  readonly assignments: AssignmentFacts;
  /** By the set's id: assignments whose set Resource Graph does not have. */
  readonly danglingAssociations: ReadonlyMap<IdKey, GraphDangling>;
  /** What the pages of the read that is under way have named so far; undefined while none had anything of it. */
  readonly paged: Paged | undefined;
  /** Why ARM's lists were asked, where Resource Graph failed for this subscription when it was read last. */
  readonly graphProblem?: Problem | undefined;
}

/** What pages of Resource Graph have named. */
export interface Paged {
  readonly named: ReadonlySet<IdKey>;
  readonly malformed: readonly MalformedRecord[];
}

/** How a part was read last; what an earlier read gave stays until the part arrives anew. */
export interface Reading {
  /** Whether the read that is under way still owes it. */
  readonly awaited: boolean;
  /** Undefined when it never arrived. */
  readonly outcome: "ready" | Problem | undefined;
  /** Where what is known of it was saved by an earlier window: when, an ISO instant. */
  readonly savedAt?: string | undefined;
}

export interface ListFacts extends Reading {
  readonly items: ReadonlyMap<IdKey, Resource>;
  readonly malformed: readonly MalformedRecord[];
}

export interface AssignmentFacts extends Reading {
  /** Once the part arrived, a set that is absent here has none. */
  readonly byScaleSet: ReadonlyMap<IdKey, AssignmentsOf>;
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
    isFirstReading: false,
    problem: undefined,
    subscriptions: new Map(),
    hidden: new Set(),
    readAt: undefined,
    failedTenants: new Map(),
    withoutGraph: new Map(),
    referenced: new Map(),
    schedules: new Map(),
    eligibilityFacts: new Map(),
    regions: new Map(),
    overlay: { resources: new Map(), assignments: new Map() },
    owners: new Map(),
  };
}

const noList: ListFacts = { awaited: true, outcome: undefined, items: new Map(), malformed: [] };

/** A subscription of which nothing has arrived yet. */
export const newSubscription: SubscriptionFacts = {
  subscription: undefined,
  named: false,
  configurations: noList,
  scaleSets: noList,
  assignments: { awaited: true, outcome: undefined, byScaleSet: new Map() },
  danglingAssociations: new Map(),
  paged: undefined,
};

/** One object for every set that has none, so that such sets do not differ from read to read. */
export const noAssignments: AssignmentsOf = { known: [] };
/** The same where only Resource Graph said so. */
export const noneInGraph: AssignmentsOf = { known: [], source: "graph" };
const stillLoading: AssignmentsOf = { unknown: "loading" };

/** What is known of one set's assignments. */
export function assignmentsOf(facts: AssignmentFacts, scaleSet: IdKey): AssignmentsOf {
  return facts.byScaleSet.get(scaleSet) ?? assignmentsOfOthers(facts);
}

/** What is known of the assignments of each set of which nothing is said. */
export function assignmentsOfOthers({ awaited, outcome }: AssignmentFacts): AssignmentsOf {
  if (awaited || outcome === undefined) return stillLoading;
  return outcome === "ready" ? noAssignments : unknownFor(outcome);
}

/** Whether a set is to be asked itself: Graph leaves out what the caller may not read, and an earlier answer may have been a refusal. */
export function isDoubtful(assignments: AssignmentsOf): boolean {
  return "unknown" in assignments ? assignments.unknown !== "loading" : assignments.known.length === 0;
}

/** One object for every set of a list that failed. */
const unknownFor = onceFor((unknown: Problem): AssignmentsOf => ({ unknown }));
