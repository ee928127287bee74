import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { derive, reduce } from "../atOnce.ts";
import { noFacts } from "../../../../src/fleet/snapshot/facts.ts";
import * as fake from "../fakes.ts";
import { happenings } from "../happenings.ts";

test("a snapshot made of the one before is the one that is made of the facts alone, whatever happened", () => {
  const steps = fc.array(fc.constantFrom(...happenings), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (events) => {
      let facts = noFacts("azure");
      let derived = derive(facts, fake.rules);
      for (const event of events) {
        facts = reduce(facts, event);
        const before = derived.snapshot;
        derived = derive(facts, fake.rules, derived);
        const { ids } = derived.change;
        for (const [key, record] of derived.snapshot.scaleSets) {
          assert.ok(
            ids === "all" || ids.has(key) || before.scaleSets.get(key) === record,
            "told what differs",
          );
        }
      }
      const rederived = derive(facts, fake.rules);
      assert.deepEqual(derived.snapshot, rederived.snapshot);
    }),
    { numRuns: 300 },
  );
});

test("what is said of one set leaves the records of all others, and of their subscriptions, the same", () => {
  const facts = happenings.slice(0, 8).reduce(reduce, noFacts("azure"));
  const before = derive(facts, fake.rules);
  const upgrade = { properties: { runningStatus: { code: "RollingForward" } } };
  const after = derive(
    reduce(facts, { kind: "eligibilityFacts", key: idKey(fake.idle.id), read: { upgrade } }),
    fake.rules,
    before,
  );
  assert.deepEqual(after.change.ids, new Set([idKey(fake.idle.id), "aaaa"]));
  assert.equal(after.snapshot.subscriptions, before.snapshot.subscriptions);
  assert.equal(after.snapshot.configurations, before.snapshot.configurations);
});

test("what each rule says of a set is worked out when it is asked for, and a copy of the record has it too", () => {
  const { snapshot } = derive(happenings.slice(0, 8).reduce(reduce, noFacts("azure")), fake.rules);
  const record = snapshot.scaleSets.get(idKey(fake.web.id)) ?? assert.fail();
  assert.equal(record.findings.length, fake.rules.eligibility(fake.web).length);
  assert.deepEqual({ ...record }.findings, record.findings);
});
