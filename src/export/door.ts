import { inTurn } from "../core/slices.ts";

/** The only way into the export of plans as code: its bundle is loaded at the first export. */
export function loadCodeExport(): Promise<typeof import("./code/exportPlan.ts")> {
  return inTurn(() => import("./code/exportPlan.ts"));
}
