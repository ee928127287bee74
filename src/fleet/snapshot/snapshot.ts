import type { EligibilityAnswer, Subscription, UnreachedTenant } from "../../azure/contracts.ts";
import type { Coverage } from "../../core/associations/coverage.ts";
import type { Freshness } from "../../core/upgrades/freshness.ts";
import type { InstanceHealth } from "../../core/eligibility/instanceHealth.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Regions } from "../../core/resources/regions.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";

/** Everything that is known of the user's fleet at one moment. Immutable: a change makes a new one. */
export interface Snapshot {
  /** `none` while there is no connection; then the snapshot is empty. */
  readonly origin: "none" | "azure" | "sandbox";
  /** By lower-cased subscription id. */
  readonly subscriptions: ReadonlyMap<string, SubscriptionRecord>;
  readonly configurations: ReadonlyMap<IdKey, ConfigurationRecord>;
  readonly scaleSets: ReadonlyMap<IdKey, ScaleSetRecord>;
  /** Configurations that an assignment names and no list has: each asked for by a direct GET. */
  readonly referenced: ReadonlyMap<IdKey, ReferencedConfiguration>;
  /** Those that Azure was asked about: of the scale sets with an association, once they are in more than one region. */
  readonly regions: Regions;
  /** Why some of them could not be read. */
  readonly regionsProblem?: Problem;
  /** By the assignment's id: assignments whose scale set no list has. */
  readonly danglingAssociations: ReadonlyMap<IdKey, DanglingRecord>;
  /** Items that are not what their list says; one warning node each. */
  readonly malformed: readonly MalformedRecord[];
  /** Tenants whose subscriptions could not be listed. */
  readonly failedTenants: readonly FailedTenant[];
  /** Tenants that Resource Graph refused: their subscriptions are read by ARM's lists. */
  readonly withoutGraph: readonly FailedTenant[];
  /** How many subscriptions the user's filter hides. */
  readonly hiddenSubscriptions: number;
  readonly loading: boolean;
  /** While the read is under way before which nothing was known: it may name more subscriptions. */
  readonly isFirstReading?: true;
  /** Why the last read ended before its time, when it did. */
  readonly problem?: Problem;
  /** When what is shown was saved by an earlier window: an ISO instant. Absent once all of it has been read anew. */
  readonly savedAt?: string;
  /** When the last reading to the end ended: an ISO instant. */
  readonly readAt?: string;
}

export interface FailedTenant extends UnreachedTenant {
  readonly problem: Problem;
}

/**
 * `loading` until the part arrived; what an earlier read gave stays in the snapshot meanwhile. `isPartial` where the last read did not give
 * all of it, so that what is there may only be a beginning.
 */
export type Part =
  | { readonly state: "loading"; readonly isPartial?: true }
  | { readonly state: "ready" }
  | { readonly state: "failed"; readonly problem: Problem };

export interface SubscriptionRecord {
  readonly subscription: Subscription;
  readonly configurations: Part;
  readonly scaleSets: Part;
  readonly assignments: Part;
  /** Why it was read by ARM's lists, where Resource Graph failed for it. */
  readonly graphProblem?: Problem;
}

export interface ConfigurationRecord {
  readonly id: string;
  readonly name: string;
  /** Lower-cased. */
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** As Azure returned it. */
  readonly resource: JsonObject;
  /** Undefined until the lazily loaded time arithmetic has worked it out. */
  readonly schedule: ScheduleFacts | undefined;
  /** Keys of the scale sets that are associated with it, over all subscriptions. */
  readonly scaleSets: readonly IdKey[];
}

export type ReferencedConfiguration =
  /** It is there, in a subscription that is hidden or could not be listed. */
  | { readonly state: "found"; readonly resource: JsonObject; readonly schedule: ScheduleFacts | undefined }
  /** A direct GET answered that it does not exist. */
  | { readonly state: "missing" }
  | { readonly state: "unknown"; readonly problem: Problem };

export interface ScaleSetRecord {
  readonly id: string;
  readonly name: string;
  /** Lower-cased. */
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** As Azure returned it. */
  readonly resource: JsonObject;
  /** Its assignments as Azure returned them, or why they are not known. */
  readonly assignments: AssignmentsOf;
  /** As they were read last; absent until somebody asked for it (`FleetStore.readEligibilityFacts`). */
  readonly eligibilityFacts?: ReadEligibilityFacts;
  /** How the images that its instances run stand to the newest, where its eligibility facts were read. */
  readonly freshness?: Freshness;
  /** Its latest rolling upgrade as it was read last; absent where none was read, and where there never was one. */
  readonly upgrade?: JsonObject;
  /** Its instance view as it was read last: the counts of its instances by state and health. */
  readonly instanceView?: JsonObject;
  /** What its instances said of their health when they were asked last; absent where none did. */
  readonly health?: InstanceHealth;
  /** What each eligibility rule says of it, by its model and its eligibility facts. */
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
}

export interface ReadEligibilityFacts extends EligibilityAnswer {
  /** When: an ISO instant. */
  readonly at: string;
}

export type AssignmentsOf =
  | {
      readonly known: readonly JsonObject[];
      /** It is only Resource Graph's word so far, which leaves out what the caller may not read. */
      readonly source?: "graph";
    }
  | { readonly unknown: Problem | "loading" };

/** An assignment whose scale set no list has. */
export interface DanglingRecord {
  /** The assignment's. */
  readonly id: string;
  readonly scaleSetId: string;
  /** Lower-cased. */
  readonly subscriptionId: string;
  readonly assignment: JsonObject;
  /** Of the scale set: `gone` only after a direct GET said so. */
  readonly scaleSet: "gone" | "there" | "unknown";
  /** Why it is not known. */
  readonly problem?: Problem;
}

export interface MalformedRecord {
  /** Lower-cased. */
  readonly subscriptionId: string;
  readonly part: "configurations" | "scaleSets";
  readonly value: unknown;
  /** What is wrong with it. */
  readonly reason: Message;
}
