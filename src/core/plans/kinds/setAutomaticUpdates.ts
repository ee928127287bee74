import type { Kind } from "./kind.ts";
import { patch } from "./patch.ts";

/** Windows automatic updates, with the patch mode that goes with them. */
export const setAutomaticUpdatesKind: Kind = patch("setAutomaticUpdates", 4, true);
