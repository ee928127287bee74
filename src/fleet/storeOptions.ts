import type { Log } from "../core/log.ts";
import type { ProblemOf } from "./reading/directly.ts";
import type { SubscriptionFilter } from "./events.ts";
import type { Rules } from "./snapshot/rules.ts";

export interface FleetStoreOptions {
  /** Loads what judges scale sets and configurations; asked when the first reading begins. */
  readonly loadRules: () => Promise<Rules>;
  /** What was thrown by a call on Azure, as data. */
  readonly problemOf: ProblemOf;
  /** The user's filter, asked for at each refresh. */
  readonly wanted: () => SubscriptionFilter;
  /** An ISO instant. */
  readonly now: () => string;
  readonly log: Log;
}
