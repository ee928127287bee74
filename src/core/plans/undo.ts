import type { JsonObject } from "../resources/json.ts";
import { message, type Message } from "../text/message.ts";
import { whyNoInverse } from "./inverses.ts";
import { dissociate } from "./kinds/dissociate.ts";
import type { Circumstances, Inverse as InverseOf } from "./kinds/kind.ts";
import { type ChangeKind, kindOf } from "./kinds/kinds.ts";
import { notRead } from "./kinds/configuration.ts";
import { startAgain } from "../windows/pausing.ts";
import type { Change, ChangeResult } from "./plan.ts";

/** What a direct read shows of a change's target now. */
export type Now =
  | { readonly resource: JsonObject }
  | "gone"
  /** It could not be read, for this reason. */
  | { readonly unread: Message };

/** What undoing one change takes. */
export type Inverse = InverseOf<ChangeKind>;

/** The assignments that Azure removed with a configuration, as if each had been removed on its own. */
export function removedWith({ change, outcome }: ChangeResult): readonly ChangeResult[] {
  return (change.takesAlong ?? []).map((assignment) => ({ change: dissociate(assignment), outcome }));
}

/** What takes a change back that was done. `left`: what it left behind, as `comparedByUndo` kept it. */
export function inverseOf(
  done: Change,
  left: JsonObject | undefined,
  now: Now,
  circumstances: Circumstances,
): Inverse {
  const reason = whyNoInverse(done);
  if (reason !== undefined) return { reason };
  if (done.bodyNotKept) return { reason: notSaved() };
  if (typeof now === "object" && "unread" in now) return { reason: now.unread };
  const found = now === "gone" ? undefined : now.resource;
  // A kind takes its changes back by kinds of this list.
  const inverse = kindOf(done).inverse?.(done, left, found, { ...circumstances, startAgain }) as
    | Inverse
    | undefined;
  return inverse ?? { reason: notRead() };
}

function notSaved(): Message {
  return message(
    "Its values weren't saved, because they may contain a secret. Change them back with their command.",
  );
}
