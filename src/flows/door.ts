import { inTurn } from "../core/slices.ts";

/** The only way into the wizards: their bundle holds the time arithmetic and the zones, and is loaded at the first use. */
export function loadFlows(): Promise<typeof import("./flows.ts")> {
  return inTurn(() => import("./flows.ts"));
}
