import { sameConfiguration, withoutPeople } from "./configurationPlans.ts";
import { sameId } from "../resources/ids.ts";
import { isPatch, sameJson, shapedLike } from "./inverses.ts";
import { whyNotMadeAgain } from "./keeping.ts";
import type { JsonObject } from "../resources/json.ts";
import { configurationIdOf } from "../associations/link.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Change } from "./plan.ts";
import type { Now } from "./undo.ts";

/** A change to be made again, with what is there now as its `before`, or why it is not. */
export type Again = { readonly change: Change } | { readonly reason: Message };

/** What making a change again takes that failed or was not sent. */
export function again(change: Change, now: Now): Again {
  if (change.bodyNotKept) return { reason: whyNotMadeAgain() };
  if (typeof now === "object" && "unread" in now) return { reason: now.unread };
  const found = now === "gone" ? undefined : now.resource;
  switch (change.kind) {
    case "associate":
      return associatedAgain(change, found);
    case "dissociate":
      if (found === undefined) return { reason: message("The association is gone already.") };
      return { change: { ...change, before: withoutPeople(found) } };
    case "createConfiguration":
      return found === undefined
        ? { change }
        : { reason: message("A configuration of this name is there already.") };
    case "updateConfiguration":
    case "deleteConfiguration":
      return ofConfiguration(change, found);
    default:
      return isPatch(change.kind) ? patchedAgain(change, found) : { change };
  }
}

function associatedAgain(change: Change, found: JsonObject | undefined): Again {
  if (found === undefined) {
    const { before: _, ...anew } = change;
    return { change: anew };
  }
  const wanted = configurationIdOf(change.after ?? {}) ?? "";
  if (sameId(wanted, configurationIdOf(found) ?? "")) return { reason: message("It is done already.") };
  return { change: { ...change, before: withoutPeople(found) } };
}

function ofConfiguration(change: Change, found: JsonObject | undefined): Again {
  if (found === undefined) {
    return {
      reason:
        change.kind === "deleteConfiguration"
          ? message("The configuration is gone already.")
          : message("The configuration is gone."),
    };
  }
  if (change.before !== undefined && sameConfiguration(change.before, found)) return { change };
  return { reason: message("It was changed in Azure since: start from what it has now.") };
}

function patchedAgain(change: Change, found: JsonObject | undefined): Again {
  if (found === undefined) return { reason: message("The scale set is gone.") };
  const { after = {} } = change;
  const before = shapedLike(found, after);
  if (sameJson(before, after)) return { reason: message("It is done already.") };
  return { change: { ...change, before } };
}
