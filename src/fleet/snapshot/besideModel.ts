import type { EligibilityFacts } from "../../core/eligibility/facts.ts";
import { idKey } from "../../core/resources/ids.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { KnownConfiguration } from "../../core/associations/link.ts";
import type { Beside } from "./facts.ts";
import type { ScaleSetRecord, Snapshot } from "./snapshot.ts";

/** All that the fleet knows of a set beside its model: of each thing the newest that was read, and its configurations where all are known. */
export function besideModel(record: ScaleSetRecord, snapshot: Snapshot): EligibilityFacts {
  return factsBeside(record, configurationsOf(record, snapshot));
}

/** The same, given the configurations; undefined where they are not all known. */
export function factsBeside(
  { facts, upgrade, instanceView }: Beside,
  configurations: readonly KnownConfiguration[] | undefined,
): EligibilityFacts {
  return {
    ...facts?.facts,
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
