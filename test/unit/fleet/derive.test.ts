import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { InventoryEvent } from "../../../src/azure/contracts.ts";
import { idKey } from "../../../src/core/ids.ts";
import { derive } from "../../../src/fleet/derive.ts";
import type { FleetEvent } from "../../../src/fleet/events.ts";
import { noFacts } from "../../../src/fleet/facts.ts";
import { reduce } from "../../../src/fleet/reducer.ts";
import * as fake from "./fakes.ts";

const { now, arrived } = fake;
const other = fake.configuration("cccc", "other");
const cache = fake.scaleSet("bbbb", "cache");
const page = (...names: readonly string[]): InventoryEvent => ({
  kind: "page",
  orphans: [
    {
      subscriptionId: "AAAA",
      scaleSetId: fake.scaleSet("AAAA", "lost").id,
      assignments: [fake.assignment(fake.scaleSet("AAAA", "lost"), other)],
    },
  ],
  rows: names.map((name) => {
    const set = fake.scaleSet("AAAA", name);
    const assignments = name.length % 2 === 0 ? [] : [fake.assignment(set, other)];
    return { subscriptionId: "AAAA", part: "scaleSets", resource: set, assignments };
  }),
});
const failed = (part: "configurations" | "scaleSets" | "assignments"): InventoryEvent => ({
  kind: "failed",
  subscriptionId: "bbbb",
  part,
  problem: fake.problem(),
});

/** One of everything that may happen. */
const happenings: readonly FleetEvent[] = [
  ...fake.twoSubscriptions.map(arrived),
  ...(["configurations", "scaleSets", "assignments"] as const).map((part) => arrived(failed(part))),
  ...[page("web", "one"), page("api", "lost"), page()].map(arrived),
  arrived({ kind: "listed", subscriptionIds: ["AAAA"] }),
  arrived({ kind: "scaleSets", subscriptionId: "bbbb", resources: [cache, cache] }),
  arrived(
    fake.assignments("bbbb", [[cache, [fake.assignment(cache, fake.weekly), fake.assignment(cache, other)]]]),
  ),
  arrived({ kind: "configurations", subscriptionId: "bbbb", resources: [fake.weekly, { id: 1 }] }),
  arrived({ kind: "tenantFailed", displayName: "Gamma", problem: fake.problem() }),
  arrived({ kind: "subscriptions", subscriptions: [fake.subscriptionB] }),
  { kind: "begun", now },
  { kind: "ended", now },
  { kind: "ended", now, problem: fake.problem("cancelled") },
  { kind: "written", now, readBack: { kind: "resource", id: fake.web.id, resource: undefined } },
  { kind: "written", now, readBack: { kind: "resource", id: fake.weekly.id, resource: fake.weekly } },
  { kind: "asked", now, scaleSetId: fake.idle.id, answer: fake.problem() },
  { kind: "asked", now, scaleSetId: fake.idle.id, answer: [fake.assignment(fake.idle, fake.weekly)] },
  { kind: "owners", answers: new Map([[idKey(fake.scaleSet("AAAA", "lost").id), "gone"]]) },
  { kind: "accounts", ids: new Set(["someone else"]) },
  { kind: "referenced", answers: new Map([[idKey(other.id), { state: "found", resource: other }]]) },
  { kind: "referenced", answers: new Map([[idKey(other.id), { state: "missing" }]]) },
  ...[fake.weekly, other].map((resource): FleetEvent => ({
    kind: "scheduled",
    schedules: new Map([[idKey(resource.id), { resource, facts: fake.schedule() }]]),
  })),
  { kind: "beside", key: idKey(fake.web.id), read: { upgrade: { properties: {} } } },
];

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
      const anew = derive(facts, fake.rules);
      assert.deepEqual(derived.snapshot, anew.snapshot);
    }),
    { numRuns: 300 },
  );
});

test("what is said of one set leaves the records of all others, and of their subscriptions, the same", () => {
  const facts = happenings.slice(0, 8).reduce(reduce, noFacts("azure"));
  const before = derive(facts, fake.rules);
  const upgrade = { properties: { runningStatus: { code: "RollingForward" } } };
  const after = derive(
    reduce(facts, { kind: "beside", key: idKey(fake.idle.id), read: { upgrade } }),
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
