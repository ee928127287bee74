import type { Kind } from "./kind.ts";
import { patch } from "./patch.ts";

/** How the guest is patched. */
export const setPatchSettingsKind: Kind = patch("setPatchSettings", 5, true);
