import { whyNoInverse } from "../../src/core/plans/inverses.ts";
import type { Change, ChangeResult, Plan } from "../../src/core/plans/plan.ts";
import { subjectOf } from "../../src/core/plans/subject.ts";
import { atOnce } from "../../src/core/slices.ts";
import { inEnglish } from "../../src/core/text/message.ts";
import { insideWindow } from "../../src/core/windows/insideWindow.ts";
import { planPage } from "../../src/report/plans/planPage.ts";
import type { PlanPage } from "../../src/report/plans/planPage.ts";
import type { ExportedPlan } from "../../src/report/plans/planRecords.ts";
import type { DescribedPlan } from "../../src/report/plans/describedPlan.ts";
import { inItsZone, inZone } from "../../src/tree/times.ts";
import { summaryOf } from "../../src/ui/plans/planReport.ts";

const clock = { now: "2026-11-23T06:00:00Z", locale: "en-u-hc-h23", zone: "Europe/Berlin" };

const noFleet: PlanPage["snapshot"] = {
  subscriptions: new Map(),
  scaleSets: new Map(),
  configurations: new Map(),
  referenced: new Map(),
};

/** A change as it is described. */
export function describedChange<C extends { readonly change: Change }>(one: C) {
  const lasting = whyNoInverse(one.change);
  return { ...one, subject: subjectOf(one.change), ...(lasting && { lasting }) };
}

/** A plan that has ended like this. */
export function describedOf(
  plan: Plan,
  results: readonly ChangeResult[],
  over: Partial<DescribedPlan> = {},
): DescribedPlan {
  return {
    id: "1-a",
    title: plan.title,
    standing: summaryOf(results),
    state: "ended",
    origin: "azure",
    changes: results.map(describedChange),
    leftOut: plan.leftOut,
    confirmedAt: Date.parse("2026-11-23T05:00:00Z"),
    access: [],
    ...over,
  };
}

/** The page with the results of a plan, as markup. */
export function planMarkup(plan: DescribedPlan, over: Partial<PlanPage> = {}): string {
  const page: PlanPage = {
    plan,
    steps: [],
    snapshot: noFleet,
    now: clock.now,
    wording: {
      say: inEnglish,
      locale: clock.locale,
      zone: clock.zone,
      windowHere: (window) => inZone(window, clock),
      windowThere: (window) => inItsZone(window, clock),
    },
    ...over,
  };
  return atOnce(planPage({ language: "en", nonce: "bm9uY2U=" }, page));
}

/** The same to be exported. */
export function exportedOf(
  plan: Plan,
  results: readonly ChangeResult[],
  over: Partial<DescribedPlan> = {},
): ExportedPlan {
  return {
    plan: describedOf(plan, results, over),
    snapshot: noFleet,
    isInside: insideWindow,
    wording: { say: inEnglish, locale: clock.locale, zone: clock.zone },
  };
}

/** What a reader sees of a page, each block on lines of its own. */
export function linesOf(markup: string): string {
  return markup
    .replace(/^[\s\S]*<main>/, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/<\/?(?:h\d|p|li|ul|dl|dt|dd|tr|table|br|details|summary)\b[^>]*>/g, "\n")
    .replaceAll(/<\/t[dh]>/g, " | ")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/[ \t]*\n\s*/g, "\n")
    .trim();
}

/** What the page behind "Show Results" says of a plan that has ended like this. */
export function planText(plan: Plan, results: readonly ChangeResult[]): string {
  return linesOf(planMarkup(describedOf(plan, results)));
}
