import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coverageOf } from "../../../../src/core/associations/coverage.ts";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import { addHealthExtension } from "../../../../src/core/plans/upgradePlans.ts";
import type { Json, JsonObject } from "../../../../src/core/resources/json.ts";
import { modelMembers, propertiesOf, valueOf } from "../../../../src/core/resources/scaleSetModel.ts";
import { batchWaitsOf } from "../../../../src/core/upgrades/batchWaits.ts";
import { upgradeEstimate } from "../../../../src/core/upgrades/estimate.ts";
import { generatedScaleSets } from "../../../support/generatedScaleSets/generated.ts";

/** A set that adds each path to `reads` that somebody asks it for; what all of an object was looked at for is `path.*`. */
function watched(value: Json, reads: Set<string>, path = ""): Json {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value as object, {
    get(target, name) {
      const inner: unknown = Reflect.get(target, name);
      if (typeof name === "symbol" || Array.isArray(target)) {
        return typeof inner === "function" ? inner : watched(inner as Json, reads, path);
      }
      const at = path === "" ? name : `${path}.${name}`;
      reads.add(at);
      return watched((inner ?? null) as Json, reads, at);
    },
    has(target, name) {
      if (typeof name === "string") reads.add(path === "" ? name : `${path}.${name}`);
      return Reflect.has(target, name);
    },
    ownKeys(target) {
      if (!Array.isArray(target)) reads.add(`${path}.*`);
      return Reflect.ownKeys(target);
    },
  }) as Json;
}

const declared = modelMembers.map(({ path, isSection }) => ({
  path: `properties.${path.join(".")}`,
  isSection,
}));

/** On the way to what is declared, or within it; a section is no more than what is declared of it. */
function isDeclared(read: string): boolean {
  return declared.some(
    ({ path, isSection }) =>
      path === read || path.startsWith(`${read}.`) || (isSection !== true && read.startsWith(`${path}.`)),
  );
}

/** Whatever is said of a scale set by its model. */
function judged(set: JsonObject, facts: EligibilityFacts): void {
  const findings = eligibility(set, facts);
  coverageOf({
    scaleSet: set,
    assignments: { known: [] },
    configurationOf: () => "unknown",
    findings,
  });
  upgradeEstimate(set, facts);
  batchWaitsOf(set);
  addHealthExtension({ id: "", resource: set }, { protocol: "http", port: 80 });
}

describe("the declared members of a scale set's model", () => {
  it("are all that rules, coverage, estimates and repairs read of it", () => {
    const reads = new Set<string>();
    for (const { scaleSet: set, facts } of generatedScaleSets()) {
      const { imageVersion, loadBalancer } = facts;
      const known = {
        ...(imageVersion && { newestImage: imageVersion }),
        ...(loadBalancer && { loadBalancer }),
      };
      judged(watched(set, reads) as JsonObject, known);
      judged(watched({ ...set, properties: { orchestrationMode: "Flexible" } }, reads) as JsonObject, {});
    }
    const ofModel = [...reads].filter((read) => read.startsWith("properties."));
    assert.ok(ofModel.length > 40, "they read much of it");
    assert.deepEqual(
      ofModel.filter((read) => !isDeclared(read)),
      [],
    );
    const heads = new Set([...reads].filter((read) => !read.includes(".")));
    for (const known of ["id", "name", "location", "tags", "zones", "managedBy", "sku", "properties"])
      heads.delete(known);
    assert.deepEqual([...heads], []);
  });

  it("are enough of each set: the same findings of what they make of it", () => {
    for (const { scaleSet: set, what } of generatedScaleSets()) {
      const { properties } = set as { readonly properties: JsonObject };
      const again = propertiesOf(modelMembers.map((member) => valueOf(properties, member)));
      assert.deepEqual(eligibility({ ...set, properties: again }, {}), eligibility(set, {}), what);
    }
  });

  it("say of a section that is there without any of its members that it is there", () => {
    const properties = { virtualMachineProfile: { osProfile: { linuxConfiguration: { ssh: {} } } } };
    const values = modelMembers.map((member) => valueOf(properties, member));
    assert.deepEqual(propertiesOf(values), {
      virtualMachineProfile: { osProfile: { linuxConfiguration: {} } },
    });
    assert.deepEqual(propertiesOf(modelMembers.map((member) => valueOf({}, member))), {});
  });
});
