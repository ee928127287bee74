import { textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Change } from "./plan.ts";

/** Why a change can't be undone; undefined for those that can. For previews, as well as for the plan that undoes. */
export function whyNoInverse(change: Change): Message | undefined {
  return kindOf(change).whyNoInverse?.(change);
}

/** Ids of what a change was done to: of a deletion of a configuration, the assignments too that went with it. */
export function targetsOf({ target, takesAlong = [] }: Change): readonly string[] {
  return [...takesAlong.flatMap((assignment) => textAt(assignment, "id") ?? []), target];
}

/** What Azure may say to the inverse of a change of this kind for a while; undefined where nothing stands against it. */
export function inverseMayBeRefused(change: Pick<Change, "kind">): Message | undefined {
  return kindOf(change).inverseMayBeRefused;
}

/** The part of what a change left behind that undoing it compares with; undefined where there is nothing to compare. */
export function comparedByUndo(change: Change, readBack: JsonObject): JsonObject | undefined {
  return kindOf(change).comparedByUndo?.(change, readBack);
}
