import * as vscode from "vscode";
import type { IdKey } from "../core/resources/ids.ts";
import { RepeatedRun } from "../core/repeatedRun.ts";
import { atOnce, inSlices, inTurn } from "../core/slices.ts";
import type { Sliced } from "../core/slices.ts";
import { tooltipOf, treeItemOf } from "./treeItem.ts";
import type { TreeNode } from "./treeNode.ts";
import type { NodeView } from "./view.ts";

/** How the nodes of a view follow from the state that it shows. */
export interface Projection<Node, State> {
  /** The nodes below `node`, those at the root without one. */
  childrenOf(node: Node | undefined, state: State): readonly Node[];
  /** What a node shows; undefined when the state has its subject no more. */
  viewOf(node: Node, state: State): NodeView | undefined;
}

export interface LiveTreeOptions<Node, State> extends Projection<Node, State> {
  /** How often what the view says of time is brought up to date. */
  readonly refreshIntervalMs: number;
}

/** A node that is looked up in each state; the others carry what they show and are made with their parent. */
type Lasting<Node> = Exclude<Node, { readonly view: NodeView }>;

/** A view whose nodes are projections of a state: it follows the clock, and refreshes the nodes that differ. */
export abstract class LiveTree<Node extends TreeNode & { readonly parent: Node | undefined }, State>
  implements vscode.TreeDataProvider<Node>, vscode.Disposable
{
  readonly #projection: Projection<Node, State>;
  readonly #changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly #owned: vscode.Disposable[] = [this.#changed];
  /** The nodes that VS Code holds, by id: it knows one again only as the same object. */
  readonly #held = new Map<string, Lasting<Node>>();
  #state: State | undefined;
  readonly #following = new RepeatedRun(() => this.#next());
  #isDisposed = false;
  readonly onDidChangeTreeData = this.#changed.event;

  protected constructor({ refreshIntervalMs, ...projection }: LiveTreeOptions<Node, State>) {
    this.#projection = projection;
    const timer = setInterval(() => void this.follow(), refreshIntervalMs);
    this.own({ dispose: () => clearInterval(timer) });
  }

  async getChildren(node?: Node): Promise<Node[]> {
    for (;;) {
      while (this.#state === undefined) {
        if (this.#isDisposed) return [];
        await this.#catchUp();
      }
      const state = this.#state;
      await inSlices(this.prepared(node, state));
      // Another may have been shown meanwhile.
      if (this.#state === state)
        return this.#projection.childrenOf(node, state).map((child) => this.hold(child));
    }
  }

  getParent({ parent }: Node): Node | undefined {
    return parent && this.hold(parent);
  }

  /** VS Code asks for all nodes below one at once. */
  getTreeItem(node: Node): Promise<vscode.TreeItem> {
    return inTurn(() => {
      const view = this.#projection.viewOf(node, this.shown);
      // A node that has just gone is asked for again before its parent is refreshed.
      return view === undefined ? new vscode.TreeItem("") : treeItemOf(node, view);
    });
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const view = this.#projection.viewOf(node, this.shown);
    if (view !== undefined) item.tooltip = tooltipOf(view);
    return item;
  }

  /**
   * Shows what there is now, once that is worked out; what changes meanwhile is shown after it. `isOther` where what is being worked out is
   * not wanted any more. Resolves when nothing is left to be shown.
   */
  async follow(isOther = false): Promise<void> {
    if (this.#state !== undefined || this.#following.isRunning) await this.#catchUp(isOther);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#following.end();
    vscode.Disposable.from(...this.#owned).dispose();
  }

  /** What the view would show now, where it showed `before`. */
  protected abstract stateNow(before: State | undefined): Sliced<State>;

  /** The nodes to refresh, children included, so that VS Code shows `after` where it showed `before`; `all` when the roots are others. */
  protected abstract differing(before: State, after: State): Sliced<readonly Node[] | "all">;

  /** Does what takes long of the nodes below `node` before they are asked for. */
  protected *prepared(_node: Node | undefined, _state: State): Sliced<void> {}

  /** What the view shows, worked out when VS Code first asks for it. */
  protected get shown(): State {
    this.#state ??= atOnce(this.stateNow(undefined));
    return this.#state;
  }

  /**
   * What the view shows; undefined until it was shown, so that a view that is never opened costs nothing: the first date formatter of a
   * process takes longer than all else at activation.
   */
  protected get shownSoFar(): State | undefined {
    return this.#state;
  }

  protected get held(): ReadonlyMap<string, Lasting<Node>> {
    return this.#held;
  }

  /** The node as VS Code holds it. */
  protected hold(node: Node): Node {
    if ("view" in node) return node;
    const held = this.#held.get(node.id);
    if (held !== undefined && isSame(held, node)) return held;
    this.#held.set(node.id, node as Lasting<Node>);
    return node;
  }

  /** Shows another state by refreshing `nodes`: those that VS Code holds, since it has not asked for the others. */
  protected show(state: State | undefined, nodes: readonly Node[] | "all"): void {
    this.#state = state;
    if (nodes === "all") return this.#changed.fire(undefined);
    const held = nodes.flatMap(({ id }) => this.#held.get(id) ?? []);
    if (held.length > 0) this.#changed.fire(held);
  }

  /** Shows another state of which no node is one of those before. */
  protected showAll(state: State | undefined): void {
    this.#held.clear();
    this.show(state, "all");
  }

  async #catchUp(isOther = false): Promise<void> {
    try {
      await this.#following.run(isOther);
    } catch (error) {
      if (!this.#isDisposed) throw error;
    }
  }

  *#next(): Sliced<void> {
    const before = this.#state;
    const after = yield* this.stateNow(before);
    const nodes = before === undefined ? [] : yield* this.differing(before, after);
    if (nodes === "all") this.showAll(after);
    else this.show(after, nodes);
  }

  /** Disposes of these together with the view. */
  protected own(...disposables: readonly vscode.Disposable[]): void {
    this.#owned.push(...disposables);
  }
}

interface Linked {
  readonly id: string;
  readonly parent: { readonly id: string } | undefined;
  readonly leadsTo?: IdKey;
}

function isSame(held: Linked, node: Linked): boolean {
  return held.parent?.id === node.parent?.id && held.leadsTo === node.leadsTo;
}
