import type { TreeNode } from "../tree/treeNode.ts";

/**
 * What a command does. `nodes` are the rows of the views that it was called on, none when it came from the palette, a welcome view or the
 * walkthrough; it then asks. Throws CancellationError when the user cancels.
 */
export type Handler = (nodes: readonly TreeNode[]) => Promise<void>;
