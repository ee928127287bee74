import * as vscode from "vscode";
import type { FleetChange } from "../fleet/changes.ts";
import type { FleetStore } from "../fleet/store.ts";
import { idKey } from "../core/ids.ts";
import { clockNow } from "./clock.ts";
import { configurationNode, scaleSetNode } from "./node.ts";
import type { FleetNode, Place } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import { placesToRefresh, placesToRefreshInTime } from "./refresh.ts";
import { tooltipOf, treeItemOf } from "./treeItem.ts";
import type { Clock } from "./view.ts";

/** How often, in milliseconds, what the tree says of time is brought up to date. */
const pace = 60_000;

/** The Fleet view: shows the store's snapshot and refreshes the nodes that a change concerns. */
export class FleetTree implements vscode.TreeDataProvider<FleetNode>, vscode.Disposable {
  readonly #store: FleetStore;
  readonly #changed = new vscode.EventEmitter<FleetNode[] | undefined>();
  readonly #disposable: vscode.Disposable;
  /** The places that VS Code holds, by id: it knows a node again only as the same object. */
  readonly #places = new Map<string, Place>();
  /** What the tree shows. */
  #snapshot;
  /** Undefined until it is needed: the first date formatter of a process takes longer than all else at activation. */
  #read: Clock | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: FleetStore) {
    this.#store = store;
    this.#snapshot = store.snapshot;
    const timer = setInterval(() => this.#followTime(), pace);
    this.#disposable = vscode.Disposable.from(
      this.#changed,
      store.onDidChange((change) => this.#follow(change)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scaleSetMaintenance.hourCycle")) this.#showAnew();
      }),
      { dispose: () => clearInterval(timer) },
    );
  }

  getChildren(node?: FleetNode): FleetNode[] {
    return childrenOf(node, this.#snapshot, this.#clock).map((child) => this.#known(child));
  }

  getParent({ parent }: FleetNode): FleetNode | undefined {
    return parent && this.#known(parent);
  }

  getTreeItem(node: FleetNode): vscode.TreeItem {
    const view = viewOf(node, this.#snapshot, this.#clock);
    // A node that has just gone is asked for once more before its parent is refreshed.
    return view === undefined ? new vscode.TreeItem("") : treeItemOf(node, view);
  }

  resolveTreeItem(item: vscode.TreeItem, node: FleetNode): vscode.TreeItem {
    const view = viewOf(node, this.#snapshot, this.#clock);
    if (view !== undefined) item.tooltip = tooltipOf(view);
    return item;
  }

  /** The node of a configuration or scale set, to be revealed; undefined when the tree has none. */
  nodeOf(resourceId: string): FleetNode | undefined {
    const key = idKey(resourceId);
    const configuration = this.#snapshot.configurations.get(key);
    if (configuration !== undefined) return this.#known(configurationNode(configuration));
    const scaleSet = this.#snapshot.scaleSets.get(key);
    return scaleSet && this.#known(scaleSetNode(scaleSet));
  }

  dispose(): void {
    this.#disposable.dispose();
  }

  get #clock(): Clock {
    this.#read ??= clockNow();
    return this.#read;
  }

  #known(node: FleetNode): FleetNode {
    if ("view" in node) return node;
    const known = this.#places.get(node.id);
    if (known !== undefined) return known;
    this.#places.set(node.id, node);
    return node;
  }

  #follow({ ids }: FleetChange): void {
    const before = this.#snapshot;
    this.#snapshot = this.#store.snapshot;
    if (ids === "all") {
      this.#places.clear();
      this.#changed.fire(undefined);
    } else {
      this.#refresh(placesToRefresh(ids, before, this.#snapshot, this.#clock));
    }
  }

  #showAnew(): void {
    this.#read = clockNow();
    this.#changed.fire(undefined);
  }

  #followTime(): void {
    const before = this.#clock;
    this.#read = clockNow();
    this.#refresh(placesToRefreshInTime(this.#snapshot, before, this.#clock));
  }

  /** Nodes that VS Code has not asked for need no refresh. */
  #refresh(places: readonly Place[]): void {
    const known = places.flatMap(({ id }) => this.#places.get(id) ?? []);
    if (known.length > 0) this.#changed.fire(known);
  }
}
