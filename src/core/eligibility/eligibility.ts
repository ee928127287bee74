import type { JsonObject } from "../json.ts";
import type { EligibilityRule, Finding } from "./rule.ts";

export type { EligibilityRule, Finding, Verdict } from "./rule.ts";

export const eligibilityRules: readonly EligibilityRule[] = [];

/** What every rule says of a scale set, in the order of the rules. */
export function eligibility(scaleSet: JsonObject): readonly Finding[] {
  return eligibilityRules.map(({ id, severity, sources, check }) => ({
    rule: id,
    severity,
    sources,
    ...check(scaleSet),
  }));
}

/** The findings that stop Azure from enabling automatic OS upgrades. */
export function blockers(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity, status }) => severity === "block" && status === "fail");
}
