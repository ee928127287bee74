import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { coverageOf } from "../../../../src/core/associations/coverage.ts";
import { eligibility, eligibilityRules } from "../../../../src/core/eligibility/eligibility.ts";
import { verdictOf } from "../../../../src/core/eligibility/rule.ts";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import { attemptOf } from "../../../../src/core/upgrades/attempts.ts";
import { upgradeEstimate } from "../../../../src/core/upgrades/estimate.ts";
import { whyNotUpgraded } from "../../../../src/core/upgrades/whyNot.ts";
import { isObject } from "../../../../src/core/resources/json.ts";
import type { Json, JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import { healthExtension, scaleSet, serviceFabric } from "../scaleSets.ts";

const now = "2026-11-23T09:00:00Z";
const full = scaleSet({
  extensions: [healthExtension("Linux"), serviceFabric("Gold")],
  probe: "/probe",
  rollingPolicy: { maxBatchInstancePercent: 20, pauseTimeBetweenBatches: "PT1M" },
  osProfile: { linuxConfiguration: { patchSettings: { patchMode: "ImageDefault" } }, secrets: [{}] },
  upgrades: true,
  zones: ["1", "2"],
  tags: { team: "web" },
});

/** A value of any shape, in which the keys that rules look for turn up often. */
const keys = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...keysIn(full)) }, fc.string());
const { junk } = fc.letrec<{ junk: Json }>((tie) => ({
  junk: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, false, "", "latest", "Flexible", "Windows", "true", "PT5S", -1, 1e308),
    fc.string(),
    fc.double({ noNaN: true }),
    fc.array(tie("junk"), { maxLength: 4 }),
    fc.dictionary(keys, tie("junk"), { maxKeys: 6 }),
  ),
}));
const junkObject = fc.dictionary(keys, junk, { maxKeys: 6 });

/** A full scale set of which one member, however deep, is something else. */
const broken = fc
  .tuple(fc.constantFrom(...pathsIn(full)), junk)
  .map(([path, value]) => replaced(full, path, value));

const facts: fc.Arbitrary<EligibilityFacts> = fc.record(
  {
    newestImage: junkObject,
    instances: fc.array(junkObject, { maxLength: 3 }),
    instanceView: junkObject,
    loadBalancer: junkObject,
    rollingUpgrade: fc.option(junkObject),
    upgradeHistory: fc.array(junkObject, { maxLength: 3 }),
    configurations: fc.array(
      junkObject.map((resource) => ({ resource, schedule: undefined })),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

describe("no JSON that a service may send", () => {
  it("makes a rule throw, or leaves it without a verdict", () => {
    fc.assert(
      fc.property(fc.oneof(broken, junkObject), facts, (set, known) => {
        const findings = eligibility(set, known);
        assert.equal(findings.length, eligibilityRules.length);
        for (const finding of findings) {
          assert.match(finding.status, /^(pass|fail|unknown)$/);
          assert.notEqual(inEnglish(finding.message), "");
          assert.equal(finding.fix !== undefined, finding.status === "fail", finding.rule);
          assert.equal(finding.lacks !== undefined, finding.status === "unknown", finding.rule);
        }
        assert.match(verdictOf(findings), /^(eligible|blocked|warnings)$/);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps the answer to why it did not upgrade from coming", () => {
    fc.assert(
      fc.property(fc.oneof(broken, junkObject), facts, (set, known) => {
        const coverage = coverageOf({
          scaleSet: set,
          assignments: { unknown: message("not read") },
          configurationOf: () => "unknown",
          findings: eligibility(set, known),
        });
        assert.ok(whyNotUpgraded({ scaleSet: set, facts: known, coverage, now }).length > 0);
        const minutes = upgradeEstimate(set, known)?.minutes;
        assert.ok(minutes === undefined || minutes >= 0);
      }),
      { numRuns: 1000 },
    );
  });

  it("makes an estimate endless, or counts more instances than can be counted", () => {
    const nines = "9".repeat(400);
    const notification = { enable: true, notBeforeTimeout: `PT${nines}H` };
    const set = scaleSet({
      rollingPolicy: { pauseTimeBetweenBatches: `PT${nines}S` },
      profile: { scheduledEventsProfile: { osImageNotificationProfile: notification } },
    });
    assert.ok(Number.isFinite(upgradeEstimate(set, {})?.minutes));
    const progress = { successfulInstanceCount: 28, pendingInstanceCount: nines };
    assert.equal(attemptOf({ properties: { progress } }).progress.pending, 0);
  });

  it("is too deep for a rule, whatever settings an extension has", () => {
    const settings = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as Json;
    const extension = { name: "deep", properties: { publisher: "Contoso", type: "Deep", settings } };
    const set = scaleSet({ extensions: [healthExtension("Linux"), extension] });
    assert.equal(eligibility(set).length, eligibilityRules.length);
  });
});

function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return isObject(value) ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]) : [];
}

function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsIn(inner).map((path) => [key, ...path]),
  ]);
}

function replaced(value: JsonObject, path: readonly string[], by: Json): JsonObject {
  const copy = structuredClone(value);
  let place: unknown = copy;
  for (const key of path.slice(0, -1)) place = (place as Record<string, unknown>)[key];
  (place as Record<string, Json>)[path.at(-1) ?? ""] = by;
  return copy;
}
