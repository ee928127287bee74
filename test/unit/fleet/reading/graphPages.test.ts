import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { GraphDangling, GraphRow, InventoryEvent } from "../../../../src/azure/contracts.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import type { Problem } from "../../../../src/core/text/problem.ts";
import { derive, reduce } from "../atOnce.ts";
import type { FleetEvent } from "../../../../src/fleet/events.ts";
import { noFacts } from "../../../../src/fleet/snapshot/facts.ts";
import type { Facts } from "../../../../src/fleet/snapshot/facts.ts";
import type { ReadBack } from "../../../../src/fleet/reading/readBack.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import * as fake from "../fakes.ts";

const set = (resource: JsonObject, assignments: readonly JsonObject[] = [], subscriptionId = "AAAA") =>
  ({ subscriptionId, part: "scaleSets", resource, assignments }) satisfies GraphRow;
const configuration = (resource: JsonObject, subscriptionId = "bbbb") =>
  ({ subscriptionId, part: "configurations", resource, assignments: [] }) satisfies GraphRow;
const page = (
  rows: readonly GraphRow[],
  danglingAssociations: readonly GraphDangling[] = [],
): InventoryEvent => ({
  kind: "page",
  rows,
  danglingAssociations,
});
const lost = fake.scaleSet("AAAA", "lost");
const dangling = (assignments = [fake.assignment(lost, fake.weekly)]): GraphDangling => ({
  subscriptionId: "AAAA",
  scaleSetId: lost.id,
  assignments,
});
const subscriptions: InventoryEvent = {
  kind: "subscriptions",
  subscriptions: [fake.subscriptionA, fake.subscriptionB],
};
const listed: InventoryEvent = { kind: "listed", subscriptionIds: ["aaaa", "BBBB"] };
const pages: readonly InventoryEvent[] = [
  subscriptions,
  page([set(fake.web, [fake.assignment(fake.web, fake.weekly)])]),
  page([set(fake.idle), { ...set({ id: "nonsense" }), subscriptionId: "bbbb" }], [dangling()]),
  page([configuration(fake.weekly)]),
];

const later = (minutes: number) => new Date(Date.parse(fake.now) + minutes * 60_000).toISOString();
const at = (now: string, event: FleetEvent): FleetEvent => ("now" in event ? { ...event, now } : event);

/** A reading that begins at `now` and yields these events. */
function read(events: readonly InventoryEvent[], from: Facts = noFacts("azure"), now = fake.now): Facts {
  const all: readonly FleetEvent[] = [
    { kind: "begun", now },
    ...events.map(fake.arrived),
    { kind: "ended", now },
  ];
  return all.map((event) => at(now, event)).reduce(reduce, from);
}

const write = (facts: Facts, readBack: ReadBack, now = fake.now) =>
  reduce(facts, { kind: "written", readBack, now });
const snapshotOf = (facts: Facts): Snapshot => derive(facts, fake.rules).snapshot;
const assignmentsIn = (facts: Facts, { id }: { readonly id: string }) =>
  snapshotOf(facts).scaleSets.get(idKey(id))?.assignments;
const all = [...pages, listed];

describe("pages of Resource Graph", () => {
  it("give one snapshot in whatever order they come, one by one or in bursts", () => {
    const expected = snapshotOf(read(all));
    assert.equal(expected.scaleSets.size, 2);
    const shuffled = fc.shuffledSubarray([...pages], { minLength: pages.length });
    fc.assert(
      fc.property(shuffled, fc.nat(pages.length), (order, cut) => {
        assert.deepEqual(snapshotOf(read([...order, listed])), expected);
        const burst = (events: readonly InventoryEvent[]): FleetEvent => ({
          ...(fake.arrived(subscriptions) as Extract<FleetEvent, { kind: "arrived" }>),
          events,
        });
        const bursts: readonly FleetEvent[] = [
          { kind: "begun", now: fake.now },
          burst(order.slice(0, cut)),
          burst([...order.slice(cut), listed]),
          { kind: "ended", now: fake.now },
        ];
        assert.deepEqual(snapshotOf(bursts.reduce(reduce, noFacts("azure"))), expected);
      }),
    );
  });

  it("show what they have at once; what an earlier reading had stays until its subscription is listed", () => {
    const first = read(all);
    const begun = reduce(first, { kind: "begun", now: fake.now });
    const half = [subscriptions, page([set(fake.scaleSet("AAAA", "new"))])]
      .map(fake.arrived)
      .reduce(reduce, begun);
    assert.equal(snapshotOf(half).scaleSets.size, 3);
    assert.equal(snapshotOf(half).subscriptions.get("aaaa")?.scaleSets.state, "loading");
    const whole = reduce(half, fake.arrived(listed));
    assert.deepEqual(
      [...snapshotOf(whole).scaleSets.values()].map(({ name }) => name),
      ["new"],
    );
    assert.deepEqual(snapshotOf(whole).subscriptions.get("aaaa")?.scaleSets, { state: "ready" });
    assert.equal(snapshotOf(whole).configurations.size, 0);
    assert.equal(snapshotOf(whole).danglingAssociations.size, 0);
  });

  it("mark what only they told, and keep what a set said itself", () => {
    const facts = read(all);
    assert.deepEqual(assignmentsIn(facts, fake.idle), { known: [], source: "graph" });
    const known = assignmentsIn(facts, fake.web);
    assert.equal(known !== undefined && "known" in known && known.source, "graph");
    const asked = (answer: readonly JsonObject[] | Problem) =>
      reduce(facts, { kind: "asked", answers: new Map([[fake.idle.id, answer]]), now: fake.now });
    const none = asked([]);
    assert.deepEqual(assignmentsIn(read(all, none), fake.idle), { known: [] });
    const refused = asked(fake.problem());
    assert.deepEqual(assignmentsIn(read(all, refused), fake.idle), { unknown: fake.problem() });
    assert.equal(snapshotOf(refused).scaleSets.get(idKey(fake.idle.id))?.coverage.state, "unknown");
    const hidden = asked([fake.assignment(fake.idle, fake.weekly)]);
    assert.equal(snapshotOf(read(all, hidden)).scaleSets.get(idKey(fake.idle.id))?.coverage.state, "unknown");
    assert.deepEqual(assignmentsIn(read(all, hidden, later(11)), fake.idle), { known: [], source: "graph" });
  });

  it("tell of assignments whose set is not there; that it is gone only its own answer says", () => {
    const facts = read(all);
    const { id } = fake.assignment(lost, fake.weekly);
    assert.equal(snapshotOf(facts).danglingAssociations.get(idKey(id))?.scaleSet, "unknown");
    const answers = new Map([[idKey(lost.id), "gone" as const]]);
    const answered = reduce(facts, { kind: "owners", answers });
    assert.equal(snapshotOf(answered).danglingAssociations.get(idKey(id))?.scaleSet, "gone");
    const removed = write(answered, { kind: "resource", id, resource: undefined });
    assert.equal(snapshotOf(removed).danglingAssociations.size, 0);
    assert.equal(snapshotOf(read(all, removed)).danglingAssociations.size, 0, "Graph need not know yet");
    assert.equal(snapshotOf(read(all, removed, later(11))).danglingAssociations.size, 1);
  });

  it("take a set away that was read before, where they have only its associations", () => {
    const before = read([...pages, page([set(lost, [fake.assignment(lost, fake.weekly)])]), listed]);
    assert.ok(snapshotOf(before).scaleSets.has(idKey(lost.id)));
    const after = read(all, before);
    assert.ok(!snapshotOf(after).scaleSets.has(idKey(lost.id)));
    assert.equal(snapshotOf(after).danglingAssociations.size, 1);
    const written = write(before, { kind: "resource", id: lost.id, resource: lost });
    assert.ok(snapshotOf(read(all, written)).scaleSets.has(idKey(lost.id)), "Graph need not know yet");
  });

  it("leave what they are put into the same objects where they say the same", () => {
    const before = read([...pages, listed]);
    const after = read(structuredClone([...pages, listed]), before);
    for (const [key, known] of before.subscriptions) {
      const is = after.subscriptions.get(key);
      assert.equal(is?.configurations.items, known.configurations.items);
      assert.equal(is?.scaleSets.items, known.scaleSets.items);
      assert.equal(is?.assignments.byScaleSet, known.assignments.byScaleSet);
      assert.equal(is?.danglingAssociations, known.danglingAssociations);
    }
    assert.equal(after.regions, before.regions);
    const was = derive(before, fake.rules);
    const { scaleSets, configurations } = derive(after, fake.rules, was).snapshot;
    assert.equal(scaleSets, was.snapshot.scaleSets);
    assert.equal(configurations, was.snapshot.configurations);
  });

  it("leave a tenant that was refused to the lists, and say so while it is", () => {
    const refused: InventoryEvent = {
      kind: "graphRefused",
      tenantId: "t1",
      displayName: "Contoso",
      problem: fake.problem(),
    };
    const facts = read([...fake.twoSubscriptions, refused]);
    assert.deepEqual(
      snapshotOf(facts).withoutGraph.map(({ displayName }) => displayName),
      ["Contoso"],
    );
    assert.equal(snapshotOf(read(all, facts)).withoutGraph.length, 0);
    assert.deepEqual(assignmentsIn(facts, fake.idle), { known: [] });
  });
});

describe("what was written lies over Resource Graph", () => {
  const made = fake.configuration("bbbb", "made");
  const enabled = fake.scaleSet("AAAA", "api", true);
  const association = fake.assignment(fake.idle, fake.weekly);
  const writes: readonly ReadBack[] = [
    { kind: "resource", id: made.id, resource: made },
    { kind: "resource", id: fake.weekly.id, resource: undefined },
    { kind: "resource", id: enabled.id, resource: enabled },
    { kind: "resource", id: association.id, resource: association },
    { kind: "assignments", scaleSetId: fake.web.id, assignments: [] },
  ];
  const shown = (facts: Facts) => {
    const { scaleSets, configurations } = snapshotOf(facts);
    return {
      configurations: [...configurations.keys()],
      sets: [...scaleSets].map(([key, { resource, assignments }]) => [
        key,
        resource["properties"],
        "known" in assignments && assignments.known,
      ]),
    };
  };

  it("in a reading that began after it, until Graph shows the same", () => {
    const written = writes.reduce((facts, one) => write(facts, one), read(all));
    const expected = shown(written);
    assert.deepEqual(shown(read(all, written, later(1))), expected);
    const caughtUp = [
      subscriptions,
      page([set(fake.web), set(enabled, [association]), configuration(made)]),
      listed,
    ];
    const after = read(caughtUp, read(all, written, later(1)), later(2));
    assert.deepEqual(shown(after), expected);
    assert.deepEqual([after.overlay.resources.size, after.overlay.assignments.size], [0, 0]);
    assert.deepEqual(shown(read(all, after, later(3))), shown(read(all)), "from then on Graph is believed");
  });

  it("for ten minutes at most", () => {
    const written = writes.reduce((facts, one) => write(facts, one), read(all));
    assert.deepEqual(shown(read(all, written, later(10))), shown(read(all)));
  });

  it("and it makes no difference whether it or the page came first", () => {
    const expected = shown(writes.reduce((facts, one) => write(facts, one), read(all)));
    const steps: readonly FleetEvent[] = [
      ...pages.map(fake.arrived),
      ...writes.map((readBack): FleetEvent => ({ kind: "written", readBack, now: fake.now })),
    ];
    const shuffled = fc.shuffledSubarray([...steps], { minLength: steps.length });
    const known = read(all);
    fc.assert(
      fc.property(shuffled, (order) => {
        const events: readonly FleetEvent[] = [
          { kind: "begun", now: fake.now },
          ...order,
          fake.arrived(listed),
          { kind: "ended", now: fake.now },
        ];
        const { configurations, sets } = shown(events.reduce(reduce, known));
        assert.deepEqual(new Set(configurations), new Set(expected.configurations));
        assert.deepEqual(
          new Map(sets.map(([key, ...of]) => [key, of])),
          new Map(expected.sets.map(([key, ...of]) => [key, of])),
        );
      }),
    );
  });

  it("also over a row that is like it because it is older than what was written and taken back", () => {
    const away: ReadBack = { kind: "resource", id: association.id, resource: undefined };
    const back = write(write(read(all), writes[3] as ReadBack), away);
    const lagging = [subscriptions, page([set(fake.web), set(fake.idle, [association])]), listed];
    const first = read(all, back, later(0.2));
    assert.deepEqual(assignmentsIn(read(lagging, first, later(0.5)), fake.idle), { known: [] });
    const seen = assignmentsIn(read(lagging, read(all, first, later(3)), later(4)), fake.idle);
    assert.ok(seen !== undefined && "known" in seen && seen.known.length === 1, "someone else's, much later");
  });

  it("though the row lacks just what was written", () => {
    const { upgradePolicy: _, ...properties } = fake.idle.properties;
    const row = { ...fake.idle, properties };
    const old = [subscriptions, page([set(row)]), listed];
    const written = write(read(old), { kind: "resource", id: enabled.id, resource: enabled });
    const record = snapshotOf(read(old, written, later(1))).scaleSets.get(idKey(enabled.id));
    assert.deepEqual(record?.resource["properties"], enabled.properties);
  });
});
