import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eligibility, eligibilityRules } from "../../../../src/core/eligibility/eligibility.ts";
import { verdictOf } from "../../../../src/core/eligibility/rule.ts";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import { modelAfter } from "../../../../src/core/plans/enabling.ts";
import { imageOf } from "../../../../src/core/resources/scaleSet.ts";
import { message } from "../../../../src/core/text/message.ts";
import { generatedScaleSets } from "../../../support/generatedScaleSets/generated.ts";

const nothing = {
  id: "",
  kind: "setUpgradePolicy",
  target: "",
  title: message("A request"),
  needs: [],
} as const;

describe("generated scale sets", () => {
  for (const { what, scaleSet, facts, enable, expected } of generatedScaleSets()) {
    it(`${what}: ${expected.verdict}`, () => {
      const { imageVersion, loadBalancer } = facts;
      const known: EligibilityFacts = {
        ...(imageVersion && { newestImage: imageVersion }),
        ...(loadBalancer && { loadBalancer: { ...loadBalancer } }),
      };
      // What a request says of Windows Update itself is no matter of the set that Azure holds.
      const isBody = expected.failing.includes("windows-automatic-updates");
      const body = modelAfter(scaleSet, [{ ...nothing, after: enable }]);
      const findings = isBody ? eligibility(body, known, "body") : eligibility(scaleSet, known);
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

it("of the rules that can block, each looks without facts only into the properties", () => {
  const blocking = new Set(eligibilityRules.flatMap(({ id, severity }) => (severity === "block" ? id : [])));
  for (const { what, scaleSet } of generatedScaleSets()) {
    const all = eligibility(scaleSet).filter(({ rule }) => blocking.has(rule));
    const properties = scaleSet["properties"] ?? {};
    assert.deepEqual(eligibility(scaleSet, {}, "stored", "block"), all, what);
    assert.deepEqual(eligibility({ properties }, {}, "stored", "block"), all, what);
  }
});
