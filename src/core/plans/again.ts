import { whyNotMadeAgain } from "./keeping.ts";
import type { Message } from "../text/message.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Change } from "./plan.ts";
import type { Now } from "./undo.ts";

/** A change to be made again, with what is there now as its `before`, or why it is not. */
export type Again = { readonly change: Change } | { readonly reason: Message };

/** What making a change again takes that failed or was not sent. */
export function again(change: Change, now: Now): Again {
  if (change.bodyNotKept) return { reason: whyNotMadeAgain() };
  if (typeof now === "object" && "unread" in now) return { reason: now.unread };
  const made = kindOf(change).again?.(change, now === "gone" ? undefined : now.resource) ?? change;
  return "reason" in made ? made : { change: made as Change };
}
