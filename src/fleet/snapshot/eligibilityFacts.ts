import type { EligibilityFacts } from "../../core/eligibility/facts.ts";
import { idKey } from "../../core/resources/ids.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { WindowSituation } from "../../core/upgrades/lastWindow.ts";
import type { KnownConfiguration } from "../../core/associations/link.ts";
import type { KnownEligibilityFacts } from "./facts.ts";
import type { ScaleSetRecord, Snapshot } from "./snapshot.ts";

/** The eligibility facts that the fleet knows of a set: of each thing the newest that was read, and its configurations where all are known. */
export function eligibilityFactsOf(record: ScaleSetRecord, snapshot: Snapshot): EligibilityFacts {
  return mergedEligibilityFacts(record, configurationsOf(record, snapshot));
}

/** What the last windows of a set are told from, as far as the fleet knows it. `now`: ISO instant. */
export function windowSituationOf(record: ScaleSetRecord, snapshot: Snapshot, now: string): WindowSituation {
  const { resource, assignments, eligibilityFacts } = record;
  const { upgradeHistory, rollingUpgrade } = eligibilityFacts?.unread ?? {};
  return {
    scaleSet: resource,
    facts: eligibilityFactsOf(record, snapshot),
    now,
    ...("known" in assignments && { assignments: assignments.known }),
    readAt: eligibilityFacts?.at,
    unread: (upgradeHistory ?? rollingUpgrade)?.summary,
  };
}

/** The same, given the configurations; undefined where they are not all known. */
export function mergedEligibilityFacts(
  { eligibilityFacts, upgrade, instanceView }: KnownEligibilityFacts,
  configurations: readonly KnownConfiguration[] | undefined,
): EligibilityFacts {
  return {
    ...eligibilityFacts?.facts,
    ...(upgrade && { rollingUpgrade: upgrade }),
    ...(instanceView && { instanceView }),
    ...(configurations && { configurations }),
  };
}

/** Those that are gone left out; undefined where one of them, or which they are, is not known. */
function configurationsOf(
  { assignments }: ScaleSetRecord,
  { configurations, referenced }: Snapshot,
): readonly KnownConfiguration[] | undefined {
  if ("unknown" in assignments) return undefined;
  const found: KnownConfiguration[] = [];
  for (const key of new Set(assignments.known.map((one) => idKey(configurationIdOf(one) ?? "")))) {
    const elsewhere = referenced.get(key);
    const known = configurations.get(key) ?? (elsewhere?.state === "found" ? elsewhere : undefined);
    if (known !== undefined) found.push(known);
    else if (elsewhere?.state !== "missing") return undefined;
  }
  return found;
}
