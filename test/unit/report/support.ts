import { eligibilityRules } from "../../../src/core/eligibility/eligibility.ts";
import { lastWindows } from "../../../src/core/upgrades/lastWindow.ts";
import { whyNotUpgraded } from "../../../src/core/upgrades/whyNot.ts";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish, verbatim } from "../../../src/core/text/message.ts";
import { eligibilityFactsOf, windowSituationOf } from "../../../src/fleet/snapshot/eligibilityFacts.ts";
import type { Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import { explain } from "../../../src/report/upgrades/explanation.ts";
import type { Answers, Explanation } from "../../../src/report/upgrades/explanation.ts";
import { explanationPage } from "../../../src/report/upgrades/explanationPage.ts";
import type { ExplanationPage } from "../../../src/report/upgrades/explanationPage.ts";
import type { Wording } from "../../../src/report/wording.ts";

export const now = "2026-11-23T06:00:00Z";

export const wording: Wording = {
  say: inEnglish,
  locale: "en-u-hc-h23",
  zone: "UTC",
  windowInWords: ({ localStart, localEnd }) => verbatim(`${localStart} – ${localEnd}`),
  titleOf: (rule) => eligibilityRules.find(({ id }) => id === rule)?.title ?? verbatim(rule),
};

export const answers: Answers = {
  reasons: (record, snapshot) =>
    whyNotUpgraded({
      scaleSet: record.resource,
      facts: eligibilityFactsOf(record, snapshot),
      coverage: record.coverage,
      now,
    }),
  lastWindows: (record, snapshot) => lastWindows(windowSituationOf(record, snapshot, now)),
};

export function explainAll(snapshot: Snapshot): readonly Explanation[] {
  return [...snapshot.scaleSets.values()].map((record) => explain(record, snapshot, answers));
}

export const frame = { language: "en", nonce: "bm9uY2U=" };

/** A page of the sandbox, unless `over` says otherwise. */
export function pageOf(explanations: readonly Explanation[], over: Partial<ExplanationPage> = {}): string {
  const scope = explanations.map(({ record }) => ({ kind: "scaleSet", resourceId: record.id }));
  const page: ExplanationPage = {
    explanations,
    scope,
    missing: [],
    loading: false,
    reading: 0,
    origin: "sandbox",
    wording,
    ...over,
  };
  return atOnce(explanationPage(frame, page));
}

/** What a reader sees: without tags, entities read back. */
export function textOf(markup: string): string {
  return markup
    .replace(/^[\s\S]*<main>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");
}

/** The commands that links of the page run, each with what it is given. */
export function linksOf(markup: string): readonly { command: string; args: unknown[] }[] {
  return [...markup.matchAll(/href="command:([\w.]+)\?([^"]*)"/g)].map(([, command = "", query = ""]) => ({
    command,
    args: JSON.parse(decodeURIComponent(query)) as unknown[],
  }));
}
