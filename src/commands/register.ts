import * as vscode from "vscode";
import { commandNames } from "../telemetry/events.ts";
import type { FleetTree } from "../tree/fleetTree.ts";
import type { FleetNode } from "../tree/node.ts";
import type { Runner } from "../ui/run.ts";
import { FocusedNode } from "./focusedNode.ts";
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
  const focused = new FocusedNode(view);
  return vscode.Disposable.from(
    focused,
    vscode.commands.registerCommand("scaleSetMaintenance.reveal", (key: string) =>
      runner.inBackground("Showing a node", () => reveal(tree.nodeOf(key), view)),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.open", () =>
      runner.inBackground("Opening a node", async () => openNode(await focused.take())),
    ),
    ...commandNames.map((name) =>
      vscode.commands.registerCommand(`scaleSetMaintenance.${name}`, (clicked: unknown, selected: unknown) =>
        runner.command(name, async () => table[name](tools, await nodesOf(clicked, selected))),
      ),
    ),
  );

  /** Menus give the node that was clicked and, if it is one of several selected, all of these; keys say what they mean. */
  async function nodesOf(clicked: unknown, selected: unknown): Promise<readonly FleetNode[]> {
    if (clicked === "selection") return view.selection;
    const nodes: unknown[] = Array.isArray(selected)
      ? selected
      : [clicked === "focus" ? await focused.take() : clicked];
    return nodes.filter(isNode);
  }
}

/** An association leads nowhere while what it names is hidden or gone. */
async function reveal(node: FleetNode | undefined, view: vscode.TreeView<FleetNode>): Promise<void> {
  if (node !== undefined) await view.reveal(node, { focus: true, expand: true });
}

function isNode(value: unknown): value is FleetNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
