import type { JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../text/rule.ts";
import type { WindowFields } from "../window.ts";
import type { Counts } from "./limits.ts";

/** What the schedule rules look at. A rule says nothing of what another rule has found missing. */
export interface ScheduleInput extends Counts {
  /** ISO instant. */
  readonly now: string;
  readonly scope: string | undefined;
  /** Undefined for a configuration that has no `maintenanceWindow`. */
  readonly window: WindowFields | undefined;
  /** Undefined while there is none to check; empty text is a name that Azure refuses. */
  readonly name?: string | undefined;
  readonly resourceGroup?: string | undefined;
  /** Names of the configurations in the group. */
  readonly taken?: readonly string[] | undefined;
  /** The configuration as Azure has it, where it is edited. */
  readonly before?: JsonObject | undefined;
}

export interface ScheduleRule extends Rule<ScheduleInput> {
  /** The rule holds for what is about to be written: a configuration in use has, rightly, started. */
  readonly onlyWhenWriting?: boolean;
}
