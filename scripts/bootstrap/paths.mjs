import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the scripts install for themselves; git ignores it, and it can be deleted at any time. */
export const toolchain = join(root, ".toolchain");
