import * as vscode from "vscode";
import { clockNow } from "../clock.ts";
import { tooltipOf, treeItemOf } from "../treeItem.ts";
import type { Clock } from "../view.ts";
import type { ActivityNode } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import { nodesToRefresh } from "./refresh.ts";
import type { ActivityState } from "./state.ts";

/** How often, in milliseconds, what the view says of time is brought up to date. */
const pace = 30_000;

/** The Activity view: follows what changes and the clock, and refreshes the lines that differ. */
export class ActivityTree implements vscode.TreeDataProvider<ActivityNode>, vscode.Disposable {
  readonly #stateAt: (clock: Clock) => ActivityState;
  readonly #changed = new vscode.EventEmitter<ActivityNode[] | undefined>();
  readonly #timer = setInterval(() => this.follow(), pace);
  /** The nodes that VS Code holds, by id: it knows one again only as the same object. */
  readonly #nodes = new Map<string, ActivityNode>();
  /** What the view shows; undefined until it was shown, so that a view that is never opened costs nothing. */
  #state: ActivityState | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(stateAt: (clock: Clock) => ActivityState) {
    this.#stateAt = stateAt;
  }

  getChildren(node?: ActivityNode): ActivityNode[] {
    return childrenOf(node, this.#shown).map((child) => this.#known(child));
  }

  getParent({ parent }: ActivityNode): ActivityNode | undefined {
    return parent && this.#known(parent);
  }

  getTreeItem(node: ActivityNode): vscode.TreeItem {
    const view = viewOf(node, this.#shown);
    // A node that has just gone is asked for once more before its parent is refreshed.
    return view === undefined ? new vscode.TreeItem("") : treeItemOf(node, view);
  }

  resolveTreeItem(item: vscode.TreeItem, node: ActivityNode): vscode.TreeItem {
    const view = viewOf(node, this.#shown);
    if (view !== undefined) item.tooltip = tooltipOf(view);
    return item;
  }

  /** Shows what there is now. */
  follow(): void {
    const before = this.#state;
    if (before === undefined) return;
    const after = this.#stateAt(clockNow());
    this.#state = after;
    const nodes = nodesToRefresh(this.#nodes.values(), before, after);
    if (nodes === "all") {
      this.#nodes.clear();
      this.#changed.fire(undefined);
    } else if (nodes.length > 0) this.#changed.fire([...nodes]);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#changed.dispose();
  }

  get #shown(): ActivityState {
    this.#state ??= this.#stateAt(clockNow());
    return this.#state;
  }

  #known(node: ActivityNode): ActivityNode {
    if (node.kind === "activityLine") return node;
    const known = this.#nodes.get(node.id);
    if (known !== undefined && leadsTo(known) === leadsTo(node)) return known;
    this.#nodes.set(node.id, node);
    return node;
  }
}

const leadsTo = ({ leadsTo: key }: ActivityNode) => key;
