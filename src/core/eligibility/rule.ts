import type { JsonObject } from "../json.ts";
import type { Message } from "../message.ts";
import type { Severity } from "../rule.ts";

/** What a rule says of one scale set. `fail`: the condition is not met, whatever the severity. */
export interface Verdict {
  readonly status: "pass" | "fail" | "unknown";
  /** The value that the verdict rests on. */
  readonly observed?: string;
  readonly message: Message;
  /** The way out of a failure. */
  readonly fix?: Message;
}

/** A condition on automatic OS image upgrades, as data. */
export interface EligibilityRule {
  /** Stable kebab-case id. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: Message;
  /** Where Microsoft says so. Where pages disagree the rule warns and names both. */
  readonly sources: readonly string[];
  /** `scaleSet` as ARM returns it; null and absent sections mean "none". */
  readonly check: (scaleSet: JsonObject) => Verdict;
}

/** A rule's verdict, with what is needed to show it. */
export interface Finding extends Verdict {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly sources: readonly string[];
}

/** The findings that stop Azure from enabling automatic OS upgrades. */
export function blockers(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity, status }) => severity === "block" && status === "fail");
}
