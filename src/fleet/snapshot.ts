import type { Subscription } from "../azure/contracts.ts";
import type { Coverage } from "../core/coverage.ts";
import type { IdKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import type { ScheduleFacts } from "../core/windows/types.ts";

/** Everything that is known of the user's fleet at one moment. Immutable: a change makes a new one. */
export interface Snapshot {
  readonly origin: "azure" | "sandbox";
  readonly subscriptions: ReadonlyMap<string, SubscriptionRecord>;
  readonly configurations: ReadonlyMap<IdKey, ConfigurationRecord>;
  readonly scaleSets: ReadonlyMap<IdKey, ScaleSetRecord>;
  /** Items that are not what their list says; one warning node each. */
  readonly malformed: readonly MalformedRecord[];
  /** Tenants whose subscriptions could not be listed. */
  readonly failedTenants: readonly { readonly tenantId: string; readonly displayName: string; readonly problem: Problem }[];
  readonly loading: boolean;
}

/** `loading` until the part arrived; what an earlier read gave stays in the snapshot meanwhile. */
export type Part = { readonly state: "loading" | "ready" } | { readonly state: "failed"; readonly problem: Problem };

export interface SubscriptionRecord {
  readonly subscription: Subscription;
  readonly configurations: Part;
  readonly scaleSets: Part;
  readonly assignments: Part;
}

export interface ConfigurationRecord {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** As Azure returned it. */
  readonly resource: JsonObject;
  /** Undefined until the lazily loaded time arithmetic has worked it out. */
  readonly schedule: ScheduleFacts | undefined;
  /** Keys of the scale sets that are associated with it, over all subscriptions. */
  readonly scaleSets: readonly IdKey[];
}

export interface ScaleSetRecord {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** As Azure returned it. */
  readonly resource: JsonObject;
  /** Its assignments as Azure returned them, or why they are not known. */
  readonly assignments: { readonly known: readonly JsonObject[] } | { readonly unknown: Problem | "loading" };
  readonly coverage: Coverage;
}

export interface MalformedRecord {
  readonly subscriptionId: string;
  readonly part: "configurations" | "scaleSets";
  readonly value: unknown;
  /** What is wrong with it. */
  readonly reason: Message;
}
