import type { JsonObject } from "../json.ts";
import { healthSource } from "./health.ts";
import { imageVersionLatest } from "./image.ts";
import { managedByOther, orchestrationMode } from "./ownership.ts";
import { patchMode, windowsAutomaticUpdates } from "./patching.ts";
import type { EligibilityRule, Finding } from "./rule.ts";

export { blockers } from "./rule.ts";
export type { EligibilityRule, Finding, Verdict } from "./rule.ts";

/** The conditions of automatic OS image upgrades, those that block first. */
export const eligibilityRules: readonly EligibilityRule[] = [
  imageVersionLatest,
  healthSource,
  windowsAutomaticUpdates,
  patchMode,
  orchestrationMode,
  managedByOther,
];

/** What every rule says of a scale set as ARM returns it, in the order of the rules. */
export function eligibility(scaleSet: JsonObject): readonly Finding[] {
  return eligibilityRules.map(({ id, severity, sources, check }) => ({
    rule: id,
    severity,
    sources,
    ...check(scaleSet),
  }));
}
