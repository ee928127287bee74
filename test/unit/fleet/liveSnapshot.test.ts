import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { GraphRow, InventoryEvent } from "../../../src/azure/contracts.ts";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { idKey } from "../../../src/core/resources/ids.ts";
import type { FleetEvent } from "../../../src/fleet/events.ts";
import { LiveSnapshot } from "../../../src/fleet/liveSnapshot.ts";
import * as fake from "./fakes.ts";

/** How many sets are judged without a pause at most. */
const piece = 64;

/** Holds the event loop for at least so long. */
function hold(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** So many sets of one subscription, each with a model of its own. */
function rows(count: number): readonly GraphRow[] {
  return Array.from({ length: count }, (_, index) => {
    const set = fake.scaleSet("AAAA", `set${index}`);
    const resource = { ...set, properties: { ...set.properties, capacityOf: index } };
    return { part: "scaleSets", subscriptionId: "AAAA", resource, assignments: [] };
  });
}

function fleet(count: number): readonly InventoryEvent[] {
  return [
    { kind: "subscriptions", subscriptions: [fake.subscriptionA] },
    { kind: "page", rows: rows(count), danglingAssociations: [] },
    { kind: "listed", subscriptionIds: ["AAAA"] },
  ];
}

/** Rules that take long, and what is counted of them: how often they are asked, and how often between two turns of others. */
function slowRules(milliseconds: number) {
  const counts = { judged: 0, sinceTurn: 0, most: 0 };
  const rules = {
    ...fake.rules,
    eligibility: (...of: Parameters<typeof eligibility>) => {
      hold(milliseconds);
      counts.judged += 1;
      counts.sinceTurn += 1;
      counts.most = Math.max(counts.most, counts.sinceTurn);
      return eligibility(...of);
    },
  };
  return { rules, counts };
}

/** Runs `during` at each turn that others have until it is stopped. */
function inTurns(during: () => void): Disposable {
  let isOver = false;
  const turn = () => {
    during();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return { [Symbol.dispose]: () => void (isOver = true) };
}

/** Gives others so many turns at most, until it is so. */
async function turnsUntil(isSo: () => boolean, most = 10_000): Promise<void> {
  for (let turn = 0; turn < most && !isSo(); turn++) await new Promise((resolve) => setImmediate(resolve));
}

const answersNone = { assignmentsOf: async () => [] };

describe("the snapshot of many sets", () => {
  it("is worked out with a turn for others between its pieces", async () => {
    const { rules, counts } = slowRules(0.5);
    using _ = inTurns(() => (counts.sinceTurn = 0));
    const azure = fake.fakeAzure({ events: fleet(400), ...answersNone });
    const store = await fake.readStore(azure, { loadRules: async () => rules });
    assert.equal(store.snapshot.scaleSets.size, 400);
    assert.ok(counts.judged >= 400);
    assert.ok(counts.most <= piece, `${counts.most} sets were judged without a turn for others.`);
    store.dispose();
  });

  it("keeps the records of sets whose rows say the same in the next reading, and judges none of them again", async () => {
    const { rules, counts } = slowRules(0);
    const azure = fake.fakeAzure({
      async *inventory() {
        yield* structuredClone(fleet(100));
      },
      ...answersNone,
    });
    const store = await fake.readStore(azure, { loadRules: async () => rules });
    await store.settled();
    const [before, { judged }] = [store.snapshot.scaleSets, { ...counts }];
    await store.refresh(fake.noSignal());
    await store.settled();
    assert.equal(counts.judged, judged);
    for (const [key, record] of store.snapshot.scaleSets) assert.equal(record, before.get(key));
    store.dispose();
  });

  it("has what was taken while it was worked out as soon as that is awaited", async () => {
    const { rules, counts } = slowRules(0.5);
    const store = fake.newStore({ loadRules: async () => rules });
    store.connect(fake.fakeAzure({ events: fleet(400), ...answersNone }));
    const read = store.refresh(fake.noSignal());
    await turnsUntil(() => counts.judged > 0);
    assert.equal(store.snapshot.scaleSets.size, 0);
    const { id } = fake.scaleSet("AAAA", "set7");
    const upgrade = { properties: { runningStatus: { code: "RollingForward" } } };
    await store.putEligibilityFacts(id, { upgrade });
    assert.deepEqual(store.snapshot.scaleSets.get(idKey(id))?.upgrade, upgrade);
    await read;
    assert.deepEqual(store.snapshot.scaleSets.get(idKey(id))?.upgrade, upgrade);
    store.dispose();
  });

  it("is not shown any more once another Azure is connected", async () => {
    const { rules, counts } = slowRules(0.5);
    const store = fake.newStore({ loadRules: async () => rules });
    store.connect(fake.fakeAzure({ events: fleet(400), ...answersNone }));
    void store.refresh(fake.noSignal());
    await turnsUntil(() => counts.judged > 0);
    const { judged } = counts;
    store.connect(fake.fakeAzure());
    let changes = 0;
    store.onDidChange(() => (changes += 1));
    await turnsUntil(() => false, 20);
    assert.equal(changes, 0);
    assert.equal(store.snapshot.scaleSets.size, 0);
    assert.ok(counts.judged <= judged + piece, "What is not shown any more is not worked out.");
    store.dispose();
  });

  it("gathers events the longer the more it takes to work out, and never for more than a second", async (context) => {
    const waits: number[] = [];
    const setTimer = setTimeout;
    context.mock.method(globalThis, "setTimeout", (work: () => void, ms: number) => {
      waits.push(ms);
      return setTimer(work, ms);
    });
    const live = new LiveSnapshot(() => {}, { now: () => fake.now, log: fake.silentLog });
    const event: FleetEvent = { kind: "begun", now: fake.now };
    let [now, stepMs] = [performance.now(), 0];
    context.mock.method(performance, "now", () => (now += stepMs));
    for (const step of [0, 100, 3_600_000]) {
      stepMs = step;
      live.take(event);
      await live.flush();
    }
    stepMs = 0;
    live.take(event);
    await live.flush();
    assert.equal(waits[0], 50);
    assert.equal(waits[1], 50, "the one before took no time");
    assert.ok((waits[2] ?? 0) > 50 && (waits[2] ?? 0) <= 1000, String(waits[2]));
    assert.equal(waits[3], 1000);
  });
});
