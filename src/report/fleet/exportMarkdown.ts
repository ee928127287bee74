import { coverageName } from "../../core/associations/coverageInWords.ts";
import { message, sentence } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { codeSpan, escapeInline, markdownTable, tableRow } from "../../ui/markdown.ts";
import { isoInZone } from "../../core/text/zonedTime.ts";
import { aboutIn } from "./about.ts";
import type { Exported, ExportedSet, Parts } from "./exported.ts";
import { isFiltered } from "./table.ts";
import type { ReportWording } from "./wording.ts";

/** The report for a ticket or a wiki: what stands in it came from Azure and is text, whatever it looks like. */
export function* reportMarkdown(exported: Exported): Parts {
  const { snapshot, now, view, wording, totals, needs, images, sets } = exported;
  const iso = (instant: string) => isoInZone(instant, wording.zone);
  const text = (words: Message) => escapeInline(wording.say(words));
  const { states, own, others } = totals;
  const bold = (name: string, count: number) => `- **${escapeInline(name)}**: ${count}`;
  yield `${[
    `# ${text(message("Fleet Report"))}`,
    ...(snapshot.origin === "sandbox" ? [`*${text(message("Sandbox: sample data"))}*`] : []),
    [...aboutIn(snapshot, wording, iso), { term: wording.say(message("Created")), text: iso(now) }]
      .map(({ term, text: fact }) => `- **${escapeInline(term)}**: ${escapeInline(fact)}`)
      .join("\n"),
    ...(snapshot.loading || snapshot.problem !== undefined
      ? [`*${text(message("The fleet isn't fully loaded"))}*`]
      : []),
    `## ${text(message("At a glance"))}`,
    text(own === 1 ? message("1 scale set you manage") : message("{0} scale sets you manage", own)),
    states.map(({ name, count }) => bold(name, count)).join("\n"),
    ...(others.length === 0
      ? []
      : [
          `${text(message("Managed by other services"))}:`,
          others.map(({ service, count }) => bold(service, count)).join("\n"),
        ]),
    `## ${text(message("What needs attention first"))}`,
    needs.map(({ title, count, meaning }) => `${bold(title, count)}. ${escapeInline(meaning)}`).join("\n") ||
      text(message("Nothing needs your attention")),
    `## ${text(message("Image versions"))}`,
    [
      [sentence(message("behind the latest image")), images.behind] as const,
      [sentence(message("the latest")), images.current] as const,
      [message("Unknown"), images.unknown] as const,
      [sentence(message("not checked")), images.unchecked] as const,
    ]
      .map(([name, count]) => bold(wording.say(name), count))
      .join("\n"),
    `## ${text(message("Scale sets"))}`,
    ...(isFiltered(view)
      ? [text(message("{0} of {1} scale sets", sets.length, snapshot.scaleSets.size))]
      : []),
    tableHead(wording),
  ].join("\n\n")}\n`;
  for (const set of sets) yield `${tableRow(cellsOf(set, wording))}\n`;
}

function tableHead({ say }: ReportWording): string {
  const heads = [
    message("Scale set"),
    message("State"),
    message("Why"),
    message("Configuration"),
    message("Image versions"),
    message("Next window"),
    message("Region"),
    message("Subscription"),
    message("Resource group"),
    message("Image"),
  ];
  return markdownTable(
    heads.map((head) => escapeInline(say(head))),
    [],
  );
}

function cellsOf(set: ExportedSet, { say }: ReportWording): readonly string[] {
  const name = (words: string) => (words === "" ? "–" : codeSpan(words));
  return [
    name(set.scaleSet),
    escapeInline(say(coverageName(set))),
    escapeInline(set.reasons),
    set.configurations.length === 0 ? "–" : set.configurations.map(codeSpan).join(", "),
    escapeInline(set.imageVersions),
    set.nextWindow === null ? "–" : escapeInline(`${set.nextWindow} (${set.nextWindowTimeZone ?? ""})`),
    escapeInline(set.region),
    name(set.subscription === "" ? set.subscriptionId : set.subscription),
    name(set.resourceGroup),
    escapeInline(set.image),
  ];
}
