import { freshnessInWords, imagesInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import type { Reason } from "../../core/upgrades/reason.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { mappedInPieces } from "../../core/pieces.ts";
import type { Sliced } from "../../core/slices.ts";
import { imageInWords } from "../../core/resources/scaleSet.ts";
import { codeSpan, escapeInline, markdownTable } from "../../ui/markdown.ts";
import { maxDetailedSets, sortedByNeed } from "./explanation.ts";
import type { Explanation } from "./explanation.ts";
import { attemptInWords, instantInWords, markOf, verdictInWords, verdictMark } from "../wording.ts";
import type { Wording } from "../wording.ts";

/** What the pages say, as Markdown for a ticket: of several sets a summary, then each that something is in the way of. */
export function* explanationMarkdown(
  explanations: readonly Explanation[],
  { wording, sandbox }: { readonly wording: Wording; readonly sandbox: boolean },
): Sliced<string> {
  const text = (words: Message) => escapeInline(wording.say(words));
  const [only, ...others] = explanations;
  const note = sandbox ? [`*${text(message("Sandbox: sample data"))}*`] : [];
  if (only !== undefined && others.length === 0) return joined([...note, ...aboutOne(only, "#", wording)]);
  const sorted = yield* sortedByNeed(explanations, wording.locale);
  const hindered = sorted.filter(({ verdict }) => verdict !== "eligible");
  const shown = hindered.slice(0, maxDetailedSets);
  const rest =
    shown.length === hindered.length
      ? []
      : [text(message("Details of the first {0} of {1} follow.", shown.length, hindered.length))];
  return joined([
    `# ${text(message("Eligibility of {0} Scale Sets", sorted.length))}`,
    ...note,
    yield* summary(sorted, wording),
    ...rest,
    ...(yield* mappedInPieces(shown, (explanation) => aboutOne(explanation, "##", wording), 1)).flat(),
  ]);
}

function aboutOne(explanation: Explanation, level: string, wording: Wording): readonly string[] {
  const { record, findings, reasons, lastWindows, lastUpgrade, readAt } = explanation;
  const { freshness } = record;
  const { say } = wording;
  const text = (words: Message) => escapeInline(say(words));
  const verdict = `**${text(verdictMark(explanation).word)}.** ${text(verdictInWords(explanation))}`;
  const facts: readonly (readonly [Message, string])[] = [
    [message("Resource ID"), codeSpan(record.id)],
    [message("Image"), text(imageInWords(record.resource))],
    [message("Automatic OS upgrades"), text(explanation.upgradesOn ? message("On") : message("Off"))],
    [message("State"), record.coverage.reasons.map(text).join(" ")],
    [
      message("Image versions"),
      freshness === undefined ? text(message("not checked")) : text(freshnessInWords(freshness)),
    ],
    ...(lastWindows() ?? []).map(
      ({ configuration, window, message: outcome }) =>
        [
          message("Last window"),
          [
            codeSpan(configuration),
            ...(window === undefined ? [] : [text(wording.windowInWords(window))]),
            text(outcome),
          ].join(" · "),
        ] as const,
    ),
    ...(lastUpgrade === undefined
      ? []
      : [[message("Last upgrade"), text(attemptInWords(lastUpgrade, wording))] as const]),
    ...(readAt === undefined
      ? []
      : [[message("Last checked"), escapeInline(instantInWords(readAt, wording))] as const]),
  ];
  return [
    `${level} ${codeSpan(record.name)}`,
    verdict,
    facts.map(([name, value]) => `- ${text(name)}: ${value}`).join("\n"),
    `${level}# ${text(message("Why it didn't upgrade"))}`,
    reasons()
      .map((reason, index) => `${index + 1}. ${reasonLine(reason, text)}`)
      .join("\n"),
    `${level}# ${text(message("Conditions"))}`,
    markdownTable(
      [message("State"), message("Condition"), message("Found"), message("What it means")].map(text),
      findings.map((finding) => findingCells(finding, wording)),
    ),
  ];
}

function reasonLine(
  { message: words, next, azureMessage }: Reason,
  text: (words: Message) => string,
): string {
  return [
    text(words),
    ...(next === undefined ? [] : [`**${text(message("What to do"))}:** ${text(next)}`]),
    ...(azureMessage === undefined ? [] : [`${text(message("Azure says"))}: ${text(azureMessage)}`]),
  ].join(" ");
}

function findingCells(finding: Finding, { say, titleOf }: Wording): readonly string[] {
  const { rule, observed, message: words, fix, sources, status } = finding;
  const text = (part: Message) => escapeInline(say(part));
  const way = fix === undefined ? [] : [`**${text(message("How to fix:"))}** ${text(fix)}`];
  const links = status === "pass" ? [] : sources.map((source) => `<${source}>`);
  return [
    `${markOf(finding).sign} ${text(markOf(finding).word)}`,
    `${text(titleOf(rule))} (${codeSpan(rule)})`,
    observed === undefined ? "–" : codeSpan(observed),
    [text(words), ...way, ...links].join(" "),
  ];
}

function* summary(sorted: readonly Explanation[], { say, titleOf }: Wording): Sliced<string> {
  const text = (words: Message) => escapeInline(say(words));
  const columns = [message("Scale set"), message("Verdict"), message("Not met"), message("Image versions")];
  return markdownTable(
    columns.map(text),
    yield* mappedInPieces(sorted, (explanation) => {
      const { record, findings } = explanation;
      const failed = findings.filter(({ status }) => status === "fail");
      return [
        codeSpan(record.name),
        `${verdictMark(explanation).sign} ${text(verdictMark(explanation).word)}`,
        failed.length === 0 ? "–" : failed.map(({ rule }) => text(titleOf(rule))).join("; "),
        text(imagesInWords(record.freshness)),
      ];
    }),
  );
}

function joined(paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
