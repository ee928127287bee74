import * as vscode from "vscode";
import { commandNames } from "../telemetry/events.ts";
import type { FleetNode } from "../tree/nodes.ts";
import type { Runner } from "../ui/run.ts";
import { table } from "./table.ts";
import type { Tools } from "./tools.ts";

/** Registers every command of the table. `selection` gives the nodes that are selected in the fleet view. */
export function registerCommands(
  tools: Tools,
  runner: Runner,
  selection: () => readonly FleetNode[],
): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandNames.map((name) =>
      vscode.commands.registerCommand(
        `scaleSetMaintenance.${name}`,
        (clicked: unknown, selected: unknown) => {
          const nodes = clicked === "selection" ? selection() : nodesOf(clicked, selected);
          return runner.command(name, () => table[name](tools, nodes));
        },
      ),
    ),
  );
}

/** VS Code calls a menu's command with the node that was clicked and, if it is one of several selected, all of these. */
function nodesOf(clicked: unknown, selected: unknown): readonly FleetNode[] {
  return (Array.isArray(selected) ? selected : [clicked]).filter(isNode);
}

function isNode(value: unknown): value is FleetNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
