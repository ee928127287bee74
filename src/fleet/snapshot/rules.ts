import type { eligibility } from "../../core/eligibility/eligibility.ts";
import type { freshnessOf } from "../../core/upgrades/freshness.ts";

/** What judges scale sets. It comes with the wizards' file: a window that reads nothing does not load it. */
export interface Rules {
  readonly eligibility: typeof eligibility;
  readonly freshnessOf: typeof freshnessOf;
}
