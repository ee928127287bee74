import { inTurn } from "../core/slices.ts";

/** The only way into the commands: what each does is loaded when the first of them is called, so that activation does not wait for it. */
export function loadCommands(): Promise<typeof import("./commands.ts")> {
  return inTurn(() => import("./commands.ts"));
}
