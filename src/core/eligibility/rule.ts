import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Severity } from "../text/rule.ts";
import { hasModel } from "../resources/scaleSet.ts";
import type { EligibilityFacts } from "./facts.ts";

/** A failure that a plan of ours can mend. */
export type Repair =
  | "imageLatest"
  | "automaticUpdatesOff"
  | "patchMode"
  | "upgradeMode"
  | "rollingPolicy"
  | "healthExtension";

/** What a rule says of one scale set. `fail`: the condition is not met, whatever the severity. */
export interface Verdict {
  readonly status: "pass" | "fail" | "unknown";
  /** The value that the verdict rests on. */
  readonly observed?: string;
  readonly message: Message;
  /** What is wrong in a few words, of a failure that blocks. */
  readonly brief?: Message;
  /** The way out of a failure. */
  readonly fix?: Message;
  /** The change of ours that is the way out. */
  readonly repair?: Repair;
  /** For a failure that Azure is not known to refuse, though the rule is about what it refuses. */
  readonly severity?: "warn";
  /** What an unknown verdict is in want of: part of the set's own model, or a fact that no model holds. */
  readonly lacks?: "model" | "facts";
}

/**
 * What becomes of the document that the rules are held against: `stored`, a scale set as Azure holds it, which a request changes that names
 * only what it changes; `body`, a document that is itself sent as a whole, such as a template.
 */
export type Intent = "stored" | "body";

/** A condition on automatic OS image upgrades, as data. */
export interface EligibilityRule {
  /** Stable kebab-case id. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: Message;
  /** Where Microsoft says so. Where pages disagree the rule warns and names both. Empty for a rule of our own. */
  readonly sources: readonly string[];
  /** `scaleSet` as ARM returns it; null and absent sections mean "none". */
  readonly check: (scaleSet: JsonObject, facts: EligibilityFacts, intent: Intent) => Verdict;
}

/** A rule's verdict, with what is needed to show it. One shape for all: thousands are made at once. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly status: Verdict["status"];
  readonly observed?: string | undefined;
  readonly message: Message;
  readonly brief?: Message | undefined;
  readonly fix?: Message | undefined;
  readonly repair?: Repair | undefined;
  readonly lacks?: Verdict["lacks"] | undefined;
  readonly sources: readonly string[];
}

/** The findings that stop Azure from enabling automatic OS upgrades. */
export function blockers(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity, status }) => severity === "block" && status === "fail");
}

/**
 * What the findings come to. What no model can hold (the image service's answer, instances, configurations) does not change it
 * while it is unknown.
 */
export function verdictOf(findings: readonly Finding[]): "eligible" | "blocked" | "warnings" {
  if (blockers(findings).length > 0) return "blocked";
  const doubtful = findings.some(
    ({ status, severity, lacks }) =>
      status === "fail" || (status === "unknown" && severity === "block" && lacks === "model"),
  );
  return doubtful ? "warnings" : "eligible";
}

/** The check of a rule about the model: unknown for a document that does not hold it. */
export function ofModel(check: EligibilityRule["check"]): EligibilityRule["check"] {
  return (scaleSet, facts, intent) =>
    hasModel(scaleSet) ? check(scaleSet, facts, intent) : lacksMember("virtualMachineProfile");
}

/** Unknown, because the scale set's JSON has no such member. */
export function lacksMember(name: string): Verdict {
  return lacksModel(message("Missing in the scale set's JSON: {0}.", name));
}

/** Unknown, because the model does not say. */
export function lacksModel(because: Message): Verdict {
  return { status: "unknown", message: because, lacks: "model" };
}

/** Unknown, because something outside the model has not been read. */
export function lacksFacts(because: Message): Verdict {
  return { status: "unknown", message: because, lacks: "facts" };
}
