import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { verdictOf } from "../../../../src/core/eligibility/rule.ts";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import { imageOf } from "../../../../src/core/resources/scaleSet.ts";
import { generatedScaleSets } from "../../../support/generatedScaleSets/generated.ts";

describe("generated scale sets", () => {
  for (const { what, scaleSet, facts, expected } of generatedScaleSets()) {
    it(`${what}: ${expected.verdict}`, () => {
      const { imageVersion, loadBalancer } = facts;
      const known: EligibilityFacts = {
        ...(imageVersion && { newestImage: imageVersion }),
        ...(loadBalancer && { loadBalancer: { ...loadBalancer } }),
      };
      const findings = eligibility(scaleSet, known);
      // A managed image has no versions, and of custom images only those of a gallery are supported: it breaks both rules.
      const managed = imageOf(scaleSet)?.kind === "managed" ? ["image-supported"] : [];
      const failing = findings.flatMap(({ rule, status }) => (status === "fail" ? rule : []));
      assert.deepEqual(
        failing.filter((rule) => !expected.open.includes(rule)).toSorted(),
        [...new Set([...expected.failing, ...managed])].toSorted(),
      );
      assert.equal(verdictOf(findings), expected.verdict);
    });
  }
});
