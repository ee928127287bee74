import type { InventoryEvent, Subscription } from "../azure/contracts.ts";
import type { IdKey } from "../core/ids.ts";
import type { Problem } from "../core/problem.ts";
import type { BesideRead, Referenced, RegionsAnswer, Schedule } from "./facts.ts";
import type { ReadBack } from "./readBack.ts";

/** Everything that changes what is known of the fleet. */
export type FleetEvent =
  | { readonly kind: "begun" }
  /** What the inventory yields; `wanted` tells the subscriptions that the user's filter shows. */
  | {
      readonly kind: "arrived";
      readonly events: readonly InventoryEvent[];
      readonly wanted: SubscriptionFilter;
    }
  /** The read ended; `problem` says why, when that was before its time. */
  | { readonly kind: "ended"; readonly problem?: Problem }
  | { readonly kind: "written"; readonly readBack: ReadBack }
  | { readonly kind: "referenced"; readonly answers: ReadonlyMap<IdKey, Referenced> }
  | { readonly kind: "scheduled"; readonly schedules: ReadonlyMap<IdKey, Schedule> }
  /** What was read of a scale set beside its model. What is not named stays; undefined takes it away. */
  | { readonly kind: "beside"; readonly key: IdKey; readonly read: BesideRead }
  /** What a subscription answered that was asked for its regions. */
  | { readonly kind: "regions"; readonly subscription: string; readonly answer: RegionsAnswer };

export type SubscriptionFilter = (
  subscription: Pick<Subscription, "subscriptionId" | "displayName">,
) => boolean;
