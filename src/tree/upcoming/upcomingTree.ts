import * as vscode from "vscode";
import type { FleetChange } from "../../fleet/snapshot/changes.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { Sliced } from "../../core/slices.ts";
import { clockAfter } from "../clock.ts";
import { LiveTree } from "../liveTree.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import type { UpcomingNode } from "./node.ts";
import { pairsSetting, wantsPairs } from "./pairsSetting.ts";
import { nodesToRefresh } from "./refresh.ts";
import { stateAfter } from "./state.ts";
import type { State } from "./state.ts";

/** How often what is shown follows a fleet that is being read. */
const readingIntervalMs = 500;

/** The Upcoming Windows view: follows the store and the clock. */
export class UpcomingTree extends LiveTree<UpcomingNode, State> {
  readonly #store: FleetStore;
  readonly #opened = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: FleetStore) {
    super({ childrenOf, viewOf, refreshIntervalMs: 60_000 });
    this.#store = store;
    this.own(
      store.onDidChange((change) => this.#followStore(change)),
      { dispose: () => clearTimeout(this.#timer) },
      vscode.workspace.onDidChangeConfiguration((event) => {
        const isShown = ["scaleSetMaintenance.hourCycle", pairsSetting].some((one) =>
          event.affectsConfiguration(one),
        );
        if (isShown) void this.follow();
      }),
    );
  }

  override getChildren(node?: UpcomingNode): Promise<UpcomingNode[]> {
    if (node !== undefined) this.#opened.add(node.id);
    return super.getChildren(node);
  }

  protected override stateNow(before: State | undefined): Sliced<State> {
    return stateAfter(this.#store.snapshot, clockAfter(before?.clock), before, wantsPairs());
  }

  protected override differing(before: State, after: State) {
    return nodesToRefresh({ nodes: this.held.values(), opened: this.#opened }, before, after);
  }

  protected override showAll(state: State | undefined): void {
    this.#opened.clear();
    super.showAll(state);
  }

  /** While the fleet is read it changes many times a second, and each time any of thousands of windows may meet others. */
  #followStore({ ids }: FleetChange): void {
    if (ids === "all") return this.#forget();
    if (this.#store.snapshot.loading || this.shownSoFar?.isArriving === true)
      this.#timer ??= setTimeout(() => this.#followNow(), readingIntervalMs);
    else this.#followNow();
  }

  #followNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.follow();
  }

  /** Another fleet, which is looked through when VS Code asks for it: that of an earlier window is shown in the Fleet view first. */
  #forget(): void {
    if (this.shownSoFar !== undefined) this.showAll(undefined);
  }
}
