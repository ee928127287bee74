import type { InventoryEvent, Subscription } from "../azure/contracts.ts";
import type { IdKey } from "../core/resources/ids.ts";
import type { JsonObject } from "../core/resources/json.ts";
import type { Problem } from "../core/text/problem.ts";
import type { NewEligibilityFacts, Owner, Referenced, RegionsAnswer, Schedule } from "./snapshot/facts.ts";
import type { ReadBack } from "./reading/readBack.ts";

/** Everything that changes what is known of the fleet. Times are ISO instants. */
export type FleetEvent =
  | { readonly kind: "begun"; readonly now: string }
  /** What the inventory yields; `wanted` tells the subscriptions that the user's filter shows. */
  | {
      readonly kind: "arrived";
      readonly events: readonly InventoryEvent[];
      readonly wanted: SubscriptionFilter;
      readonly now: string;
    }
  /** The read ended; `problem` says why, when that was before its time. */
  | { readonly kind: "ended"; readonly now: string; readonly problem?: Problem }
  | { readonly kind: "written"; readonly now: string; readonly readBack: ReadBack }
  /** What sets answered that were asked themselves for their assignments, since Resource Graph has none: by the ids of the sets. */
  | {
      readonly kind: "asked";
      readonly now: string;
      readonly answers: ReadonlyMap<string, readonly JsonObject[] | Problem>;
    }
  /** Whether the scale sets are there that assignments name and no list has. */
  | { readonly kind: "owners"; readonly answers: ReadonlyMap<IdKey, Owner> }
  /** The accounts that there are: what was reached through others is not shown any more. */
  | { readonly kind: "accounts"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "referenced"; readonly answers: ReadonlyMap<IdKey, Referenced> }
  | { readonly kind: "scheduled"; readonly schedules: ReadonlyMap<IdKey, Schedule> }
  /** What was read of a scale set's eligibility facts. What is not named stays; undefined takes it away. */
  | { readonly kind: "eligibilityFacts"; readonly key: IdKey; readonly read: NewEligibilityFacts }
  /** What a subscription answered that was asked for its regions. */
  | { readonly kind: "regions"; readonly subscription: string; readonly answer: RegionsAnswer };

export type SubscriptionFilter = (
  subscription: Pick<Subscription, "subscriptionId" | "displayName">,
) => boolean;
