import type { Change } from "../../core/plans/plan.ts";
import { waitsFor } from "../../core/plans/waiting.ts";

/**
 * The changes one after the other: in the order of the plan, but for what others need, which stands before them. Undefined where they need
 * each other in a circle, or one that is not among them.
 */
export function inOrder(changes: readonly Change[]): readonly Change[] | undefined {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const ordered = new Set<Change>();
  const below = new Set<Change>();
  for (const first of changes) {
    const path = [first];
    for (let change = path.at(-1); change !== undefined; change = path.at(-1)) {
      below.add(change);
      let missing: Change | undefined;
      if (!ordered.has(change)) {
        for (const id of waitsFor(change)) {
          const need = byId.get(id);
          if (need === undefined) return undefined;
          if (!ordered.has(need)) missing ??= need;
        }
      }
      if (missing === undefined) {
        ordered.add(change);
        below.delete(change);
        path.pop();
      } else if (below.has(missing)) return undefined;
      else path.push(missing);
    }
  }
  return [...ordered];
}
