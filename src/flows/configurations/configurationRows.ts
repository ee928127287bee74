import { joined, message, verbatim } from "../../core/text/message.ts";
import { scaleSetsInWords } from "../review/counts.ts";
import type { ConfigurationRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { group, type Choice, type Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { partFacts, subscriptionName } from "../scaleSets/subscriptions.ts";

/** The configurations that are `wanted`, by subscription and name, and what keeps the list from being whole. */
export function configurationRows(
  snapshot: Snapshot,
  wanted: (record: ConfigurationRecord) => boolean,
): readonly Row[] {
  const bySubscription = Map.groupBy(
    [...snapshot.configurations.values()].filter(wanted),
    ({ subscriptionId }) => subscriptionName(snapshot, subscriptionId),
  );
  return [
    ...[...bySubscription]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .flatMap(([name, members]) => [
        group(verbatim(name)),
        ...members.toSorted((a, b) => a.name.localeCompare(b.name)).map(configurationRow),
      ]),
    ...partFacts(snapshot, "configurations"),
  ];
}

function configurationRow({ id, name, resourceGroup, schedule, scaleSets }: ConfigurationRecord): Choice {
  const place = joined(", ", [verbatim(resourceGroup), scaleSetsInWords(scaleSets.length)]);
  const [problem] = schedule?.problems ?? [];
  return choice(id, problem === undefined ? "calendar" : "warning", verbatim(name), {
    description: schedule?.words,
    detail: problem === undefined ? place : message("{0} · {1}", problem.message, place),
  });
}
