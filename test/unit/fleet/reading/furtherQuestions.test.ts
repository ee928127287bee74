import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Azure, GraphDangling, GraphRow, InventoryEvent } from "../../../../src/azure/contracts.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import type { ProblemKind } from "../../../../src/core/text/problem.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { setsToAsk } from "../../../../src/fleet/reading/furtherQuestions.ts";
import * as fake from "../fakes.ts";

const row = (resource: JsonObject, assignments: readonly JsonObject[] = []): GraphRow => ({
  subscriptionId: "AAAA",
  part: "scaleSets",
  resource,
  assignments,
});
const fleet = (
  rows: readonly GraphRow[],
  danglingAssociations: readonly GraphDangling[] = [],
): readonly InventoryEvent[] => [
  { kind: "subscriptions", subscriptions: [fake.subscriptionA, fake.subscriptionB] },
  { kind: "page", rows, danglingAssociations },
  { kind: "listed", subscriptionIds: ["aaaa", "bbbb"] },
];
const lost = fake.scaleSet("AAAA", "lost");
const dangling = {
  subscriptionId: "AAAA",
  scaleSetId: lost.id,
  assignments: [fake.assignment(lost, fake.weekly)],
};
/** Two of three are uncontrolled, which would need attention. */
const sets = (count: number) =>
  Array.from({ length: count }, (_, index) => fake.scaleSet("AAAA", `set${index}`, index % 3 !== 0));
const namesOf = (records: readonly { readonly name: string }[]) => records.map(({ name }) => name);

describe("what Resource Graph leaves open", () => {
  it("is asked after the reading, which does not wait for it", async () => {
    const gate = Promise.withResolvers<readonly JsonObject[]>();
    gate.promise.catch(() => undefined); // it may be refused before it is asked for
    const store = await fake.readStore(
      fake.fakeAzure({ events: fleet([row(fake.idle)]), assignmentsOf: () => gate.promise }),
    );
    const stateOf = () => store.snapshot.scaleSets.get(idKey(fake.idle.id))?.coverage.state;
    assert.deepEqual([store.snapshot.loading, stateOf()], [false, "unmanaged"]);
    gate.reject(new fake.Refused("forbidden"));
    await store.settled();
    assert.equal(stateOf(), "unknown", "can't tell");
    await store.refresh(fake.noSignal());
    assert.equal(stateOf(), "unknown", "and not for a moment another state when it is read again");
  });

  it("makes known what the set itself says: none, or what Graph does not have yet", async () => {
    const answers = new Map([[fake.idle.id, [fake.assignment(fake.idle, fake.weekly)]]]);
    const azure = fake.fakeAzure({
      events: fleet([row(fake.idle), row(fake.web)]),
      assignmentsOf: async (id) => answers.get(id as typeof fake.idle.id) ?? [],
      read: async () => fake.weekly,
    });
    const store = await fake.readStore(azure);
    await store.settled();
    assert.deepEqual(store.snapshot.scaleSets.get(idKey(fake.web.id))?.assignments, { known: [] });
    assert.equal(store.snapshot.scaleSets.get(idKey(fake.idle.id))?.coverage.state, "idle");
  });

  it("what was written and its answer does not show is read again: Graph lags, or somebody else has changed it since", async () => {
    const written = fake.assignment(fake.web, fake.weekly);
    const now: { assignments: readonly JsonObject[] } = { assignments: [written] };
    const events = fleet([row(fake.web)]);
    const assignmentsOf: Azure["assignmentsOf"] = async () => now.assignments;
    const store = await fake.readStore(
      fake.fakeAzure({ events, assignmentsOf, read: async () => fake.weekly }),
    );
    const known = () => store.snapshot.scaleSets.get(idKey(fake.web.id))?.assignments;
    await store.put({ kind: "resource", id: written.id, resource: written });
    await store.refresh(fake.noSignal());
    assert.deepEqual(known(), { known: [written] });
    now.assignments = [];
    await store.refresh(fake.noSignal());
    assert.deepEqual(known(), { known: [] });
  });

  it("but not in a subscription that is no longer among those picked", async () => {
    const asked: string[] = [];
    const assignmentsOf: Azure["assignmentsOf"] = async (id) => {
      asked.push(id);
      return [];
    };
    const picked = new Set(["aaaa", "bbbb"]);
    const wanted = ({ subscriptionId }: { readonly subscriptionId: string }) =>
      picked.has(subscriptionId.toLowerCase());
    const read = async (id: string) => {
      asked.push(id);
      return fake.web;
    };
    const azure = fake.fakeAzure({ events: fleet([row(fake.web)]), assignmentsOf, read });
    const store = await fake.readStore(azure, { wanted: () => wanted });
    await store.put({ kind: "resource", id: fake.web.id, resource: { ...fake.web, tags: { put: "now" } } });
    await store.put({ kind: "assignments", scaleSetId: fake.web.id, assignments: [] });
    picked.delete("aaaa");
    asked.length = 0;
    await store.refresh(fake.noSignal());
    await store.settled();
    assert.deepEqual(asked, []);
  });

  it("a set that only assignments name is gone where it says so, and else not known to be", async () => {
    const refusedWith = (kind: ProblemKind, code: string) => () =>
      Promise.reject(new fake.Refused(kind, { code }));
    for (const [read, expected, problem] of [
      [refusedWith("notFound", "ResourceNotFound"), "gone", undefined],
      [refusedWith("forbidden", "AuthorizationFailed"), "unknown", "forbidden"],
      // As with a subscription that the account does not reach.
      [refusedWith("notFound", "SubscriptionNotFound"), "unknown", "notFound"],
      [() => Promise.resolve(lost), "there", undefined],
    ] satisfies [Azure["read"], string, ProblemKind | undefined][]) {
      const store = await fake.readStore(fake.fakeAzure({ events: fleet([], [dangling]), read }));
      await store.settled();
      const [record] = store.snapshot.danglingAssociations.values();
      assert.equal(record?.scaleSet, expected);
      assert.equal(record.problem?.kind, problem);
    }
  });

  it("is asked of at most 200 sets at first and 20 later, a few at a time: those first that would need attention, then those not yet asked", async () => {
    let [inFlight, most] = [0, 0];
    const asked: string[] = [];
    const azure = fake.fakeAzure({
      events: fleet(sets(300).map((set) => row(set))),
      assignmentsOf: async (id) => {
        most = Math.max(most, ++inFlight);
        asked.push(id);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        return [];
      },
    });
    const store = await fake.readStore(azure);
    await store.settled();
    assert.equal(asked.length, 200);
    assert.ok(most <= 8, `${most} at a time`);
    const attention = sets(300).filter((_, index) => index % 3 !== 0);
    assert.deepEqual(new Set(asked), new Set(attention.map(({ id }) => id)), "all that would need attention");
    asked.length = 0;
    await store.refresh(fake.noSignal());
    await store.settled();
    await store.refresh(fake.noSignal());
    await store.settled();
    assert.equal(new Set(asked).size, 40);
    const others = new Set<string>(sets(300).flatMap(({ id }, index) => (index % 3 === 0 ? id : [])));
    assert.ok(asked.length === 40 && asked.every((id) => others.has(id)));
  });

  it("is asked of all configurations without a list at first, and then of 10 a reading in turns", async () => {
    const elsewhere = Array.from({ length: 40 }, (_, index) =>
      fake.configuration("cccc", `elsewhere${index}`),
    );
    const rows = elsewhere.map((one, index) => {
      const set = fake.scaleSet("AAAA", `set${index}`);
      return row(set, [fake.assignment(set, one)]);
    });
    const asked: string[] = [];
    const azure = fake.fakeAzure({
      events: fleet(rows),
      read: async (id) => {
        asked.push(idKey(id));
        return elsewhere.find((one) => idKey(one.id) === idKey(id)) ?? {};
      },
    });
    const all = elsewhere.map(({ id }) => idKey(id)).toSorted();
    const store = await fake.readStore(azure);
    assert.deepEqual(asked.splice(0).toSorted(), all);
    for (const count of [10, 20, 30, 40]) {
      await store.refresh(fake.noSignal());
      assert.equal(asked.length, count);
    }
    assert.deepEqual(asked.toSorted(), all);
  });

  it("is nothing where the sets were asked themselves, as without Resource Graph", async () => {
    const store = await fake.readStore();
    assert.deepEqual(namesOf(atOnce(setsToAsk(store.derived.facts, store.snapshot, new Set()))), []);
  });

  it("is not asked any more once the next reading begins or the connection ends", async () => {
    const signals: AbortSignal[] = [];
    const azure = fake.fakeAzure({
      events: fleet([row(fake.idle)]),
      assignmentsOf: (_, signal) => {
        signals.push(signal);
        return new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        });
      },
    });
    const store = await fake.readStore(azure);
    await store.refresh(fake.noSignal());
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    store.connect(undefined);
    await store.settled();
    assert.equal(signals[1]?.aborted, true);
  });
});
