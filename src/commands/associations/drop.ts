import { idKey } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { none } from "../../tree/fleet/grouping.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { scaleSetIdsOf } from "../targets.ts";

/** What is dragged: text, since it may come from another view. */
export interface Dragged {
  readonly scaleSetIds: readonly string[];
  /** Whether there is something else among it. */
  readonly isMixed: boolean;
}

/** A command of ours with its nodes, or why nothing is done. */
export type Drop =
  | {
      readonly command: "associate" | "removeAssociation";
      readonly nodes: readonly { readonly kind: string; readonly resourceId: string }[];
    }
  | { readonly refused: Message };

/** The scale sets that the nodes stand for, as associations do too. */
export function draggedOf(nodes: readonly TreeNode[]): Dragged {
  return {
    scaleSetIds: scaleSetIdsOf(nodes),
    isMixed: nodes.some((node) => scaleSetIdsOf([node]).length === 0),
  };
}

/** What dropping scale sets on a node of the Fleet view means; without a target, where they were dropped next to all. */
export function dropOn(target: TreeNode | undefined, dragged: Dragged, snapshot: Snapshot): Drop {
  const { scaleSetIds, isMixed } = dragged;
  if (scaleSetIds.length === 0 || isMixed) {
    return { refused: message("You can drag only scale sets.") };
  }
  const sets = scaleSetIds.map((resourceId) => ({ kind: "scaleSet", resourceId }));
  if (target?.kind === "group" && target.value === none && target.grouping === "configuration")
    return { command: "removeAssociation", nodes: sets };
  const record = target?.kind === "configuration" ? snapshot.configurations.get(target.key) : undefined;
  if (record === undefined) {
    return {
      refused: message(
        "Drop scale sets on a maintenance configuration to associate them, or on “No configuration” to remove their associations.",
      ),
    };
  }
  if (!isOsImage(record.resource)) {
    return {
      refused: message("{0} doesn't control OS image upgrades. Manage it in the Azure portal.", record.name),
    };
  }
  const areAll = scaleSetIds.every((id) => record.scaleSets.includes(idKey(id)));
  if (areAll) return { refused: message("Already associated with {0}.", record.name) };
  return { command: "associate", nodes: [{ kind: "configuration", resourceId: record.id }, ...sets] };
}
