import { idKey, nameOf } from "../../core/resources/ids.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "../review/counts.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Fact } from "../engine/question.ts";
import { fact } from "../engine/rows.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";

/** The scale sets whose upgrades configurations control, over all subscriptions. */
export interface Dependants {
  readonly sets: readonly ScaleSetRecord[];
  /** Why there may be more of them than are known. */
  readonly gaps: readonly Message[];
}

export function dependantsOf(snapshot: Snapshot, ...configurationIds: readonly string[]): Dependants {
  const keys = new Set(
    configurationIds.flatMap((id) => snapshot.configurations.get(idKey(id))?.scaleSets ?? []),
  );
  const sets = [...keys].flatMap((key) => snapshot.scaleSets.get(key) ?? []);
  return { sets, gaps: gapsOf(snapshot) };
}

/** A row for how many there are, one for each subscription with all their names, and one for each gap. */
export function dependantRows(snapshot: Snapshot, { sets, gaps }: Dependants): readonly Fact[] {
  const bySubscription = Map.groupBy(sets, ({ subscriptionId }) =>
    subscriptionName(snapshot, subscriptionId),
  );
  const rows = [...bySubscription]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, members]) =>
      fact(
        "server-environment",
        message("{0}: {1}", name, members.length),
        verbatim(sortedNames(members).join(", ")),
      ),
    );
  const none = fact("info", noneInWords());
  const total = fact(
    "layers",
    message("{0} in {1} subscriptions", scaleSetsInWords(sets.length), rows.length),
  );
  const all = rows.length > 1 ? [total, ...rows] : rows;
  return [...(rows.length === 0 ? [none] : all), ...gaps.map((gap) => fact("warning", gap))];
}

/** The same of each of several configurations, which the user wants to tell apart: a row for each, with all its sets. */
export function rowsByConfiguration(
  snapshot: Snapshot,
  configurationIds: readonly string[],
): readonly Fact[] {
  return configurationIds.map((id) => {
    const { sets } = dependantsOf(snapshot, id);
    const names = sets.length === 0 ? noneInWords() : verbatim(sortedNames(sets).join(", "));
    return fact("calendar", message("{0}: {1}", nameOf(id), sets.length), names);
  });
}

function noneInWords(): Message {
  return message("No scale sets found");
}

/** How many names a sentence has room for. */
const maxShownNames = 30;

/** The names for a sentence; of very many the first. */
export function namesOf(sets: readonly ScaleSetRecord[]): string {
  const names = sortedNames(sets);
  const more = names.length - maxShownNames;
  return more > 0 ? `${names.slice(0, maxShownNames).join(", ")}, … (+${more})` : names.join(", ");
}

const sortedNames = (sets: readonly ScaleSetRecord[]) =>
  sets.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));

function gapsOf(snapshot: Snapshot): readonly Message[] {
  const { hiddenSubscriptions, failedTenants } = snapshot;
  const unread = [...snapshot.scaleSets.values()].filter(({ assignments }) => "unknown" in assignments);
  const unlisted = [...snapshot.subscriptions.values()].filter(
    ({ scaleSets }) => scaleSets.state !== "ready",
  );
  const reasons = [
    ...(unread.length === 0 ? [] : [message("Couldn't load associations of {0}", namesOf(unread))]),
    ...unlisted.map(({ subscription: { displayName }, scaleSets }) =>
      scaleSets.state === "loading"
        ? message("Still loading scale sets of {0}", displayName)
        : message("Couldn't load scale sets of {0}", displayName),
    ),
    ...failedTenants.map(({ displayName }) => message("Couldn't load subscriptions of {0}", displayName)),
    ...(hiddenSubscriptions === 0 ? [] : [message("Your filter hides subscriptions")]),
  ];
  return reasons.map((reason) => message("The list may be incomplete. {0}", reason));
}
