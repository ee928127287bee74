import * as vscode from "vscode";
import { commandNames } from "../telemetry/events.ts";
import type { FleetTree } from "../tree/fleetTree.ts";
import type { FleetNode } from "../tree/node.ts";
import type { Runner } from "../ui/run.ts";
import { openNode } from "./openNode.ts";
import { table } from "./table.ts";
import type { Tools } from "./tools.ts";

/** The Fleet view. */
interface Shown {
  readonly tree: FleetTree;
  readonly view: vscode.TreeView<FleetNode>;
}

/** Registers every command of the table, and the two that only keys and nodes call, which are not contributed. */
export function registerCommands(tools: Tools, runner: Runner, { tree, view }: Shown): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand("scaleSetMaintenance.reveal", (key: string) =>
      runner.inBackground("Showing a node", () => reveal(tree.nodeOf(key), view)),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.open", () => openNode(view.selection[0])),
    ...commandNames.map((name) =>
      vscode.commands.registerCommand(
        `scaleSetMaintenance.${name}`,
        (clicked: unknown, selected: unknown) => {
          const nodes = clicked === "selection" ? view.selection : nodesOf(clicked, selected);
          return runner.command(name, () => table[name](tools, nodes));
        },
      ),
    ),
  );
}

/** An association leads nowhere while what it names is hidden or gone. */
async function reveal(node: FleetNode | undefined, view: vscode.TreeView<FleetNode>): Promise<void> {
  if (node !== undefined) await view.reveal(node, { focus: true, expand: true });
}

/** VS Code calls a menu's command with the node that was clicked and, if it is one of several selected, all of these. */
function nodesOf(clicked: unknown, selected: unknown): readonly FleetNode[] {
  return (Array.isArray(selected) ? selected : [clicked]).filter(isNode);
}

function isNode(value: unknown): value is FleetNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
