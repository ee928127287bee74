import * as vscode from "vscode";
import { mappedInPieces } from "../../core/pieces.ts";
import type { Sliced } from "../../core/slices.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { eligibilityFactsOf, windowSituationOf } from "../../fleet/snapshot/eligibilityFacts.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { isElsewhere, spanInItsZone, spanInZone } from "../../tree/times.ts";
import type { Clock } from "../../tree/view.ts";
import type { Target } from "../../report/links.ts";
import { localize } from "../../ui/messages.ts";
import { scopeOf } from "../scopes.ts";
import type { EligibilityFactsReader } from "./eligibilityFactsReader.ts";

type Report = Awaited<ReturnType<typeof loadReport>>;
type Wording = Parameters<Report["explanationPage"]>[1]["wording"];

export interface ExplainerOptions {
  readonly store: FleetStore;
  readonly facts: EligibilityFactsReader;
}

/** Explains scale sets as a page and as Markdown, each time as the fleet is then. */
export interface Explainer {
  page(scope: readonly Target[], nonce: string): Sliced<{ readonly title: string; readonly html: string }>;
  markdown(scope: readonly Target[]): Sliced<string>;
  readonly commands: readonly string[];
}

/** Loads what writes the pages and what works out the answers. */
export async function loadExplainer({ store, facts }: ExplainerOptions): Promise<Explainer> {
  const [report, { whyNotUpgraded, lastWindows, eligibilityRules }] = await Promise.all([
    loadReport(),
    loadFlows(),
  ]);
  const titles = new Map(eligibilityRules.map(({ id, title }) => [id, title]));
  const wordingAt = (clock: Clock): Wording => ({
    say: localize,
    locale: clock.locale,
    zone: clock.zone,
    windowInWords: (window) => windowInWords(window, clock),
    titleOf: (rule) => titles.get(rule) ?? verbatim(rule),
  });
  const explained = function* (scope: readonly Target[], { now }: Clock) {
    const { snapshot } = store;
    const { records, missing } = scopeOf(scope, snapshot);
    const explanations = yield* mappedInPieces(records, (record) =>
      report.explain(record, snapshot, {
        reasons: ({ resource, coverage }) =>
          whyNotUpgraded({ scaleSet: resource, facts: eligibilityFactsOf(record, snapshot), coverage, now }),
        lastWindows: () => lastWindows(windowSituationOf(record, snapshot, now)),
      }),
    );
    return { records, missing, explanations };
  };
  return {
    *page(scope, nonce) {
      const clock = clockNow();
      const { origin, loading } = store.snapshot;
      const { records, missing, explanations } = yield* explained(scope, clock);
      const reading = records.filter((record) => facts.isReading(record)).length;
      const wording = wordingAt(clock);
      const page = { explanations, scope, missing, loading, reading, origin, wording };
      const frame = { language: vscode.env.language, nonce };
      return { title: localize(report.pageTitle(page)), html: yield* report.explanationPage(frame, page) };
    },
    *markdown(scope) {
      const clock = clockNow();
      const sandbox = store.snapshot.origin === "sandbox";
      const { explanations } = yield* explained(scope, clock);
      return yield* report.explanationMarkdown(explanations, {
        wording: wordingAt(clock),
        sandbox,
      });
    },
    commands: report.pageCommands.map((name) => `scaleSetMaintenance.${name}`),
  };
}

function windowInWords(window: Occurrence, clock: Clock): Message {
  const there = spanInItsZone(window, clock);
  return isElsewhere(window, clock)
    ? message("{0} ({1} in your time zone)", there, spanInZone(window, clock))
    : there;
}
