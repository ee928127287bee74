import type { eligibility } from "../../core/eligibility/eligibility.ts";
import type { freshnessOf } from "../../core/upgrades/freshness.ts";
import type { scheduleFacts } from "../../core/windows/facts.ts";

/** What judges scale sets and configurations. It comes with the wizards' file: a window that reads nothing does not load it. */
export interface Rules {
  readonly eligibility: typeof eligibility;
  readonly freshnessOf: typeof freshnessOf;
  /** Works a configuration's windows out, from an ISO instant on. */
  readonly scheduleFacts: typeof scheduleFacts;
}
