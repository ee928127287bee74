import * as vscode from "vscode";
import type { FleetStore } from "../../fleet/store.ts";
import { clockNow } from "../clock.ts";
import { tooltipOf, treeItemOf } from "../treeItem.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import type { UpcomingNode } from "./node.ts";
import { nodesToRefresh } from "./refresh.ts";
import { stateOf } from "./state.ts";
import type { State } from "./state.ts";

/** How often, in milliseconds, what the view says of time is brought up to date. */
const pace = 60_000;

/** The Upcoming Windows view: follows the store and the clock, and refreshes the lines that differ. */
export class UpcomingTree implements vscode.TreeDataProvider<UpcomingNode>, vscode.Disposable {
  readonly #store: FleetStore;
  readonly #changed = new vscode.EventEmitter<UpcomingNode[] | undefined>();
  readonly #disposable: vscode.Disposable;
  /** The nodes that VS Code holds, by id: it knows one again only as the same object. */
  readonly #nodes = new Map<string, UpcomingNode>();
  readonly #opened = new Set<string>();
  /** What the view shows; undefined until it was shown, so that a view that is never opened costs nothing. */
  #state: State | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: FleetStore) {
    this.#store = store;
    const timer = setInterval(() => this.#follow(), pace);
    this.#disposable = vscode.Disposable.from(
      this.#changed,
      store.onDidChange(({ ids }) => (ids === "all" ? this.#forget() : this.#follow())),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scaleSetMaintenance.hourCycle")) this.#follow();
      }),
      { dispose: () => clearInterval(timer) },
    );
  }

  getChildren(node?: UpcomingNode): UpcomingNode[] {
    if (node !== undefined) this.#opened.add(node.id);
    return childrenOf(node, this.#shown).map((child) => this.#known(child));
  }

  getParent({ parent }: UpcomingNode): UpcomingNode | undefined {
    return parent && this.#known(parent);
  }

  getTreeItem(node: UpcomingNode): vscode.TreeItem {
    const view = viewOf(node, this.#shown);
    // A node that has just gone is asked for once more before its parent is refreshed.
    return view === undefined ? new vscode.TreeItem("") : treeItemOf(node, view);
  }

  resolveTreeItem(item: vscode.TreeItem, node: UpcomingNode): vscode.TreeItem {
    const view = viewOf(node, this.#shown);
    if (view !== undefined) item.tooltip = tooltipOf(view);
    return item;
  }

  dispose(): void {
    this.#disposable.dispose();
  }

  get #shown(): State {
    this.#state ??= stateOf(this.#store.snapshot, clockNow());
    return this.#state;
  }

  #known(node: UpcomingNode): UpcomingNode {
    if (node.kind === "remark") return node;
    const known = this.#nodes.get(node.id);
    if (known !== undefined && known.parent?.id === node.parent?.id) return known;
    this.#nodes.set(node.id, node);
    return node;
  }

  /** Another fleet, which is looked through when VS Code asks for it: that of an earlier window is shown in the Fleet view first. */
  #forget(): void {
    if (this.#state !== undefined) this.#showAnew(undefined);
  }

  #showAnew(state: State | undefined): void {
    this.#state = state;
    this.#nodes.clear();
    this.#opened.clear();
    this.#changed.fire(undefined);
  }

  #follow(): void {
    const before = this.#state;
    if (before === undefined) return;
    const after = stateOf(this.#store.snapshot, clockNow());
    const nodes = nodesToRefresh({ nodes: this.#nodes.values(), opened: this.#opened }, before, after);
    if (nodes === "all") return this.#showAnew(after);
    this.#state = after;
    if (nodes.length > 0) this.#changed.fire([...nodes]);
  }
}
