import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { InventoryEvent } from "../../../../src/azure/contracts.ts";
import type { IdKey } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { configurationIdOf } from "../../../../src/core/associations/link.ts";
import { atOnce, type Sliced } from "../../../../src/core/slices.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import { derive, reduce } from "../atOnce.ts";
import type { Derived } from "../../../../src/fleet/snapshot/derived.ts";
import type { FleetEvent } from "../../../../src/fleet/events.ts";
import { noFacts } from "../../../../src/fleet/snapshot/facts.ts";
import { recall } from "../../../../src/fleet/saved/recall.ts";
import type { SavedFleet } from "../../../../src/fleet/saved/recall.ts";
import { linesOf } from "../../../../src/fleet/saved/format.ts";
import { decode } from "../../../../src/fleet/saved/decode.ts";
import { encode } from "../../../../src/fleet/saved/encode.ts";
import type { AssignmentsOf, ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { summaryOf } from "../../../../src/fleet/snapshot/summary.ts";
import type { Grouping } from "../../../../src/tree/fleet/grouping.ts";
import { childrenOf, viewOf } from "../../../../src/tree/fleet/nodes.ts";
import { flat, scene, seenIn } from "../../tree/walk.ts";
import * as fake from "../fakes.ts";
import { happenings } from "../happenings.ts";

const groupings: readonly Grouping[] = [
  { by: "subscription" },
  { by: "state" },
  { by: "configuration" },
  { by: "region" },
  { by: "tag", tag: "Größe" },
];

/** Of everything that a resource may have. */
const rich = {
  ...fake.scaleSet("AAAA", "reich"),
  tags: { größe: "groß “L”", empty: "" },
  zones: ["1", "2"],
  sku: { name: "Standard_D2s_v5", capacity: 3 },
  managedBy: "/subscriptions/aaaa/resourceGroups/rg/providers/Microsoft.ServiceFabric/managedClusters/c",
};
const quiet = fake.scaleSet("AAAA", "LOUD");
const shouting = { ...quiet, id: quiet.id.toUpperCase() as typeof quiet.id };
const of = (resource: typeof fake.web, ...assignments: readonly JsonObject[]) =>
  ({ subscriptionId: "AAAA", part: "scaleSets", resource, assignments }) as const;
const pages: readonly InventoryEvent[] = [
  {
    kind: "page",
    danglingAssociations: [],
    rows: [
      of(rich, fake.assignment(rich, fake.weekly), { name: "to nothing", properties: {} }),
      of(shouting, fake.assignment(shouting, fake.weekly)),
      { subscriptionId: "bbbb", part: "configurations", resource: fake.weekly, assignments: [] },
    ],
  },
  { kind: "listed", subscriptionIds: ["AAAA", "bbbb"] },
];
const named = fake.twoSubscriptions.slice(0, 2).map(fake.arrived);
const events: readonly FleetEvent[] = [...happenings, ...pages.map(fake.arrived)];

async function savedOf({ facts, snapshot }: Derived): Promise<SavedFleet> {
  const of = { version: "1", key: "k" };
  const as = { ...of, at: fake.now, isIn: () => true };
  const text = atOnce(encode(facts, snapshot, as));
  const file = { ...atOnce(linesOf(text, of, fake.now)), account: undefined };
  return atOnce(decode([file], facts.origin, () => true));
}

/** What is derived of the same facts: no rule has been asked of it, and its sets stand where they stood. */
function scratchOf({ facts }: Derived, stood: Snapshot): Snapshot {
  const { snapshot } = derive(facts, fake.rules);
  const scaleSets = [...snapshot.scaleSets].map(([key, record]): [IdKey, ScaleSetRecord] => {
    const coverage = stood.scaleSets.get(key)?.coverage ?? assert.fail();
    return [key, { ...record, coverage, findings: [] }];
  });
  return { ...snapshot, scaleSets: new Map(scaleSets) };
}

/** What of a record is saved as it was. */
function savedMembersOf({
  id,
  name,
  resourceGroup,
  subscriptionId,
  resource,
  assignments,
  coverage,
}: ScaleSetRecord) {
  const { type: _, ...others } = resource;
  const links =
    "known" in assignments
      ? [assignments.source, ...assignments.known.map((one) => [one["name"], configurationIdOf(one)])]
      : assignments.unknown === "loading";
  return { id, name, resourceGroup, subscriptionId, others, links, coverage };
}

function membersOf(record: ScaleSetRecord) {
  const { id, name, subscriptionId, resourceGroup, resource, assignments, coverage, findings } = record;
  return { id, name, subscriptionId, resourceGroup, resource, assignments, coverage, findings };
}

/** One subscription with so many sets. */
function manySets(count: number): readonly InventoryEvent[] {
  const sets = Array.from({ length: count }, (_, index) => fake.scaleSet("AAAA", `set${index}`));
  return [
    { kind: "configurations", subscriptionId: "AAAA", resources: [] },
    { kind: "configurations", subscriptionId: "bbbb", resources: [fake.weekly] },
    { kind: "scaleSets", subscriptionId: "AAAA", resources: sets },
    fake.assignments(
      "AAAA",
      sets.map((set) => [set, [fake.assignment(set, fake.weekly)]]),
    ),
  ];
}

describe("a fleet that is recalled", () => {
  it("is the one that is derived of the same facts, in every view, whatever had happened", async () => {
    const steps = fc.array(fc.constantFrom(...events), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(...groupings), async (happened, grouping) => {
        const facts = [...named, ...happened].reduce(reduce, noFacts("azure"));
        const derived = derive(facts, fake.rules);
        const saved = await savedOf(derived);
        const recalled = recall(saved).derived;
        const { snapshot } = recalled;
        const views = flat(seenIn(scene(snapshot, { grouping })));
        const scratch = scratchOf(recalled, derived.snapshot);
        const expected = flat(seenIn(scene(scratch, { grouping })));
        assert.deepEqual(
          views.map(({ node, label, description, spoken, view }) => [
            node.id,
            label,
            description,
            spoken,
            view.icon,
          ]),
          expected.map(({ node, label, description, spoken, view }) => [
            node.id,
            label,
            description,
            spoken,
            view.icon,
          ]),
        );
        assert.deepEqual([...snapshot.subscriptions], [...scratch.subscriptions]);
        const { scaleSets, ...others } = { ...snapshot };
        const { scaleSets: scratchSets, ...scratchOthers } = scratch;
        assert.deepEqual(others, scratchOthers);
        assert.deepEqual([...scaleSets.keys()].sort(), [...scratchSets.keys()].sort());
        for (const [key, record] of scratchSets) {
          const is = scaleSets.get(key) ?? assert.fail();
          assert.deepEqual(membersOf(is), membersOf(record));
          const was = derived.snapshot.scaleSets.get(key) ?? assert.fail();
          assert.deepEqual(savedMembersOf(is), savedMembersOf(was));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("is gone on from: the same records as from scratch, and those that were judged stand where they stood", async () => {
    const steps = fc.array(fc.constantFrom(...events), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, steps, async (happened, later) => {
        const facts = [...named, ...happened].reduce(reduce, noFacts("azure"));
        const saved = await savedOf(derive(facts, fake.rules));
        let after = recall(saved).derived;
        const begun = reduce(after.facts, { kind: "begun", now: fake.now });
        after = derive(begun, fake.rules, after);
        for (const [key, record] of recall(saved).derived.snapshot.scaleSets)
          assert.equal(after.snapshot.scaleSets.get(key)?.coverage, record.coverage);
        let known = begun;
        for (const event of later) {
          known = reduce(known, event);
          after = derive(known, fake.rules, after);
        }
        const scratch = derive(known, fake.rules).snapshot;
        for (const [key, record] of scratch.scaleSets) {
          const is = after.snapshot.scaleSets.get(key) ?? assert.fail();
          assert.deepEqual(membersOf(is), membersOf({ ...record, coverage: is.coverage }));
        }
        const { scaleSets: _, ...others } = after.snapshot;
        const { scaleSets: __, ...scratchOthers } = scratch;
        assert.deepEqual(others, scratchOthers);
      }),
      { numRuns: 100 },
    );
  });

  it("needs nothing that was read for its first sight: the roots and the counts", async () => {
    const facts = [...named, ...pages.map(fake.arrived)].reduce(reduce, noFacts("azure"));
    const saved = await savedOf(derive(facts, fake.rules));
    const shownAlone = [...saved.records].map(
      ([key, { id, name, subscriptionId, resourceGroup, coverage }]) => {
        const record: ScaleSetRecord = {
          ...{ id, name, subscriptionId, resourceGroup, coverage, findings: [] },
          get resource(): JsonObject {
            return assert.fail("a resource was made");
          },
          get assignments(): AssignmentsOf {
            return assert.fail("assignments were made");
          },
        };
        return [key, record] as const;
      },
    );
    const withoutFacts: SavedFleet = { facts: saved.facts, records: new Map(shownAlone) };
    const { snapshot } = recall(withoutFacts).derived;
    const shown = scene(snapshot);
    const labels = childrenOf(undefined, shown).map((root) => viewOf(root, shown)?.label);
    assert.deepEqual(labels, [verbatim("Alpha"), verbatim("Beta")]);
    assert.deepEqual([...summaryOf(snapshot.scaleSets).states.values()], [1]);
  });

  it("is the same whenever the rest of it is asked for, and made in pieces until then", async () => {
    const count = 1000;
    const facts = [...named, ...manySets(count).map(fake.arrived)].reduce(reduce, noFacts("azure"));
    const saved = await savedOf(derive(facts, fake.rules));
    const whole = recall(saved).derived;
    const { derived, rest } = recall(saved);
    let pieces = 0;
    while (rest.next().done !== true) pieces += 1;
    assert.ok(pieces >= count / 100, `${pieces} pieces`);
    const half = recall(saved);
    half.rest.next();
    for (const one of [derived, half.derived]) {
      assert.deepEqual(one.facts, whole.facts);
      assert.equal(one.facts, one.facts);
      assert.deepEqual(one.snapshot.configurations, whole.snapshot.configurations);
    }
    assert.equal(half.rest.next().done, true);
    assert.equal(half.derived.facts.subscriptions.get("aaaa")?.scaleSets.items.size, count);
  });

  it("is written and read in pieces of some tens of sets", () => {
    const count = 1000;
    const facts = [...named, ...manySets(count).map(fake.arrived)].reduce(reduce, noFacts("azure"));
    const derived = derive(facts, fake.rules);
    const pieces = <T>(work: Sliced<T>): readonly [pieces: number, T] => {
      for (let yields = 1; ; yields++) {
        const step = work.next();
        if (step.done === true) return [yields, step.value];
      }
    };
    const of = { version: "1", key: "k" };
    const [written, text] = pieces(
      encode(facts, derived.snapshot, { ...of, at: fake.now, isIn: () => true }),
    );
    const file = { ...atOnce(linesOf(text, of, fake.now)), account: undefined };
    const [read, { records }] = pieces(decode([file], "azure", () => true));
    assert.equal(records.size, count);
    for (const steps of [written, read]) assert.ok(steps >= count / 100, `${steps} pieces`);
  });
});
