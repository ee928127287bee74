import { message } from "../../core/text/message.ts";
import type { PlanPart, Picking } from "../../core/plans/plans.ts";
import { associate } from "../../core/plans/plans.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { scopeIn } from "./assignments.ts";

/** What a flow wants of one scale set, left out where what it has now is not known. */
export function associationPart(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  configuration: { readonly id: string },
  picking: Picking,
): PlanPart {
  if ("unknown" in set.assignments) return unknownAssignments(set);
  return associate(set, configuration, set.assignments.known, scopeIn(snapshot), picking);
}

export function unknownAssignments({ id, assignments }: ScaleSetRecord): PlanPart {
  const isLoading = "unknown" in assignments && assignments.unknown === "loading";
  const reason = isLoading
    ? message("Its associations are still loading. Try again in a moment.")
    : message("Couldn't load its associations. Refresh, then try again.");
  return leftOut(id, reason);
}

export const leftOut = (target: string, reason: PlanPart["leftOut"][number]["reason"]): PlanPart => ({
  changes: [],
  leftOut: [{ target, reason }],
  warnings: [],
});

export function together(parts: readonly PlanPart[]): PlanPart {
  return {
    changes: parts.flatMap(({ changes }) => changes),
    leftOut: parts.flatMap((part) => part.leftOut),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}
