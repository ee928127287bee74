import type { Azure } from "../azure/contracts.ts";
import type { ChangeResult, Plan } from "../core/plan.ts";
import { showPlanResults } from "../ui/planResults.ts";
import type { Tools } from "./tools.ts";

/** What follows when a plan has been applied: it is told and kept, and the upgrades that it began are followed. */
export function endPlan(tools: Tools, { origin }: Azure, plan: Plan, results: readonly ChangeResult[]): void {
  tools.plans.add({ at: new Date().toISOString(), origin, plan, results });
  showPlanResults(tools, plan, results, origin);
  tools.upgrades.took(results);
}
