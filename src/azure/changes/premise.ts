import type { Condition } from "../../core/plans/change.ts";
import type { Seen, Standing } from "../../core/plans/kinds/kind.ts";
import { withoutPeople } from "../../core/plans/kinds/configuration.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import { mayRepeat } from "../../core/plans/kinds/natures.ts";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { idKey, isConfigurationId, nameOf, nameWithSet, sameId } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { Looks } from "./looks.ts";

/** What a look right before a change is sent says. */
export type Premise =
  /** It is to be sent, as `change` now says. */
  | {
      readonly change: Change;
      readonly etag: string | undefined;
      readonly seen: Seen;
      /** Whether the list of associations was seen to lag: it may go on to show what was so before. */
      readonly isListBehind: boolean;
    }
  /** Nothing is to be sent. */
  | { readonly outcome: Outcome };

/**
 * Looks right before a change is sent whether what it replaces is still as it was reviewed, and whether what it is provided with holds.
 * Rejects where that cannot be read: what cannot be read cannot be excluded.
 */
export async function premiseOf(looks: Looks, change: Change, signal: AbortSignal): Promise<Premise> {
  const kind = kindOf(change);
  const subject = kind.subject(change);
  // A removal is final: it gets a look of its own, which its conditions share.
  if (!mayRepeat(change)) looks.forget(subject);
  const isNew = (id: string) => !mayRepeat(change) && !idKey(id).startsWith(idKey(subject));
  const { seen, standing, isListBehind } = await lookAt(looks, change, signal);
  if (standing === "after") {
    const readBack = kind.readBack(seen);
    return { outcome: { status: "done", ...(readBack && { readBack }) } };
  }
  if (standing === "other") return { outcome: changedBySomeoneElse(change, seen, false) };
  const { provided = [] } = change;
  const verdicts = await Promise.all(
    provided.map((condition) => whyBroken(looks, condition, signal, isNew(condition.id))),
  );
  const broken = verdicts.find((verdict) => verdict !== undefined);
  if (broken !== undefined) return { outcome: conflict(broken, false) };
  const sent = (kind.asSent?.(change, seen) ?? change) as Change;
  return { change: sent, etag: textAt(seen.resource, "etag"), seen, isListBehind };
}

/** A list may show what was so before an earlier change: what speaks against sending counts only where the association itself says it too. */
async function lookAt(
  looks: Looks,
  change: Change,
  signal: AbortSignal,
): Promise<{ readonly seen: Seen; readonly standing: Standing; readonly isListBehind: boolean }> {
  const kind = kindOf(change);
  const seen = await looks.at(change, kind.premiseReads, signal);
  const listed = kind.premise(change, seen);
  if (listed === "before" || !("association" in seen)) return { seen, standing: listed, isListBehind: false };
  const asked = { ...seen, association: await looks.associationItself(change.target, signal) };
  const standing = kind.premise(change, asked);
  return { seen: asked, standing, isListBehind: standing !== listed };
}

/** Someone else has written what the change was about. `wasSent`: after ours, or before it was sent. */
export function changedBySomeoneElse(change: Change, seen: Seen, wasSent: boolean): Outcome {
  const [now] = Object.values(seen);
  const compare = {
    before: withoutPeople(change.before ?? {}),
    now: withoutPeople(now ?? {}),
  };
  const name = verbatim(nameWithSet(change.target));
  const why = wasSent ? undefined : kindOf(change).whyOther?.(change, seen);
  if (why !== undefined) return conflict(why, wasSent, compare);
  const summary =
    now === undefined
      ? message("{0} no longer exists.", name)
      : message("Someone else changed {0} after your review.", name);
  return conflict(summary, wasSent, now && compare);
}

function conflict(
  summary: Message,
  wasSent: boolean,
  compare?: { readonly before: JsonObject; readonly now: JsonObject },
): Outcome {
  return {
    status: "changedBySomeoneElse",
    wasSent,
    problem: {
      kind: "conflict",
      summary,
      wayOut: wayOutOf(wasSent, compare !== undefined),
      ...(compare && { compare }),
    },
  };
}

function wayOutOf(wasSent: boolean, hasBoth: boolean): Message {
  const review = hasBoth
    ? message("Compare both values, then review the change again.")
    : message("Review the change again.");
  return wasSent ? review : joined(" ", [message("Nothing was sent."), review]);
}

/** Why a condition does not hold; undefined where it does. */
async function whyBroken(
  looks: Looks,
  condition: Condition,
  signal: AbortSignal,
  isNew: boolean,
): Promise<Message | undefined> {
  const name = verbatim(nameWithSet(condition.id));
  switch (condition.is) {
    case "gone":
      return (await looks.resource(condition.id, signal, { isNew })) === undefined
        ? undefined
        : message("{0} exists again.", name);
    case "there":
      // One look at a configuration serves all sets that move to it.
      return (await looks.resource(condition.id, signal, {
        isNew: isNew && !isConfigurationId(condition.id),
      })) === undefined
        ? message("{0} no longer exists.", name)
        : undefined;
    case "off": {
      const found = await looks.resource(condition.id, signal, { isNew });
      return found !== undefined && automaticUpgradesOf(found)
        ? message("Automatic OS upgrades of {0} are on. It would have no window.", name)
        : undefined;
    }
    case "associated": {
      const found = await looks.resource(condition.id, signal, { isNew });
      if (found !== undefined && sameId(configurationIdOf(found) ?? "", condition.configurationId))
        return undefined;
      const configuration = nameOf(condition.configurationId);
      return found === undefined
        ? message("The association {0} with {1} no longer exists.", name, configuration)
        : message("The association {0} no longer uses {1}.", name, configuration);
    }
    case "unused":
      return whyUsed(looks, condition, signal);
  }
}

async function whyUsed(
  looks: Looks,
  { id, named, scaleSets }: Extract<Condition, { is: "unused" }>,
  signal: AbortSignal,
): Promise<Message | undefined> {
  const shown = await looks.associatedSets(id, signal);
  const asked = [...new Map([...scaleSets, ...shown].map((set) => [set.toLowerCase(), set])).values()];
  const others = await Promise.all(
    asked.map(async (set) => {
      const assignments = (await looks.assignments(set, signal, { isNew: true })) ?? [];
      return assignments.some(
        (assignment) =>
          sameId(configurationIdOf(assignment) ?? "", id) &&
          !named.some((known) => sameId(known, textAt(assignment, "id") ?? "")),
      )
        ? [nameOf(set)]
        : [];
    }),
  );
  const names = others.flat();
  return names.length === 0
    ? undefined
    : message(
        "{0} has scale sets that weren't in your review: {1}.",
        nameOf(id),
        names.slice(0, 5).join(", "),
      );
}
