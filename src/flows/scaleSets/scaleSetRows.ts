import { textAt } from "../../core/resources/json.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { configurationNames, osImageAssociations } from "../associations/assignments.ts";
import { group, type Choice, type Fact, type Row } from "../engine/question.ts";
import { partFacts, subscriptionName } from "./subscriptions.ts";

/** A scale set with what it has now, and a note: by default, what is wrong with it. */
export function scaleSetRow(snapshot: Snapshot, set: ScaleSetRecord, note = noteOf(set)): Choice {
  const location = textAt(set.resource, "location") ?? "";
  const place = verbatim(
    [set.resourceGroup, location, subscriptionName(snapshot, set.subscriptionId)].join(", "),
  );
  return {
    kind: "choice",
    value: set.id,
    icon: set.coverage.managedBy === undefined ? "server-environment" : "lock",
    label: verbatim(set.name),
    description: nowOf(snapshot, set),
    // The note comes first: VS Code cuts what does not fit on the line.
    detail: note === undefined ? place : message("{0} · {1}", note, place),
  };
}

/** What the description does not say already. */
function noteOf({ coverage: { managedBy, state, reasons } }: ScaleSetRecord): Message | undefined {
  if (managedBy !== undefined) return message("Managed by {0}", managedBy);
  return state === "broken" || state === "blocked" || state === "unknown" ? reasons[0] : undefined;
}

function nowOf(snapshot: Snapshot, set: ScaleSetRecord): Message {
  const upgrades = automaticUpgradesOf(set.resource) ? message("upgrades on") : message("upgrades off");
  if ("unknown" in set.assignments) {
    const why = set.assignments.unknown;
    return joined(", ", [
      why === "loading" ? message("loading configuration") : message("configuration unknown"),
      upgrades,
    ]);
  }
  const names = configurationNames(osImageAssociations(snapshot, set));
  return joined(", ", [names === "" ? message("no configuration") : verbatim(names), upgrades]);
}

/** One collator for all: `localeCompare` makes its own for each pair. */
const { compare } = new Intl.Collator();

/**
 * All of `sets` by subscription and name, after what keeps the list from being whole. Those of `first` stand before the others: among thousands
 * they would be out of sight.
 */
export function scaleSetRows(
  snapshot: Snapshot,
  sets: readonly ScaleSetRecord[],
  rowOf: (snapshot: Snapshot, set: ScaleSetRecord) => Choice = scaleSetRow,
  first: ReadonlySet<string> = new Set(),
): readonly Row[] {
  const grouped = (members: readonly ScaleSetRecord[]): readonly Row[] =>
    [...Map.groupBy(members, ({ subscriptionId }) => subscriptionName(snapshot, subscriptionId))]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .flatMap(([name, those]) => [
        group(verbatim(name)),
        ...those.toSorted((a, b) => compare(a.name, b.name)).map((set) => rowOf(snapshot, set)),
      ]);
  const nothing: Fact = {
    kind: "fact",
    icon: "info",
    label: message("No scale sets to choose from"),
  };
  return [
    ...partFacts(snapshot, "scaleSets"),
    ...(sets.length === 0 ? [nothing] : []),
    ...grouped(sets.filter(({ id }) => first.has(id))),
    ...grouped(sets.filter(({ id }) => !first.has(id))),
  ];
}
