import assert from "node:assert/strict";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import type { Finding } from "../../../../src/core/eligibility/rule.ts";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";

/** What a rule is to say of a scale set, and how. */
export interface Expected {
  readonly rule: string;
  /** What the set is like. */
  readonly of: string;
  readonly set: JsonObject;
  readonly facts?: EligibilityFacts;
  readonly is: Finding["status"];
  readonly says?: RegExp;
  readonly severity?: Finding["severity"];
  readonly lacks?: Finding["lacks"];
  readonly repair?: Finding["repair"];
}

export function findingOf(rule: string, set: JsonObject, facts?: EligibilityFacts): Finding {
  const finding = eligibility(set, facts).find((one) => one.rule === rule);
  assert.ok(finding, `no rule ${rule}`);
  return finding;
}

/** An unknown verdict names what is missing, or what Azure doesn't say. */
const saysWhy =
  /^Missing in|(aren't|isn't) loaded|(doesn't|don't) (say|report|exist|list)|reports no|(couldn't be read|unknown|calculated)\./;

export function checkFinding({ rule, set, facts, is, says, ...more }: Expected): void {
  const finding = findingOf(rule, set, facts);
  assert.equal(finding.status, is, inEnglish(finding.message));
  if (says) assert.match(inEnglish(finding.message), says);
  if (more.severity !== undefined) assert.equal(finding.severity, more.severity);
  if (more.lacks !== undefined) assert.equal(finding.lacks, more.lacks);
  if (more.repair !== undefined) assert.equal(finding.repair, more.repair);
  assert.equal(finding.fix !== undefined, is === "fail", "a failure, and it alone, has a way out");
  const blocks = finding.severity === "block" && is === "fail";
  assert.equal(finding.brief !== undefined, blocks, "a failure that blocks, and it alone, has a short form");
  if (finding.brief) assert.ok(inEnglish(finding.brief).length <= 60, inEnglish(finding.brief));
  assert.equal(
    finding.lacks !== undefined,
    is === "unknown",
    "an unknown verdict says what it is in want of",
  );
  if (is === "unknown") assert.match(inEnglish(finding.message), saysWhy, "and why");
  if (is !== "fail") assert.equal(finding.repair, undefined);
  assert.ok(finding.sources.every((source) => source.startsWith("https://")));
}
