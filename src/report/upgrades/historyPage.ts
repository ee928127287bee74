import { attemptOf } from "../../core/upgrades/attempts.ts";
import { mappedInPieces } from "../../core/pieces.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Sliced } from "../../core/slices.ts";
import type { Problem } from "../../core/text/problem.ts";
import { isRunning, progressOf } from "../../core/upgrades/upgrade.ts";
import type { UpgradedSet } from "../../core/upgrades/upgrade.ts";
import {
  durationInWords,
  endingOf,
  outcomeName,
  progressInWords,
} from "../../core/upgrades/upgradeInWords.ts";
import type { Ending } from "../../core/upgrades/upgradeInWords.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import { documentOf } from "../document.ts";
import type { PageFrame } from "../document.ts";
import { html, separated } from "../html.ts";
import type { Content, Html } from "../html.ts";
import { commandAddress, scaleSetTarget } from "../links.ts";
import {
  actions,
  code,
  details,
  errorDetails,
  heading,
  nameInText,
  originNote,
  stateOf,
  table,
} from "../pageParts.ts";
import type { Step } from "../steps.ts";
import { instancesInWords, instantInWords } from "../wording.ts";
import type { Mark, PlainWording } from "../wording.ts";

/** What a page about the upgrades of scale sets is made of. */
export interface HistoryPage {
  /** Ids of the scale sets. */
  readonly scaleSetIds: readonly string[];
  /** Ids of those that the fleet has no more. */
  readonly missing: readonly string[];
  /** Of these sets, the latest first. */
  readonly attempts: readonly KeptAttempt[];
  /** Why sets could not be asked about, by id. */
  readonly unread: ReadonlyMap<string, Problem>;
  /** How many lines of the kept history can't be read. */
  readonly damaged: number;
  /** What the fleet knows of its sets, by key: an upgrade that runs is counted with it as everywhere else. */
  readonly sets?: ReadonlyMap<IdKey, UpgradedSet>;
  readonly origin: "azure" | "sandbox" | "none";
  /** An ISO instant. */
  readonly now: string;
  readonly wording: PlainWording;
}

/** How many attempts a page has: more than anyone reads one by one; an export has all. */
const maxAttempts = 500;

export function historyTitle({ scaleSetIds }: HistoryPage): Message {
  const [only, ...others] = scaleSetIds;
  return only !== undefined && others.length === 0
    ? message("Upgrade History of {0}", nameOf(only))
    : message("Upgrade History of {0} Scale Sets", scaleSetIds.length);
}

export function* historyPage(frame: PageFrame, page: HistoryPage): Sliced<string> {
  const { say } = page.wording;
  const title = say(historyTitle(page));
  return documentOf(
    frame,
    title,
    html`<main>
      <h1>${title}</h1>
      ${notes(page)} ${actions(steps(page), undefined, page.wording)}
      ${page.scaleSetIds.length > 1 ? yield* summary(page) : undefined} ${yield* timeline(page)}
    </main>`,
  );
}

function steps({ scaleSetIds, missing, attempts }: HistoryPage): readonly Step[] {
  const missingKeys = new Set(missing.map(idKey));
  const all = scaleSetIds.map(scaleSetTarget);
  const there = scaleSetIds.filter((id) => !missingKeys.has(idKey(id))).map(scaleSetTarget);
  const exported: Step = {
    command: "exportUpgradeHistory",
    label: message("Export to CSV or JSON…"),
    targets: all,
  };
  const explained: Step = {
    command: "explainEligibility",
    label: message("Explain Why It Didn't Upgrade"),
    targets: there,
  };
  return [...(attempts.length > 0 ? [exported] : []), ...(there.length > 0 ? [explained] : [])];
}

function notes({ origin, unread, damaged, wording }: HistoryPage): Content {
  const { say } = wording;
  const failures = [...unread].map(
    ([id, { summary: why }]) => html`<li>${nameInText(nameOf(id))}: ${say(why)}</li> `,
  );
  const lines =
    damaged === 1
      ? message("1 saved history entry couldn't be read.")
      : message("{0} saved history entries couldn't be read.", damaged);
  return [
    originNote(origin, wording),
    failures.length === 0
      ? undefined
      : html`<div class="note">
          <p>${say(message("Couldn't refresh these. Showing saved history:"))}</p>
          <ul>
            ${failures}
          </ul>
        </div>`,
    damaged === 0 ? undefined : html`<p class="note">${say(lines)}</p>`,
  ];
}

/** Each set with how it stands, for more than one. */
function* summary(page: HistoryPage): Sliced<Html> {
  const { scaleSetIds, missing, attempts, wording } = page;
  const { say } = wording;
  const missingKeys = new Set(missing.map(idKey));
  const bySet = Map.groupBy(attempts, ({ scaleSetId }) => idKey(scaleSetId));
  return html`${heading(2, say(message("Scale sets")))}
  ${table(
    message("Select a name to open its own page"),
    [message("Scale set"), message("Last upgrade"), message("Started"), message("Known upgrades")],
    yield* mappedInPieces(scaleSetIds, (id) => {
      const known = bySet.get(idKey(id)) ?? [];
      const [last] = known;
      const started = last && attemptOf(last.upgrade).started;
      return [
        html`<a href="${commandAddress("upgradeHistory", [scaleSetTarget(id)])}">${nameInText(nameOf(id))}</a
          >${
            missingKeys.has(idKey(id))
              ? html`<br /><span class="muted">${say(message("no longer in the fleet"))}</span>`
              : undefined
          }`,
        last === undefined ? "–" : stateOf(standOf(last, page).mark, wording),
        started === undefined ? "–" : instantInWords(started, wording),
        known.length,
      ];
    }),
    wording,
  )}`;
}

function* timeline(page: HistoryPage): Sliced<Html> {
  const { attempts, wording, scaleSetIds } = page;
  const { say } = wording;
  const head = heading(2, say(message("Timeline")));
  if (attempts.length === 0) {
    return html`${head}
      <p>
        ${say(
          message(
            "No known upgrades. Azure keeps the last 5 attempts within 2 months. Attempts loaded here are saved.",
          ),
        )}
      </p>`;
  }
  const names = scaleSetIds.length > 1;
  return html`${head}
    <ol class="timeline">
      ${yield* mappedInPieces(attempts.slice(0, maxAttempts), (kept) => entry(kept, names, page))}
    </ol>
    ${
      attempts.length > maxAttempts
        ? html`<p class="note">
            ${say(message("Showing the first {0} of {1}. Export to see all.", maxAttempts, attempts.length))}
          </p>`
        : undefined
    }`;
}

function entry(kept: KeptAttempt, named: boolean, page: HistoryPage): Html {
  const { wording } = page;
  const { say } = wording;
  const { mark, text, next, took } = standOf(kept, page);
  const attempt = attemptOf(kept.upgrade);
  const { started, ended, startedBy, target, error } = attempt;
  const when = started === undefined ? say(message("Time unknown")) : instantInWords(started, wording);
  const title = [
    html`<time>${when}</time>`,
    ...(named ? [nameInText(nameOf(kept.scaleSetId))] : []),
    stateOf(mark, wording),
  ];
  return html`<li>
    ${heading(3, separated(title, " · "))}
    <p>${say(text)}</p>
    ${next === undefined ? undefined : html`<p><strong>${say(message("What to do"))}:</strong> ${say(next)}</p>`}
    ${details(
      [
        [message("Instances"), say(instancesInWords(attempt.progress))],
        [message("Started by"), startedBy],
        [message("Target version"), code(target)],
        [message("Ended"), ended && instantInWords(ended, wording)],
        [message("Duration"), took && say(took)],
        [message("Azure says"), error && code(say(error.azureMessage))],
        [message("Details"), errorDetails(error?.details, wording)],
        [message("Last checked"), instantInWords(kept.seenAt, wording)],
      ],
      wording,
    )}
  </li> `;
}

interface Stand extends Pick<Ending, "text" | "next"> {
  readonly mark: Mark;
  readonly took: Message | undefined;
}

function standOf(
  { scaleSetId, upgrade }: KeptAttempt,
  { now, sets }: Pick<HistoryPage, "now" | "sets">,
): Stand {
  const progress = progressOf(upgrade, now, sets?.get(idKey(scaleSetId)));
  const { attempt, elapsed } = progress;
  if (isRunning(upgrade)) {
    const mark: Mark = { sign: "…", word: message("Running when last checked"), tone: "open" };
    const [first = verbatim(""), ...parts] = progressInWords(progress);
    const text = parts.reduce((all, part) => message("{0}, {1}", all, part), first);
    return { mark, text, took: undefined };
  }
  const ending = endingOf(attempt);
  const looks: Readonly<Record<Ending["outcome"], Pick<Mark, "sign" | "tone">>> = {
    completed: { sign: "✓", tone: "good" },
    partly: { sign: "!", tone: "doubtful" },
    cancelled: { sign: "–", tone: "open" },
    failed: { sign: "✕", tone: "bad" },
    open: { sign: "?", tone: "open" },
  };
  return {
    ...ending,
    mark: { ...looks[ending.outcome], word: outcomeName(ending.outcome, attempt.status) },
    took: elapsed === undefined ? undefined : durationInWords(elapsed),
  };
}
