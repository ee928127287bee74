import { isUnheard } from "../../core/text/problem.ts";
import { distinctIds, idKey, isScaleSetId, nameOf, nameWithSet, parseId } from "../../core/resources/ids.ts";
import { mappedInPieces } from "../../core/pieces.ts";
import type { Sliced } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { whyInWords } from "../../ui/plans/planReport.ts";
import { documentOf } from "../document.ts";
import type { PageFrame } from "../document.ts";
import { html, separated } from "../html.ts";
import type { Content, Html } from "../html.ts";
import { commandAddress, planTarget } from "../links.ts";
import {
  actions,
  details,
  heading,
  nameInText,
  originNote,
  stateOf,
  stepLinks,
  table,
} from "../pageParts.ts";
import { codeSteps, type Step } from "../steps.ts";
import type { PlainWording } from "../wording.ts";
import { nextWindow, type Fleet } from "./nextWindows.ts";
import { kindNames, outcomeMarks, standingOf, standings } from "./outcomes.ts";
import type { Standing } from "./outcomes.ts";
import { moment, planFacts } from "./planFacts.ts";
import type { DescribedChange, DescribedPlan } from "./describedPlan.ts";
import { valueChanges } from "./valueChanges.ts";

/** What the page about the results of a plan is made of. */
export interface PlanPage {
  readonly plan: DescribedPlan;
  /** What is offered for the plan as a whole, the first one before the others. */
  readonly steps: readonly Step[];
  readonly snapshot: Fleet & Pick<Snapshot, "subscriptions">;
  /** An ISO instant. */
  readonly now: string;
  readonly wording: PlanWording;
}

export interface PlanWording extends PlainWording {
  /** A window on the user's own clock, and on the clocks of its configuration's zone. */
  windowHere(window: Occurrence): Message;
  windowThere(window: Occurrence): Message;
}

/** More changes of one kind and outcome than these are folded, and of many more the first are shown: an export has all. */
const maxUnfolded = 25;
const maxShown = 500;

export function* planPage(frame: PageFrame, page: PlanPage): Sliced<string> {
  const { plan, steps, wording } = page;
  const { say } = wording;
  const title = say(plan.title);
  return documentOf(
    frame,
    title,
    html`<main>
      <h1>${title}</h1>
      ${originNote(plan.origin, wording)}
      <p><strong>${say(plan.standing)}</strong></p>
      ${actions(steps, undefined, wording, steps[0]?.command !== "undoPlan")}
      ${stepLinks(codeSteps(plan.id), undefined, wording)} ${planFacts(plan, wording)} ${yield* groups(page)}
      ${leftOut(plan, wording)} ${yield* windows(page)}
    </main>`,
  );
}

interface Group {
  readonly standing: Standing;
  readonly kind: DescribedChange["change"]["kind"];
  readonly code: string | undefined;
  readonly changes: readonly DescribedChange[];
}

/** Changes with the same outcome are listed together: problems first, and among these the most frequent. */
function groupsOf(changes: readonly DescribedChange[]): readonly Group[] {
  const alike = Map.groupBy(changes, (one) =>
    [standingOf(one), one.change.kind, codeOf(one.outcome)].join(" "),
  );
  return [...alike.values()]
    .flatMap((those): readonly Group[] => {
      const [first] = those;
      if (first === undefined) return [];
      const { change, outcome } = first;
      return [{ standing: standingOf(first), kind: change.kind, code: codeOf(outcome), changes: those }];
    })
    .toSorted(
      (a, b) =>
        standings.indexOf(a.standing) - standings.indexOf(b.standing) || b.changes.length - a.changes.length,
    );
}

/** Azure's code; one of the network would not say which host. */
function codeOf(outcome: DescribedChange["outcome"]): string | undefined {
  if (outcome === undefined || !("problem" in outcome)) return undefined;
  const { problem } = outcome;
  return isUnheard(problem) ? undefined : problem.code;
}

function* groups(page: PlanPage): Sliced<Html> {
  const { plan, wording } = page;
  const { say } = wording;
  const titles = new Map(plan.changes.map(({ change }) => [change.id, change.title]));
  const parts: Html[] = [];
  for (const group of groupsOf(plan.changes)) parts.push(yield* groupPart(group, titles, page));
  return html`${heading(2, say(message("Changes")))} ${parts}`;
}

function* groupPart(
  { standing, kind, code: answer, changes }: Group,
  titles: ReadonlyMap<string, Message>,
  page: PlanPage,
): Sliced<Html> {
  const { wording } = page;
  const { say, locale } = wording;
  const count = changes.length.toLocaleString(locale);
  const name = separated(
    [stateOf(outcomeMarks[standing], wording), say(kindNames[kind]), ...(answer ? [answer] : []), count],
    " · ",
  );
  const entries = yield* mappedInPieces(changes.slice(0, maxShown), (one) => entry(one, titles, page));
  const open = changes.length <= maxUnfolded ? html` open` : undefined;
  return html`<details${open}>
    <summary>${heading(3, name)}</summary>
    <ul class="changes">
      ${entries}
    </ul>
    ${moreThanShown(changes.length, wording)}
  </details> `;
}

function moreThanShown(count: number, { say }: PlanWording): Content {
  if (count <= maxShown) return undefined;
  return html`<p class="note">
    ${say(message("Showing the first {0} of {1}. Export to see all.", maxShown, count))}
  </p>`;
}

function entry(
  { change, outcome, lasting, sentAt, knownAt }: DescribedChange,
  titles: ReadonlyMap<string, Message>,
  { plan: { id, state }, snapshot, wording }: PlanPage,
): Html {
  const { say } = wording;
  const why = outcome === undefined ? [] : whyInWords(outcome, titles);
  const stays = state === "ended" && outcome?.status === "done" ? lasting : undefined;
  const values = valueChanges(change).map(
    ({ name, before, after }) => [name, html`${say(before)} → ${say(after)}`] as const,
  );
  const compares = outcome !== undefined && "problem" in outcome && outcome.problem.compare !== undefined;
  return html`<li>
    <p>${say(change.title)}<br /><span class="muted">${place(change.target, snapshot)}</span></p>
    ${
      why.length === 0
        ? undefined
        : html`<ul class="why">
            ${why.map((line) => html`<li>${say(line)}</li> `)}
          </ul>`
    }
    ${values.length === 0 ? undefined : details(values, wording)}
    ${change.bodyNotKept && html`<p class="muted">${say(message("Values not saved: they may hold a secret"))}</p>`}
    ${
      compares
        ? html`<p>
            <a
              href="${commandAddress("showPlanResults", [{ ...planTarget(id), changeId: change.id }])}"
              aria-label="${`${say(message("Show Both"))} (${nameWithSet(change.target)})`}"
              >${say(message("Show Both"))}</a
            >
          </p>`
        : undefined
    }
    ${stays && html`<p class="muted">${say(message("Can't be undone: {0}", stays))}</p>`}
    ${times(sentAt, knownAt, wording)}
  </li> `;
}

/** Which resource it is, as far as its title doesn't say so. */
function place(target: string, { subscriptions }: Pick<Snapshot, "subscriptions">): Content {
  const { subscriptionId = "", resourceGroup = "" } = parseId(target) ?? {};
  const subscription = subscriptions.get(idKey(subscriptionId))?.subscription.displayName ?? subscriptionId;
  const parts = [nameWithSet(target), resourceGroup, subscription];
  return separated(parts.filter((part) => part !== "").map(nameInText), " · ");
}

function times(sentAt: number | undefined, knownAt: number | undefined, wording: PlanWording): Content {
  const { say } = wording;
  const parts = [
    ...(sentAt === undefined ? [] : [html`${say(message("Sent"))} ${moment(sentAt, wording)}`]),
    ...(knownAt === undefined ? [] : [html`${say(message("Ended"))} ${moment(knownAt, wording)}`]),
  ];
  return parts.length === 0 ? undefined : html`<p class="muted">${separated(parts, " · ")}</p>`;
}

function leftOut({ leftOut: those }: DescribedPlan, wording: PlanWording): Content {
  const { say, locale } = wording;
  if (those.length === 0) return undefined;
  const open = those.length <= maxUnfolded ? html` open` : undefined;
  const name = separated([say(message("Not changed")), those.length.toLocaleString(locale)], " · ");
  return html`<details${open}>
    <summary>${heading(2, name)}</summary>
    <ul>
      ${those
        .slice(0, maxShown)
        .map(({ target, reason }) => html`<li>${nameInText(nameWithSet(target))}: ${say(reason)}</li> `)}
    </ul>
    ${moreThanShown(those.length, wording)}
  </details>`;
}

/** When each scale set may upgrade next. */
function* windows({ plan, snapshot, now, wording }: PlanPage): Sliced<Content> {
  const { say, zone, locale } = wording;
  const ids = distinctIds(plan.changes.map(({ subject }) => subject)).filter(isScaleSetId);
  if (ids.length === 0) return undefined;
  const rows = yield* mappedInPieces(ids.slice(0, maxShown), (id): readonly Content[] => {
    const next = nextWindow(id, snapshot, now);
    const name = nameInText(nameOf(id));
    if ("why" in next) return [name, next.configuration ?? "–", say(next.why), "–"];
    return [
      name,
      next.configuration,
      say(wording.windowHere(next.window)),
      html`${say(wording.windowThere(next.window))} (${next.zone})`,
    ];
  });
  const open = ids.length <= maxUnfolded ? html` open` : undefined;
  const title = separated([say(message("Next windows")), ids.length.toLocaleString(locale)], " · ");
  return html`<details${open}>
    <summary>${heading(2, title)}</summary>
    ${table(
      message("Next window of each scale set"),
      [
        message("Scale set"),
        message("Configuration"),
        message("Your time zone ({0})", zone),
        message("The configuration's time zone"),
      ],
      rows,
      wording,
    )}
    ${
      ids.length > maxShown
        ? html`<p class="note">${say(message("Showing the first {0} of {1}.", maxShown, ids.length))}</p>`
        : undefined
    }
  </details>`;
}
