import { coverageName } from "../../core/associations/coverageInWords.ts";
import { imagesInWords } from "../../core/upgrades/freshnessInWords.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { mappedInPieces } from "../../core/pieces.ts";
import type { Sliced } from "../../core/slices.ts";
import { imageInWords } from "../../core/resources/scaleSet.ts";
import { documentOf } from "../document.ts";
import type { PageFrame } from "../document.ts";
import { maxDetailedSets, sortedByNeed } from "./explanation.ts";
import type { Explanation } from "./explanation.ts";
import { html, separated } from "../html.ts";
import type { Content, Html } from "../html.ts";
import { commandAddress, scaleSetTarget } from "../links.ts";
import type { Target } from "../links.ts";
import { heading, nameInText, originNote, primaryAction, stateOf, stepLinks, table } from "../pageParts.ts";
import { scaleSetSection } from "./scaleSetSection.ts";
import type { SectionOptions } from "./conditions.ts";
import { primaryStep } from "../steps.ts";
import type { Origin, Step } from "../steps.ts";
import { verdictMark } from "../wording.ts";
import type { Wording } from "../wording.ts";

/** What a page about the eligibility of scale sets is made of. */
export interface ExplanationPage {
  readonly explanations: readonly Explanation[];
  /** What the page was opened on, for the commands about all of it. */
  readonly scope: readonly Target[];
  /** Ids of sets that it was opened on and the fleet does not have. */
  readonly missing: readonly string[];
  /** Whether the fleet is being read. */
  readonly loading: boolean;
  /** How many sets Azure is still being asked about; 0 when it is not being asked. */
  readonly reading: number;
  readonly origin: Origin | "none";
  readonly wording: Wording;
}

/** How many sets the table of a page has: enough for any fleet that one reads row by row. */
const maxListedSets = 1000;

/** The title of the page's editor. */
export function pageTitle({ explanations, missing }: ExplanationPage): Message {
  const [only, ...others] = explanations;
  if (only === undefined || others.length > 0 || missing.length > 0) {
    return message("Eligibility of {0} Scale Sets", explanations.length);
  }
  return message("Eligibility of {0}", only.record.name);
}

export function* explanationPage(frame: PageFrame, page: ExplanationPage): Sliced<string> {
  const { wording, explanations } = page;
  const title = wording.say(pageTitle(page));
  const [only, ...others] = explanations;
  const body =
    only !== undefined && others.length === 0 && page.missing.length === 0
      ? aboutOne(only, page)
      : yield* aboutMany(page);
  return documentOf(
    frame,
    title,
    html`<main>
      <h1>${title}</h1>
      ${notes(page)} ${body}
    </main>`,
  );
}

function aboutOne(explanation: Explanation, page: ExplanationPage): Html {
  return scaleSetSection(explanation, optionsOf(page, 2));
}

function* aboutMany(page: ExplanationPage): Sliced<Html> {
  const { wording, explanations, missing, scope } = page;
  const { say } = wording;
  const sorted = yield* sortedByNeed(explanations, wording.locale);
  if (sorted.length === 0 && missing.length === 0) {
    const text = page.loading
      ? message("Loading your fleet…")
      : message("No scale sets here. Check your subscription filter, or refresh.");
    return html`<p>${say(text)}</p>`;
  }
  const shown = sorted.slice(0, maxDetailedSets);
  const steps: readonly Step[] = [
    { command: "checkImageVersions", label: message("Check Image Versions"), targets: scope },
    { command: "copyExplanation", label: message("Copy as Markdown"), targets: scope },
  ];
  return html`${counts(sorted, wording)} ${primaryAction(primaryOfMany(sorted), undefined, wording)}
  ${stepLinks(steps, undefined, wording)} ${missingList(missing, wording)}
  ${heading(2, say(message("Conditions not met")))} ${yield* hindrances(sorted, wording)}
  ${heading(2, say(message("Scale sets")))} ${yield* summary(sorted, wording)}
  ${rest(sorted.length, shown.length, wording)}
  ${yield* mappedInPieces(shown.entries(), ([index, explanation]) => section(explanation, index, page), 1)}`;
}

/** The primary steps of the sets that have one, as one: Set Up where one of them has no window, since it associates before it turns on. */
function primaryOfMany(sorted: readonly Explanation[]): Step | undefined {
  const steps = sorted.flatMap((explanation) => primaryStep(explanation) ?? []);
  if (steps.length === 0) return undefined;
  const command = steps.some((step) => step.command === "setUp") ? "setUp" : "enableAutomaticUpgrades";
  const targets = steps.flatMap((step) => step.targets);
  const isFix = targets.some(({ fix }) => fix);
  const label =
    steps.length === 1
      ? isFix
        ? message("Fix 1 Scale Set and Turn On Upgrades…")
        : message("Turn On Upgrades for 1 Scale Set…")
      : isFix
        ? message("Fix {0} Scale Sets and Turn On Upgrades…", steps.length)
        : message("Turn On Upgrades for {0} Scale Sets…", steps.length);
  return { command, label, targets };
}

function notes({ origin, reading, wording }: ExplanationPage): Content {
  const { say } = wording;
  const asked =
    reading === 1
      ? message("Checking 1 scale set in Azure…")
      : message("Checking {0} scale sets in Azure…", reading);
  return [
    originNote(origin, wording),
    reading === 0 ? undefined : html`<p class="note" role="status">${say(asked)}</p>`,
  ];
}

function counts(explanations: readonly Explanation[], wording: Wording): Html {
  const of = (verdict: Explanation["verdict"]) =>
    explanations.filter((explanation) => explanation.verdict === verdict).length;
  const parts = (["blocked", "warnings", "eligible"] as const).map(
    (verdict) => html`${stateOf(verdictMark({ verdict }), wording)}: ${of(verdict)}`,
  );
  const checked = explanations.flatMap(({ record }) => record.freshness ?? []);
  const behind = checked.filter(({ state }) => state === "behind").length;
  const images =
    checked.length === 0
      ? message("not checked yet")
      : message("{0} of {1} checked run an older image", behind, checked.length);
  return html`<p>${separated(parts, " · ")}</p>
    <p>${wording.say(message("{0}: {1}", message("Image versions"), images))}</p>`;
}

/** Each condition that fails, with the sets that it fails on, those of most sets first. */
function* hindrances(explanations: readonly Explanation[], wording: Wording): Sliced<Html> {
  const { say, titleOf } = wording;
  const each = yield* mappedInPieces(explanations, ({ record, findings }) =>
    findings.filter(({ status }) => status === "fail").map((finding) => ({ record, finding })),
  );
  const failures = each.flat();
  if (failures.length === 0) return html`<p>${say(message("All known conditions are met."))}</p>`;
  const byRule = [...Map.groupBy(failures, ({ finding }) => finding.rule)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const maxNames = 5;
  return table(
    message("By number of scale sets"),
    [message("Condition"), message("Blocks"), message("Warns"), message("Scale sets")],
    byRule.map(([rule, all]) => {
      const blocking = all.filter(({ finding }) => finding.severity === "block").length;
      const names = all.slice(0, maxNames).map(({ record }) => pageLink(record.id, record.name));
      const more = all.length - maxNames;
      return [
        html`${say(titleOf(rule))}<br /><code class="muted">${rule}</code>`,
        blocking,
        all.length - blocking,
        html`${separated(names, ", ")}${more > 0 ? ` ${say(message("and {0} more", more))}` : undefined}`,
      ];
    }),
    wording,
  );
}

function* summary(sorted: readonly Explanation[], wording: Wording): Sliced<Html> {
  const { say, titleOf } = wording;
  return table(
    message("Select a name to open its own page"),
    [
      message("Scale set"),
      message("Verdict"),
      message("Not met"),
      message("State"),
      message("Image versions"),
    ],
    yield* mappedInPieces(sorted.slice(0, maxListedSets), (explanation) => {
      const { record, subscription, findings } = explanation;
      const [first, ...others] = findings.filter(({ status }) => status === "fail");
      return [
        html`${pageLink(record.id, record.name)}<br /><span class="muted"
            >${nameInText(record.resourceGroup)}, ${nameInText(subscription)}<br />${say(imageInWords(record.resource))}</span
          >`,
        stateOf(verdictMark(explanation), wording),
        first === undefined
          ? "–"
          : html`${say(titleOf(first.rule))}${others.length === 0 ? undefined : ` ${say(message("and {0} more", others.length))}`}`,
        say(coverageName(record.coverage)),
        say(imagesInWords(record.freshness)),
      ];
    }),
    wording,
  );
}

/** Says what a page leaves out. */
function rest(all: number, shown: number, { say }: Wording): Content {
  if (shown === all) return undefined;
  const rows = all > maxListedSets ? message("Showing the first {0} of {1}.", maxListedSets, all) : undefined;
  return html`<p class="note">
    ${rows && html`${say(rows)} `}${say(message("Details of the first {0} of {1} follow.", shown, all))}
  </p>`;
}

function section(explanation: Explanation, index: number, page: ExplanationPage): Html {
  const { record } = explanation;
  const { wording } = page;
  const isOpen = index === 0 && explanation.verdict === "blocked";
  return html`<details${isOpen ? html` open` : undefined}>
<summary><h2>${nameInText(record.name)}</h2> ${stateOf(verdictMark(explanation), wording)}</summary>
${scaleSetSection(explanation, optionsOf(page, 3))}
</details>
`;
}

function missingList(missing: readonly string[], { say }: Wording): Content {
  if (missing.length === 0) return undefined;
  return html`<p class="note">
    ${say(message("No longer in the fleet (deleted, or hidden by your filter):"))}
    ${separated(
      missing.map((id) => html`<code>${id}</code>`),
      ", ",
    )}
  </p>`;
}

function pageLink(id: string, name: string): Html {
  return html`<a href="${commandAddress("explainEligibility", [scaleSetTarget(id)])}"
    >${nameInText(name)}</a
  >`;
}

function optionsOf({ wording, origin, reading }: ExplanationPage, level: 2 | 3): SectionOptions {
  return { wording, origin: origin === "azure" ? "azure" : "sandbox", level, reading: reading > 0 };
}
