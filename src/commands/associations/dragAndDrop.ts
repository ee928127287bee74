import * as vscode from "vscode";
import type { FleetStore } from "../../fleet/store.ts";
import type { Log } from "../../core/log.ts";
import type { Message } from "../../core/text/message.ts";
import type { FleetNode } from "../../tree/fleet/node.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { problemLine } from "../../ui/problemReport.ts";
import { draggedOf, dropOn } from "./drop.ts";
import type { Dragged } from "./drop.ts";
import { staleRow } from "./staleRow.ts";

const mimeType = "application/vnd.scale-set-maintenance.nodes+json";

/** VS Code's own types of what comes out of the other views: ours is empty until the drop, and what is empty may get lost on the way. */
const otherViews = ["upcoming", "activity"].map(
  (view) => `application/vnd.code.tree.scalesetmaintenance.${view}`,
);

/** Lets scale sets be dragged out of a view. */
export function dragging<N extends TreeNode>(
  standingFor: (node: N) => readonly TreeNode[] = (node) => [node],
): vscode.TreeDragAndDropController<N> {
  return {
    dragMimeTypes: [mimeType],
    dropMimeTypes: [],
    handleDrag: (nodes, transfer) => {
      const dragged = draggedOf(nodes.flatMap(standingFor));
      transfer.set(mimeType, new vscode.DataTransferItem(JSON.stringify(dragged)));
    },
  };
}

/** Lets them be dropped on the configurations of the Fleet view too: the command that it means previews the changes and asks. */
export function dropping(
  { store, log }: { readonly store: FleetStore; readonly log: Log },
  standingFor: (node: FleetNode) => readonly TreeNode[],
): vscode.TreeDragAndDropController<FleetNode> {
  const say = (text: Message) => notify(vscode.window.showInformationMessage, localize(text), new Map(), log);
  return {
    ...dragging(standingFor),
    dropMimeTypes: [mimeType, ...otherViews],
    handleDrop: async (target, transfer) => {
      const text = await draggedText(transfer);
      if (text === undefined) return say(problemLine(staleRow()));
      const drop = dropOn(target, JSON.parse(text) as Dragged, store.snapshot);
      if ("refused" in drop) return say(drop.refused);
      // Not waited for: the drop has ended, the questions begin.
      void vscode.commands.executeCommand(`scaleSetMaintenance.${drop.command}`, undefined, drop.nodes);
    },
  };
}

/** From another view it comes twice: as VS Code announced it, empty, and as it was dragged. */
async function draggedText(transfer: vscode.DataTransfer): Promise<string | undefined> {
  for (const [type, item] of transfer) {
    const text = type === mimeType ? await item.asString() : "";
    if (text !== "") return text;
  }
  return undefined;
}
