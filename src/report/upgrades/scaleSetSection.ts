import type { Attempt } from "../../core/upgrades/attempts.ts";
import type { Freshness } from "../../core/upgrades/freshness.ts";
import { freshnessInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import type { Reason } from "../../core/upgrades/reason.ts";
import { textAt } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { imageInWords, orchestrationModeOf } from "../../core/resources/scaleSet.ts";
import { problemLine } from "../../ui/problemReport.ts";
import type { Explanation, Windows } from "./explanation.ts";
import { html, separated } from "../html.ts";
import type { Content, Html } from "../html.ts";
import {
  actions,
  code,
  details,
  errorDetails,
  heading,
  nameInText,
  sourceLinks,
  stateOf,
  table,
} from "../pageParts.ts";
import { stepsFor, stepsOutOf } from "../steps.ts";
import type { Origin } from "../steps.ts";
import { instancesInWords, instantInWords, markOf, verdictInWords, verdictMark } from "../wording.ts";
import type { Wording } from "../wording.ts";

export interface SectionOptions {
  readonly wording: Wording;
  readonly origin: Origin;
  /** Of the headings in the section. */
  readonly level: 2 | 3;
  /** Whether Azure is being asked for what no list holds. */
  readonly reading: boolean;
}

/** How many windows of a configuration a page shows. */
const maxShownWindows = 5;

/** All that is said of one scale set, without its name. */
export function scaleSetSection(explanation: Explanation, options: SectionOptions): Html {
  const { wording, origin, level } = options;
  const { record, reasons, lastUpgrade } = explanation;
  const { say } = wording;
  return html`<p>${stateOf(verdictMark(explanation), wording)}<br />${say(verdictInWords(explanation))}</p>
    ${coverageLine(explanation, wording)} ${actions(stepsFor(explanation, origin), record.name, wording)}
    ${unread(explanation, wording)} ${heading(level, say(message("Why it did not upgrade")))}
    ${answer(reasons(), wording)} ${heading(level, say(message("Conditions")))}
    ${findingsTable(explanation, options)} ${heading(level, say(message("Image versions")))}
    ${imageVersions(explanation, options)} ${heading(level, say(message("Next windows")))}
    ${windowLists(explanation.windows, wording)} ${heading(level, say(message("Last upgrade")))}
    ${lastUpgrade === undefined ? noUpgrade(explanation, wording) : upgrade(lastUpgrade, wording)}
    ${heading(level, say(message("Scale set")))} ${identity(explanation, wording)}`;
}

function answer(reasons: readonly Reason[], { say }: Wording): Html {
  const item = ({ message: text, next, told }: Reason) =>
    html`<li>
      ${say(text)}${next && html`<br /><strong>${say(message("What to do:"))}</strong> ${say(next)}`}${told && html`<br /><span class="muted">${say(message("Azure's words:"))}</span> ${say(told)}`}
    </li> `;
  return html`<ol>
    ${reasons.map(item)}
  </ol>`;
}

/** Where the set stands, unless that is what the verdict has just said. */
function coverageLine({ record: { coverage } }: Explanation, { say, stateName }: Wording): Content {
  if (coverage.state === "blocked") return undefined;
  const reasons = separated(coverage.reasons.map(say), html`<br />`);
  return html`<p>
    <strong>${say(message("Coverage: {0}", stateName(coverage.state)))}</strong><br />${reasons}
  </p>`;
}

/** What Azure did not tell, and why: it stays unknown below. */
function unread({ record }: Explanation, { say }: Wording): Content {
  const problems = Object.values(record.eligibilityFacts?.unread ?? {});
  if (problems.length === 0) return undefined;
  const item = (problem: Problem) => html`<li>${say(problemLine(problem))}</li>`;
  return html`<div class="note">
    <p>${say(message("Azure did not tell everything:"))}</p>
    <ul>
      ${problems.map(item)}
    </ul>
  </div>`;
}

function findingsTable(explanation: Explanation, { wording, origin }: SectionOptions): Html {
  const { say, titleOf } = wording;
  const { record, findings } = explanation;
  const row = (finding: Finding): readonly Content[] => {
    const { rule, observed, message: text, fix, sources } = finding;
    return [
      html`${say(titleOf(rule))}<br /><code class="muted">${rule}</code>`,
      stateOf(markOf(finding), wording),
      observed === undefined ? "–" : code(observed),
      html`<p>${say(text)}</p>
        ${fix && html`<p><strong>${say(message("Way out:"))}</strong> ${say(fix)}</p>`}
        ${actions(stepsOutOf(finding, explanation, origin), record.name, wording)}
        ${sources.length === 0 ? undefined : html`<p class="muted">${say(message("Sources:"))} ${separated(sourceLinks(sources), " · ")}</p>`}`,
    ];
  };
  return table(
    message("What Azure asks of {0}, and what was found; those that are not met first.", record.name),
    [message("Condition"), message("State"), message("Observed"), message("What it means")],
    findings.map(row),
    wording,
  );
}

function imageVersions({ readAt, record }: Explanation, options: SectionOptions): Html {
  const { wording } = options;
  const { say } = wording;
  const { freshness } = record;
  if (freshness === undefined) {
    const text = options.reading
      ? message("Azure is being asked which versions the instances run…")
      : message("Not known yet: Azure was not asked which versions the instances run.");
    return html`<p>${say(text)}</p>`;
  }
  const asOf =
    readAt === undefined
      ? undefined
      : html`<p class="muted">${say(message("As Azure said on {0}.", instantInWords(readAt, wording)))}</p>`;
  const summary = html`<p>${say(freshnessInWords(freshness))}</p>`;
  return freshness.state === "unknown"
    ? html`${summary}${asOf}`
    : html`${summary}${versionTable(freshness, record.name, wording)}${asOf}`;
}

function versionTable(
  { running, newest }: Exclude<Freshness, { state: "unknown" }>,
  name: string,
  wording: Wording,
): Html {
  const { say } = wording;
  const behind = (version: string, days: number | undefined) =>
    days === undefined
      ? say(message("Unknown, since the versions carry no date"))
      : version === newest
        ? "–"
        : days;
  return table(
    message("Versions that the instances of {0} run. The newest is {1}.", name, newest),
    [message("Version"), message("Instances"), message("Days behind")],
    running.map(({ version, instances, daysBehind }) => [
      code(version),
      instances,
      behind(version, daysBehind),
    ]),
    wording,
  );
}

function windowLists(windows: readonly Windows[], { say, windowInWords }: Wording): Content {
  if (windows.length === 0) {
    return html`<p>${say(message("It has no maintenance configuration for OS images."))}</p>`;
  }
  return windows.map(({ name, schedule }) => {
    if (schedule === undefined) {
      return html`<p>${say(message("{0}: its windows are not known.", name))}</p>`;
    }
    const { words, next, unreadable } = schedule;
    const none = unreadable ?? message("No window will open.");
    return html`<p>${nameInText(name)}: ${say(words)}</p>
      ${
        next.length === 0
          ? html`<p>${say(none)}</p>`
          : html`<ol>
              ${next.slice(0, maxShownWindows).map((window) => html`<li>${say(windowInWords(window))}</li>`)}
            </ol>`
      }`;
  });
}

function noUpgrade({ readAt }: Explanation, { say }: Wording): Html {
  const text =
    readAt === undefined
      ? message("Not known yet: Azure was not asked.")
      : message("Azure knows of no upgrade of the last two months.");
  return html`<p>${say(text)}</p>`;
}

function upgrade(attempt: Attempt, wording: Wording): Html {
  const { status, started, ended, startedBy, target, progress, rolledBack, error } = attempt;
  const { say } = wording;
  const time = (instant: string | undefined) =>
    instant === undefined ? undefined : instantInWords(instant, wording);
  return details(
    [
      [message("State"), status === "" ? "–" : status],
      [message("Began"), time(started)],
      [message("Ended"), time(ended)],
      [message("Started by"), startedBy],
      [message("To version"), code(target)],
      [message("Instances"), say(instancesInWords(progress))],
      [message("Rolled back"), rolledBack === 0 ? undefined : rolledBack],
      [message("Error"), error && say(error.meaning)],
      [message("What to do"), error && say(error.next)],
      [
        message("Azure's words"),
        error && separated([code(error.code), error.told && say(error.told)].filter(isThere), " "),
      ],
      [message("Details"), errorDetails(error?.details, wording)],
    ],
    wording,
  );
}

function identity({ record, subscription, upgradesOn }: Explanation, wording: Wording): Html {
  const { resource, resourceGroup, id, coverage } = record;
  const { say } = wording;
  return details(
    [
      [message("Coverage"), say(wording.stateName(coverage.state))],
      [message("Automatic OS upgrades"), say(upgradesOn ? message("On") : message("Off"))],
      [message("Image"), say(imageInWords(resource))],
      [message("Orchestration"), orchestrationModeOf(resource)],
      [message("Owned by"), coverage.managedBy],
      [message("Region"), textAt(resource, "location")],
      [message("Resource group"), nameInText(resourceGroup)],
      [message("Subscription"), nameInText(subscription)],
      [message("Resource ID"), code(id)],
    ],
    wording,
  );
}

function isThere(content: Content): boolean {
  return content !== undefined;
}
