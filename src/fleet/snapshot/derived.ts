import type { IdKey } from "../../core/resources/ids.ts";
import type { Associated } from "./associationIndex.ts";
import type { Changed, FleetChange } from "./changes.ts";
import type { Differences } from "./differences.ts";
import type { Facts } from "./facts.ts";
import type { Rules } from "./rules.ts";
import type { Use } from "./scaleSetRecord.ts";
import type { ScaleSetRecord, Snapshot } from "./snapshot.ts";

/** A snapshot, how it differs from the one before, and what it was made from, so that the next one makes anew only what differs. */
export interface Derived {
  readonly snapshot: Snapshot;
  readonly change: FleetChange;
  readonly facts: Facts;
  readonly rules: Rules | undefined;
  /** Every configuration that an assignment names, as it is known. */
  readonly uses: ReadonlyMap<IdKey, Use>;
  readonly associated: Associated;
}

/** What there is of a snapshot once its scale sets have been judged. */
export interface Parts extends Pick<Derived, "facts" | "rules" | "uses" | "associated"> {
  readonly differ: Pick<Differences, "subscriptions" | "configurations">;
  readonly sets: Changed<ScaleSetRecord>;
}
