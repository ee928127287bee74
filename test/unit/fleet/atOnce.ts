import { atOnce } from "../../../src/core/slices.ts";
import type { FleetEvent } from "../../../src/fleet/events.ts";
import { reducing } from "../../../src/fleet/reading/reducer.ts";
import { deriving } from "../../../src/fleet/snapshot/derive.ts";
import type { Derived } from "../../../src/fleet/snapshot/derived.ts";
import type { Facts } from "../../../src/fleet/snapshot/facts.ts";

/** What is known after the event, without a pause. */
export function reduce(facts: Facts, event: FleetEvent): Facts {
  return atOnce(reducing(facts, [event]));
}

/** The snapshot of the facts, without a pause. */
export function derive(...of: Parameters<typeof deriving>): Derived {
  return atOnce(deriving(...of));
}
