import * as vscode from "vscode";
import type { FleetStore } from "../../fleet/store.ts";
import type { Sliced } from "../../core/slices.ts";
import { clockAfter } from "../clock.ts";
import { LiveTree } from "../liveTree.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import type { UpcomingNode } from "./node.ts";
import { nodesToRefresh } from "./refresh.ts";
import { stateAfter } from "./state.ts";
import type { State } from "./state.ts";

/** The Upcoming Windows view: follows the store and the clock. */
export class UpcomingTree extends LiveTree<UpcomingNode, State> {
  readonly #store: FleetStore;
  readonly #opened = new Set<string>();

  constructor(store: FleetStore) {
    super({ childrenOf, viewOf, refreshIntervalMs: 60_000 });
    this.#store = store;
    this.own(
      store.onDidChange(({ ids }) => void (ids === "all" ? this.#forget() : this.follow())),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scaleSetMaintenance.hourCycle")) void this.follow();
      }),
    );
  }

  override getChildren(node?: UpcomingNode): Promise<UpcomingNode[]> {
    if (node !== undefined) this.#opened.add(node.id);
    return super.getChildren(node);
  }

  protected override stateNow(before: State | undefined): Sliced<State> {
    return stateAfter(this.#store.snapshot, clockAfter(before?.clock), before);
  }

  protected override differing(before: State, after: State) {
    return nodesToRefresh({ nodes: this.held.values(), opened: this.#opened }, before, after);
  }

  protected override showAnew(state: State | undefined): void {
    this.#opened.clear();
    super.showAnew(state);
  }

  /** Another fleet, which is looked through when VS Code asks for it: that of an earlier window is shown in the Fleet view first. */
  #forget(): void {
    if (this.shownSoFar !== undefined) this.showAnew(undefined);
  }
}
