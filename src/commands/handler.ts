import type { TreeNode } from "../tree/treeNode.ts";

/**
 * What a command does. `nodes` are the rows of the views that it was called on, none when it came from the palette, a welcome view, the
 * walkthrough or a button above a view; it then asks. Throws CancellationError when the user cancels.
 * @param selected the rows that are selected in the Fleet view, where it was called on none: they come ticked
 */
export type Handler = (nodes: readonly TreeNode[], selected: readonly TreeNode[]) => Promise<void>;
