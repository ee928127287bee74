import type { Azure } from "../../azure/contracts.ts";
import { message } from "../../core/text/message.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import { applyPlan } from "../../fleet/plans/applyPlan.ts";
import { resumePlan } from "../../fleet/plans/interrupted.ts";
import type { PlanBoard } from "../../fleet/plans/planBoard.ts";
import type { Origin } from "../../fleet/plans/planFile.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { Failure } from "../../ui/failure.ts";
import { Gathered } from "../../ui/gathered.ts";
import { resultsOf } from "./shownPlan.ts";
import { withPlanProgress, type ProgressOptions } from "./planProgress.ts";
import { type EndedPlan, type EndOptions, tellPlans } from "./planEnd.ts";
import type { Found, PlanKeeper } from "./planKeeper.ts";

export interface PlanRunnerOptions extends ProgressOptions, EndOptions {
  readonly store: FleetStore;
  readonly board: Pick<PlanBoard, "plans">;
  keeper(): Promise<PlanKeeper>;
}

/** Applies plans under a progress that can be cancelled, keeps them in the journal and shows what became of them. */
export class PlanRunner {
  readonly #options: PlanRunnerOptions;
  readonly #ends: Gathered<EndedPlan>;

  constructor(options: PlanRunnerOptions) {
    this.#options = options;
    this.#ends = new Gathered({
      forMs: gatherMs,
      isMoreExpected: () => {
        const ended = new Set(this.#ends.waiting.map(({ id }) => id));
        return options.board.plans.some(({ id, state }) => state === "here" && !ended.has(id));
      },
      tell: (plans) => tellPlans(options, plans),
    });
  }

  dispose(): void {
    this.#ends.dispose();
  }

  /** Applies a confirmed plan. `from`: the earlier plan that it retries or undoes. */
  async apply(azure: Azure, plan: Plan, from: Origin = {}): Promise<readonly ChangeResult[]> {
    const { store, keeper } = this.#options;
    const run = await (await keeper()).begin(azure, plan, from);
    try {
      const results = await withPlanProgress(
        this.#options,
        azure,
        plan,
        (options) => applyPlan(azure, store, plan, { ...options, run }),
        { onCancelling: run.cancelling },
      );
      this.#end({ id: run.id, plan, results, origin: azure.origin });
      return results;
    } finally {
      await run.close();
    }
  }

  /** Becomes the owner of an interrupted plan and brings it to its end. Throws Failure where another window was faster. */
  async takeOver(azure: Azure, found: Found): Promise<void> {
    const { store, keeper } = this.#options;
    const taken = await (await keeper()).takeOver(found);
    if (taken === undefined) throw new Failure(takenByAnother());
    const { run, plan: kept } = taken;
    const { plan } = kept;
    try {
      const results = await withPlanProgress(
        this.#options,
        azure,
        plan,
        (options) => resumePlan(azure, store, kept, run, options),
        { known: resultsOf(kept), onCancelling: run.cancelling },
      );
      this.#end({ id: run.id, plan, results, origin: azure.origin });
    } finally {
      await run.close();
    }
  }

  /** Follows the upgrades that the plan started, refreshes the fleet, and reports the end, possibly together with others. */
  #end(ended: EndedPlan): void {
    this.#ends.add(ended);
    this.#options.upgrades.took(ended.results);
    this.#options.refreshing.soon();
  }
}

/** How long the ends of plans are gathered while others run in this window, in milliseconds. */
const gatherMs = 3000;

function takenByAnother() {
  return {
    kind: "conflict",
    summary: message("Another window took over these changes, or they have finished."),
    wayOut: message("See the Activity view."),
  } as const;
}
