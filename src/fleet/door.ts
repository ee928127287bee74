import { inTurn } from "../core/slices.ts";

/** The only way into what reads and writes saved fleets: a file of its own, loaded when a fleet is first looked for. */
export function loadSaved(): Promise<typeof import("./saved/savedFleets.ts")> {
  return inTurn(() => import("./saved/savedFleets.ts"));
}
