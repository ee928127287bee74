import type { Kind } from "./kind.ts";
import { patch } from "./patch.ts";

/** The image that new instances get. */
export const setImageReferenceKind: Kind = patch("setImageReference", 3, true);
