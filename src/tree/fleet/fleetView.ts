import type { Grouping } from "./grouping.ts";

/** How the Fleet view shows the fleet, and what commands may change of it. */
export interface FleetView {
  readonly grouping: Grouping;
  /** The text that scale sets are filtered by; empty where they are not. */
  readonly filter: string;
  /** Ids of the scale sets that the filter lets through; of all without one. */
  shownScaleSets(): readonly string[];
  /** How many scale sets a filter would let through. */
  countOf(filter: string): Promise<number>;
  groupBy(grouping: Grouping): Promise<void>;
  /** An empty text shows all. */
  filterBy(text: string): Promise<void>;
}
