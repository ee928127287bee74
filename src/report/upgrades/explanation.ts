import type { Attempt } from "../../core/upgrades/attempts.ts";
import { sortedInPieces } from "../../core/pieces.ts";
import type { Sliced } from "../../core/slices.ts";
import { verdictOf } from "../../core/eligibility/rule.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import type { LastWindow } from "../../core/upgrades/lastWindow.ts";
import type { Reason } from "../../core/upgrades/reason.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { lastAttempt } from "../../core/upgrades/upgrade.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { knownConfiguration } from "../configurations.ts";

/** All that is said of one scale set. */
export interface Explanation {
  readonly record: ScaleSetRecord;
  /** The name of its subscription. */
  readonly subscription: string;
  readonly upgradesOn: boolean;
  readonly verdict: ReturnType<typeof verdictOf>;
  /** What blocks, what warns, what is unknown, what is met. */
  readonly findings: readonly Finding[];
  /** Why it did not upgrade, what weighs most first: worked out when it is asked for, since that takes time. */
  readonly reasons: () => readonly Reason[];
  /** What became of the last windows, worked out in the same way; undefined where the configurations of the set are not known. */
  readonly lastWindows: () => readonly LastWindow[] | undefined;
  readonly lastUpgrade: Attempt | undefined;
  readonly windows: readonly Windows[];
  /** ISO instant at which Azure was asked for what no list holds; undefined until then. */
  readonly readAt: string | undefined;
}

/** When a maintenance configuration for OS images lets the set upgrade. */
export interface Windows {
  readonly id: string;
  readonly name: string;
  /** Undefined while it is not known, or not worked out. */
  readonly schedule: ScheduleFacts | undefined;
}

/** How many sets all is said of where there are more; the summary has the others too. */
export const maxDetailedSets = 25;

/** Works out why a set did not upgrade, and what its last windows did. */
export interface Answers {
  reasons(record: ScaleSetRecord, snapshot: Snapshot): readonly Reason[];
  lastWindows(record: ScaleSetRecord, snapshot: Snapshot): readonly LastWindow[] | undefined;
}

export function explain(record: ScaleSetRecord, snapshot: Snapshot, answers: Answers): Explanation {
  const { eligibilityFacts, findings } = record;
  return {
    record,
    subscription:
      snapshot.subscriptions.get(record.subscriptionId)?.subscription.displayName ?? record.subscriptionId,
    upgradesOn: automaticUpgradesOf(record.resource),
    verdict: verdictOf(findings),
    findings: [...findings].sort((a, b) => weightOf(a) - weightOf(b)),
    reasons: () => answers.reasons(record, snapshot),
    lastWindows: () => answers.lastWindows(record, snapshot),
    lastUpgrade: lastAttempt(
      record.upgrade ?? eligibilityFacts?.facts.rollingUpgrade,
      eligibilityFacts?.facts.upgradeHistory,
    ),
    windows: windowsOf(record, snapshot),
    readAt: eligibilityFacts?.at,
  };
}

/** Those that need the user most first, then by name. */
export function sortedByNeed(
  explanations: readonly Explanation[],
  locale: string,
): Sliced<readonly Explanation[]> {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const order = { blocked: 0, warnings: 2, eligible: 4 };
  const need = ({ verdict, record }: Explanation) =>
    order[verdict] + (record.coverage.needsAttention ? 0 : 1);
  return sortedInPieces(explanations, (a, b) => need(a) - need(b) || compare(a.record.name, b.record.name));
}

function weightOf({ status, severity }: Finding): number {
  const order = { fail: severity === "block" ? 0 : 1, unknown: 2, pass: 3 };
  return order[status];
}

function windowsOf({ assignments }: ScaleSetRecord, snapshot: Snapshot): readonly Windows[] {
  if ("unknown" in assignments) return [];
  const ids = assignments.known.flatMap((assignment) => configurationIdOf(assignment) ?? []);
  return [...new Map(ids.map((id) => [idKey(id), id]))].flatMap(([key, id]): readonly Windows[] => {
    const known = knownConfiguration(key, snapshot);
    if (known !== undefined && !isOsImage(known.resource)) return [];
    return [{ id, name: nameOf(id), schedule: known?.schedule }];
  });
}
