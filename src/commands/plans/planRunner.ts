import type { Azure } from "../../azure/contracts.ts";
import { message } from "../../core/text/message.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import { applyPlan } from "../../fleet/plans/applyPlan.ts";
import { resumePlan } from "../../fleet/plans/interrupted.ts";
import type { Origin } from "../../fleet/plans/planFile.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { Failure } from "../../ui/failure.ts";
import { resultsOf } from "./shownPlan.ts";
import { withPlanProgress, type ProgressOptions } from "./planProgress.ts";
import { endPlan, type EndOptions } from "./planEnd.ts";
import type { Found, PlanKeeper } from "./planKeeper.ts";

export interface PlanRunnerOptions extends ProgressOptions, EndOptions {
  readonly store: FleetStore;
  keeper(): Promise<PlanKeeper>;
}

/** Applies plans under a progress that can be cancelled, keeps them in the journal and shows what became of them. */
export class PlanRunner {
  readonly #options: PlanRunnerOptions;

  constructor(options: PlanRunnerOptions) {
    this.#options = options;
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
      endPlan(this.#options, azure, { id: run.id, plan, results });
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
      endPlan(this.#options, azure, { id: run.id, plan, results });
    } finally {
      await run.close();
    }
  }
}

function takenByAnother() {
  return {
    kind: "conflict",
    summary: message("Another window was faster, or the plan has come to its end meanwhile."),
    wayOut: message("The Activity view shows how far it is."),
  } as const;
}
