import { configurationIdOf } from "../associations/link.ts";
import { isAssignmentId } from "../resources/ids.ts";
import { textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Change, ChangeResult } from "./plan.ts";

/** Why a change can't be undone; undefined for those that can. For previews, as well as for the plan that undoes. */
export function whyNoInverse(change: Change): Message | undefined {
  return kindOf(change).whyNoInverse?.(change);
}

/** Whether there is something to take back of a change: it was done, and its values before are known. What is there now decides on the rest. */
export function isUndoable({ change, outcome }: ChangeResult): boolean {
  return outcome.status === "done" && change.bodyNotKept === undefined && whyNoInverse(change) === undefined;
}

/**
 * Ids of what is read before a change is undone: what it was done to, of a deletion of a configuration the assignments too that went with it,
 * and the configuration that an association led to before.
 */
export function readByUndo({ target, before = {}, takesAlong = [] }: Change): readonly string[] {
  const associations = takesAlong.flatMap((assignment) => textAt(assignment, "id") ?? []);
  const configuration = isAssignmentId(target) ? configurationIdOf(before) : undefined;
  return [...associations, target, ...(configuration === undefined ? [] : [configuration])];
}

/** What Azure may say to the inverse of a change of this kind for a while; undefined where nothing stands against it. */
export function inverseMayBeRefused(change: Pick<Change, "kind">): Message | undefined {
  return kindOf(change).inverseMayBeRefused;
}

/** The part of what a change left behind that undoing it compares with; undefined where there is nothing to compare. */
export function comparedByUndo(change: Change, readBack: JsonObject): JsonObject | undefined {
  return kindOf(change).comparedByUndo?.(change, readBack);
}
