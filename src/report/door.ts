import { inTurn } from "../core/slices.ts";

/** The only way into the pages: most windows never show one, so their file is loaded at the first use. */
export function loadReport(): Promise<typeof import("./report.ts")> {
  return inTurn(() => import("./report.ts"));
}
