import type { Change } from "./plan.ts";
import { kindOf } from "./kinds/kinds.ts";

/** The resource that a change is about: for what is done to a scale set, its associations included, the set. */
export function subjectOf(change: Pick<Change, "kind" | "target">): string {
  return kindOf(change).subject({ id: "", title: { template: "", args: [] }, needs: [], ...change });
}
