import * as vscode from "vscode";
import { nameOf } from "../core/resources/ids.ts";
import type { Log } from "../core/log.ts";
import { commandNames, type CommandName } from "../telemetry/events.ts";
import type { FleetNode } from "../tree/fleet/node.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { Failure } from "../ui/failure.ts";
import { notify } from "../ui/notify.ts";
import type { Runner } from "../ui/run.ts";
import { deleteNodes } from "./view/deleteNodes.ts";
import type { LazyCommands } from "./lazyCommands.ts";
import { FocusedNode } from "./view/focusedNode.ts";
import { editNode, openNode } from "./view/openNode.ts";
import { staleRow } from "./associations/staleRow.ts";
import { titleCommands, withoutNodes } from "./titleCommands.ts";
import type { Views } from "./view/views.ts";

export interface RegisterOptions {
  readonly commands: LazyCommands;
  readonly views: Views;
  readonly runner: Runner;
  readonly log: Log;
}

/** Registers every command of the table, and the five that only keys and nodes call, which are not contributed. */
export function registerCommands({ commands, views, runner, log }: RegisterOptions): vscode.Disposable {
  const { tree, fleet: view, upcoming } = views;
  const focused = new FocusedNode(view);
  const focusedUpcoming = new FocusedNode(upcoming);
  return vscode.Disposable.from(
    focused,
    focusedUpcoming,
    tree.onDidChangeView(() =>
      runner.inBackground("Opening groups", async () => {
        for (const node of tree.groupsToOpen())
          await view.reveal(node, { select: false, focus: false, expand: true });
      }),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.reveal", (key: string) =>
      runner.inBackground("Showing a node", () => reveal(key, views, log)),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.showMore", (group: string, shown: number) =>
      runner.inBackground("Showing more", async () => focus(await tree.showMore(group, shown), view)),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.open", () =>
      runner.inBackground("Opening a node", async () => openNode(await focused.take())),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.edit", (row: unknown) =>
      runner.inBackground("Editing a node", async () => editNode(await focusedIn(row))),
    ),
    vscode.commands.registerCommand("scaleSetMaintenance.delete", (...args: unknown[]) =>
      runner.inBackground("Deleting nodes", async () => deleteNodes(await nodesOf(args), log)),
    ),
    ...commandNames.map((name) =>
      vscode.commands.registerCommand(`scaleSetMaintenance.${name}`, (...args: unknown[]) =>
        runner.command(name, async () => {
          // First, since what has the focus may lose it while the command's code is loaded.
          const nodes = withoutNodes.has(name) ? [] : await subjectsOf(args);
          await call(name, nodes, nodes.length === 0 ? selected() : []);
        }),
      ),
    ),
    ...titleCommands.map((name) =>
      vscode.commands.registerCommand(`scaleSetMaintenance.title.${name}`, () =>
        runner.command(name, () => call(name, [], selected())),
      ),
    ),
  );

  async function call(
    name: CommandName,
    nodes: readonly TreeNode[],
    chosen: readonly TreeNode[],
  ): Promise<void> {
    const { table } = await commands.load();
    await table[name](nodes, chosen);
  }

  /** What is selected where the user sees it. A row for a whole subscription says nothing: a click that opens it selects it too. */
  function selected(): readonly TreeNode[] {
    const rows = view.visible ? view.selection : [];
    const ofSets = rows.filter(({ kind }) => kind !== "subscription" && kind !== "scaleSets");
    return ofSets.flatMap((node) => tree.standingFor(node));
  }

  /** What the nodes stand for: a group for the scale sets in it, as long as it has any. */
  async function subjectsOf(args: readonly unknown[]): Promise<readonly TreeNode[]> {
    const nodes = await nodesOf(args);
    const subjects = nodes.flatMap((node) => tree.standingFor(node));
    if (subjects.length === 0 && nodes.length > 0) throw new Failure(staleRow());
    return subjects;
  }

  /** Menus give the node that was clicked and, if it is one of several selected, all of these; keys say what they mean. */
  async function nodesOf(args: readonly unknown[]): Promise<readonly TreeNode[]> {
    const [clicked, selected] = args;
    if (clicked === "selection") return view.selection;
    if (clicked === "selectionInUpcoming") return upcoming.selection;
    const given: unknown[] = Array.isArray(selected) ? selected : [await nodeFor(clicked)];
    const nodes = given.filter(isNode);
    if (nodes.length === 0 && isOnARow(args)) throw new Failure(staleRow());
    return nodes;
  }

  async function nodeFor(clicked: unknown): Promise<unknown> {
    return clicked === "focus" || clicked === "focusInUpcoming" ? focusedIn(clicked) : clicked;
  }

  function focusedIn(place: unknown): Promise<TreeNode | undefined> {
    return place === "focusInUpcoming" ? focusedUpcoming.take() : focused.take();
  }
}

/** A row gives its node and the selection, the palette nothing. */
function isOnARow(args: readonly unknown[]): boolean {
  return args.length > 1;
}

/** Does nothing if the resource was deleted or its subscription is hidden. */
async function reveal(key: string, { tree, fleet }: Pick<Views, "tree" | "fleet">, log: Log): Promise<void> {
  const node = await tree.nodeOf(key);
  if (node !== undefined) return fleet.reveal(node, { focus: true, expand: true });
  if (!tree.isFilteredOut(key)) return;
  const clear = async () => {
    await tree.filterBy("");
    await reveal(key, { tree, fleet }, log);
  };
  const text = vscode.l10n.t("The filter hides {0}.", nameOf(key));
  notify(vscode.window.showInformationMessage, text, new Map([[vscode.l10n.t("Clear Filter"), clear]]), log);
}

/** Moves the focus to the first new row. */
async function focus(node: FleetNode | undefined, view: vscode.TreeView<FleetNode>): Promise<void> {
  if (node !== undefined) await view.reveal(node, { focus: true, select: true });
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && ("kind" in value || "resourceId" in value);
}
