import { coverageName } from "../../core/associations/coverageInWords.ts";
import type { Attempt } from "../../core/upgrades/attempts.ts";
import type { Freshness } from "../../core/upgrades/freshness.ts";
import { freshnessInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { LastWindow } from "../../core/upgrades/lastWindow.ts";
import type { Reason } from "../../core/upgrades/reason.ts";
import { textAt } from "../../core/resources/json.ts";
import { message, sentence } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { imageInWords, orchestrationModeOf } from "../../core/resources/scaleSet.ts";
import { problemLine } from "../../ui/problemReport.ts";
import { conditions } from "./conditions.ts";
import type { SectionOptions } from "./conditions.ts";
import type { Explanation, Windows } from "./explanation.ts";
import { html, separated } from "../html.ts";
import type { Content, Html } from "../html.ts";
import {
  code,
  details,
  errorDetails,
  heading,
  nameInText,
  primaryAction,
  stateOf,
  stepLinks,
  table,
} from "../pageParts.ts";
import { primaryStep, secondarySteps } from "../steps.ts";
import { instancesInWords, instantInWords, verdictInWords, verdictMark } from "../wording.ts";
import type { Wording } from "../wording.ts";

/** How many windows of a configuration a page shows. */
const maxShownWindows = 5;

/** All that is said of one scale set, without its name. */
export function scaleSetSection(explanation: Explanation, options: SectionOptions): Html {
  const { wording, origin, level } = options;
  const { record, reasons, lastUpgrade } = explanation;
  const { say } = wording;
  return html`<p>${stateOf(verdictMark(explanation), wording)}<br />${say(verdictInWords(explanation))}</p>
    ${coverageLine(explanation, wording)} ${primaryAction(primaryStep(explanation), record.name, wording)}
    ${stepLinks(secondarySteps(explanation, origin), record.name, wording)} ${unread(explanation, wording)}
    ${heading(level, say(message("Last window")))} ${lastWindowLines(explanation, options)}
    ${heading(level, say(message("Why it didn't upgrade")))} ${answer(reasons(), wording)}
    ${heading(level, say(message("Conditions")))} ${conditions(explanation, options)}
    ${heading(level, say(message("Image versions")))} ${imageVersions(explanation, options)}
    ${heading(level, say(message("Next windows")))} ${windowLists(explanation.windows, wording)}
    ${heading(level, say(message("Last upgrade")))}
    ${lastUpgrade === undefined ? noUpgrade(explanation, wording) : upgrade(lastUpgrade, wording)}
    ${heading(level, say(message("Scale set")))} ${identity(explanation, wording)}`;
}

/** What the last window of each configuration did, and what that is based on. */
function lastWindowLines(
  { lastWindows, readAt }: Explanation,
  { wording, reading }: SectionOptions,
): Content {
  const { say } = wording;
  const all = lastWindows();
  if (all === undefined)
    return html`<p>${say(message("Unknown: its maintenance configurations aren't loaded."))}</p>`;
  if (all.length === 0) return html`<p>${say(noConfiguration)}</p>`;
  if (reading && readAt === undefined) {
    return html`<p>${say(message("Loading the upgrade history…"))}</p>`;
  }
  const basis =
    readAt === undefined
      ? undefined
      : html`<p class="muted">
          ${say(message("Based on Azure's upgrade history as of {0} and the current settings.", instantInWords(readAt, wording)))}
        </p>`;
  return html`${all.map((one) => html`<p>${lastWindowLine(one, wording)}</p>`)}${basis}`;
}

function lastWindowLine({ configuration, window, message: text }: LastWindow, wording: Wording): Html {
  const { say, windowInWords } = wording;
  const when = window && html`, ${say(windowInWords(window))}`;
  return html`${nameInText(configuration)}${when}: ${say(text)}`;
}

const notChecked = sentence(message("not checked yet"));

const noConfiguration = message("No maintenance configuration for OS images");

function answer(reasons: readonly Reason[], { say }: Wording): Html {
  const item = ({ message: text, next, azureMessage }: Reason) =>
    html`<li>
      ${say(text)}${next && html`<br /><strong>${say(message("What to do"))}:</strong> ${say(next)}`}${azureMessage && html`<br /><span class="muted">${say(message("Azure says"))}:</span> ${say(azureMessage)}`}
    </li> `;
  return html`<ol>
    ${reasons.map(item)}
  </ol>`;
}

/** Where the set stands, unless that is what the verdict has just said. */
function coverageLine({ record: { coverage } }: Explanation, { say }: Wording): Content {
  if (coverage.state === "blocked") return undefined;
  const reasons = separated(coverage.reasons.map(say), html`<br />`);
  return html`<p>
    <strong>${say(message("{0}: {1}", message("State"), coverageName(coverage)))}</strong><br />${reasons}
  </p>`;
}

/** What couldn't be loaded, and why: it is unknown below. */
function unread({ record }: Explanation, { say }: Wording): Content {
  const problems = Object.values(record.eligibilityFacts?.unread ?? {});
  if (problems.length === 0) return undefined;
  const item = (problem: Problem) => html`<li>${say(problemLine(problem))}</li>`;
  return html`<div class="note">
    <p>${say(message("Couldn't load everything:"))}</p>
    <ul>
      ${problems.map(item)}
    </ul>
  </div>`;
}

function imageVersions({ readAt, record }: Explanation, options: SectionOptions): Html {
  const { wording } = options;
  const { say } = wording;
  const { freshness } = record;
  if (freshness === undefined) {
    const text = options.reading ? message("Checking image versions…") : notChecked;
    return html`<p>${say(text)}</p>`;
  }
  const checked =
    readAt && say(message("{0}: {1}", message("Last checked"), instantInWords(readAt, wording)));
  const asOf = checked && html`<p class="muted">${checked}</p>`;
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
    days === undefined ? say(message("Unknown: versions have no date")) : version === newest ? "–" : days;
  return table(
    message("Image versions of {0}. The latest is {1}.", name, newest),
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
    return html`<p>${say(noConfiguration)}</p>`;
  }
  return windows.map(({ name, schedule }) => {
    if (schedule === undefined) {
      return html`<p>${say(message("{0}: {1}", name, message("next window unknown")))}</p>`;
    }
    const { words, next, unreadable } = schedule;
    const none = unreadable ?? sentence(message("no upcoming windows"));
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
    readAt === undefined ? notChecked : message("No upgrades in Azure's history of the last two months.");
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
      [message("Started"), time(started)],
      [message("Ended"), time(ended)],
      [message("Started by"), startedBy],
      [message("Target version"), code(target)],
      [message("Instances"), say(instancesInWords(progress))],
      [message("Rolled back"), rolledBack === 0 ? undefined : rolledBack],
      [message("Error"), error && say(error.meaning)],
      [message("What to do"), error && say(error.next)],
      [
        message("Azure says"),
        error &&
          separated([code(error.code), error.azureMessage && say(error.azureMessage)].filter(isThere), " "),
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
      [message("State"), say(coverageName(coverage))],
      [message("Automatic OS upgrades"), say(upgradesOn ? message("On") : message("Off"))],
      [message("Image"), say(imageInWords(resource))],
      [message("Orchestration"), orchestrationModeOf(resource)],
      [message("Managed by"), coverage.managedBy],
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
