import type { Sliced } from "../../core/slices.ts";
import { clockNow } from "../clock.ts";
import { LiveTree } from "../liveTree.ts";
import type { Clock } from "../view.ts";
import type { ActivityNode } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import { nodesToRefresh } from "./refresh.ts";
import type { ActivityState } from "./state.ts";

/** The Activity view: its owner says when something other than the time has changed. */
export class ActivityTree extends LiveTree<ActivityNode, ActivityState> {
  readonly #stateAt: (clock: Clock) => ActivityState;

  constructor(stateAt: (clock: Clock) => ActivityState) {
    super({ childrenOf, viewOf, refreshIntervalMs: 30_000 });
    this.#stateAt = stateAt;
  }

  // oxlint-disable-next-line require-yield
  protected override *stateNow(): Sliced<ActivityState> {
    return this.#stateAt(clockNow());
  }

  protected override *differing(before: ActivityState, after: ActivityState) {
    return yield* nodesToRefresh(this.held.values(), before, after);
  }
}
