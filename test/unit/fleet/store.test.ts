import assert from "node:assert/strict";
import { test } from "node:test";
import type { Azure, InventoryEvent } from "../../../src/azure/contracts.ts";
import { idKey } from "../../../src/core/resources/ids.ts";
import type { FleetChange } from "../../../src/fleet/snapshot/changes.ts";
import type { Rules } from "../../../src/fleet/snapshot/rules.ts";
import type { FleetStore } from "../../../src/fleet/store.ts";
import * as fake from "./fakes.ts";

/** A store's options with something else that works schedules out. */
const scheduling = (scheduleFacts: Rules["scheduleFacts"]) => ({
  loadRules: async () => ({ ...fake.rules, scheduleFacts }),
});

const stateOf = (store: FleetStore, set: { id: string }) =>
  store.snapshot.scaleSets.get(idKey(set.id))?.coverage.state;

/** An Azure whose inventory waits at a gate before it yields, and counts how often it runs. */
function gatedAzure() {
  const runs: { signal: AbortSignal; open: () => void }[] = [];
  const started: (() => void)[] = [];
  const azure = fake.fakeAzure({
    async *inventory(signal: AbortSignal) {
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => resolve(), { once: true });
      runs.push({ signal, open: resolve });
      started.shift()?.();
      yield {
        kind: "subscriptions",
        subscriptions: [fake.subscriptionA, fake.subscriptionB],
      } satisfies InventoryEvent;
      await promise;
      signal.throwIfAborted();
      yield* fake.twoSubscriptions;
    },
  });
  const nextStart = () => new Promise<void>((resolve) => started.push(resolve));
  return { azure, runs, nextStart };
}

test("a refresh ends with everything known: coverage, schedules, and no loading", async () => {
  const store = await fake.readStore();
  assert.equal(stateOf(store, fake.web), "controlled");
  assert.equal(stateOf(store, fake.idle), "unmanaged");
  assert.equal(store.snapshot.configurations.get(idKey(fake.weekly.id))?.schedule, await scheduleOf(store));
  assert.equal(store.snapshot.loading, false);
  assert.equal(store.snapshot.origin, "azure");
});

async function scheduleOf(store: FleetStore) {
  const schedule = store.snapshot.configurations.get(idKey(fake.weekly.id))?.schedule;
  assert.deepEqual(schedule, fake.schedule());
  return schedule;
}

test("two refreshes at once are one read", async () => {
  const { azure, runs, nextStart } = gatedAzure();
  const store = fake.newStore();
  store.connect(azure);
  const begun = nextStart();
  const both = [store.refresh(fake.noSignal()), store.refresh(fake.noSignal())];
  await begun;
  runs[0]?.open();
  await Promise.all(both);
  assert.equal(runs.length, 1);
  assert.equal(store.snapshot.scaleSets.size, 2);
});

test("a caller who gives up lets the read go on for the other; when all have given up it is aborted", async () => {
  const { azure, runs, nextStart } = gatedAzure();
  const store = fake.newStore();
  store.connect(azure);
  const [one, two] = [new AbortController(), new AbortController()];
  const begun = nextStart();
  const first = assert.rejects(store.refresh(one.signal), { name: "AbortError" });
  const second = assert.rejects(store.refresh(two.signal), { name: "AbortError" });
  await begun;
  one.abort();
  await first;
  assert.equal(runs[0]?.signal.aborted, false);
  two.abort();
  await second;
  assert.equal(runs[0]?.signal.aborted, true);
});

test("a refresh right after an aborted one reads anew, after the aborted one has ended", async () => {
  const { azure, runs, nextStart } = gatedAzure();
  const store = fake.newStore();
  store.connect(azure);
  const abort = new AbortController();
  let begun = nextStart();
  const first = assert.rejects(store.refresh(abort.signal), { name: "AbortError" });
  await begun;
  begun = nextStart();
  abort.abort();
  const second = store.refresh(fake.noSignal());
  await first;
  await begun;
  runs[1]?.open();
  await second;
  assert.equal(runs.length, 2);
  assert.equal(stateOf(store, fake.web), "controlled");
});

test("never two reads at once: the next begins when the aborted one has let go", async () => {
  const log: string[] = [];
  const letGo = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const azure = fake.fakeAzure({
    async *inventory(signal: AbortSignal) {
      log.push("begun");
      begun.resolve();
      yield { kind: "subscriptions", subscriptions: [] } satisfies InventoryEvent;
      if (log.length > 1) return;
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      await letGo.promise;
      log.push("let go");
    },
  });
  const store = fake.newStore();
  store.connect(azure);
  const abort = new AbortController();
  const first = assert.rejects(store.refresh(abort.signal), { name: "AbortError" });
  await begun.promise;
  await until(store, () => store.snapshot.loading);
  abort.abort();
  const second = store.refresh(fake.noSignal());
  await first;
  letGo.resolve();
  await second;
  assert.deepEqual(log, ["begun", "let go", "begun"]);
});

test("a set is shown with the windows of its configuration from the first", async () => {
  const store = fake.newStore();
  const states = new Set<string | undefined>();
  store.onDidChange(() => states.add(stateOf(store, fake.web)));
  store.connect(fake.fakeAzure());
  await store.refresh(fake.noSignal());
  assert.deepEqual([...states], [undefined, "controlled"]);
});

test("a reading whose rules come only after the connection has changed begins no more, and its rules judge nothing", async () => {
  const [asked, late] = [Promise.withResolvers<void>(), Promise.withResolvers<Rules>()];
  const answers = [late.promise, Promise.resolve(fake.rules)];
  const store = fake.newStore({
    loadRules: () => {
      asked.resolve();
      return answers.shift() ?? assert.fail("asked once more");
    },
  });
  store.connect(fake.fakeAzure());
  const former = store.refresh(fake.noSignal());
  await asked.promise;
  store.connect(fake.fakeAzure({ origin: "sandbox" }));
  await store.refresh(fake.noSignal());
  late.resolve({ ...fake.rules, scheduleFacts: () => fake.schedule("2030-01-01T00:00:00Z") });
  await former;
  assert.equal(store.snapshot.loading, false);
  await store.put({ kind: "resource", id: fake.weekly.id, resource: { ...fake.weekly, location: "eastus" } });
  await scheduleOf(store);
});

test("an aborted read says of each part that never arrived that it was cancelled, and is not loading", async () => {
  const { azure, nextStart } = gatedAzure();
  const store = fake.newStore();
  store.connect(azure);
  const abort = new AbortController();
  const named = until(store, () => store.snapshot.subscriptions.size > 0);
  const begun = nextStart();
  const refresh = assert.rejects(store.refresh(abort.signal), { name: "AbortError" });
  await begun;
  await named;
  assert.equal(store.snapshot.loading, true);
  const settled = until(store, () => !store.snapshot.loading);
  abort.abort();
  await refresh;
  await settled;
  const part = store.snapshot.subscriptions.get("aaaa")?.scaleSets;
  assert.equal(part?.state === "failed" && part.problem.kind, "cancelled");
});

function until(store: FleetStore, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    store.onDidChange(() => {
      if (isSo()) resolve();
    });
  });
}

test("nothing of a former connection arrives after another was made", async () => {
  const { azure, runs, nextStart } = gatedAzure();
  const store = fake.newStore();
  store.connect(azure);
  const begun = nextStart();
  const refresh = store.refresh(fake.noSignal());
  await begun;
  store.connect(fake.fakeAzure({ origin: "sandbox", events: [] }));
  assert.equal(runs[0]?.signal.aborted, true);
  await refresh;
  assert.equal(store.snapshot.problem, undefined);
  await store.refresh(fake.noSignal());
  assert.equal(store.snapshot.origin, "sandbox");
  assert.equal(store.snapshot.subscriptions.size, 0);
});

test("a read that throws leaves its problem in the snapshot", async () => {
  const azure = fake.fakeAzure({
    // eslint-disable-next-line require-yield
    async *inventory(): AsyncGenerator<InventoryEvent> {
      throw new fake.Refused("network");
    },
  });
  const store = await fake.readStore(azure);
  assert.equal(store.snapshot.problem?.kind, "network");
  assert.equal(store.snapshot.loading, false);
});

test("a burst of events makes few snapshots, a write one at once", async () => {
  const store = fake.newStore();
  store.connect(fake.fakeAzure());
  let changes = 0;
  store.onDidChange(() => (changes += 1));
  await store.refresh(fake.noSignal());
  assert.ok(changes <= 3, `${changes} changes for ${fake.twoSubscriptions.length} events`);
  const written: FleetChange[] = [];
  store.onDidChange((change) => written.push(change));
  const made = fake.assignment(fake.idle, fake.weekly);
  await store.put({ kind: "resource", id: made.id, resource: made });
  assert.equal(stateOf(store, fake.idle), "idle");
  assert.deepEqual(store.snapshot.configurations.get(idKey(fake.weekly.id))?.scaleSets, [
    idKey(fake.idle.id),
    idKey(fake.web.id),
  ]);
  assert.equal(written.length, 1);
});

test("what was written shows at once: a configuration made and gone, a set changed, an association removed", async () => {
  const azure = fake.fakeAzure({ read: () => Promise.reject(new fake.Refused("notFound")) });
  const store = await fake.readStore(azure);
  const made = fake.configuration("AAAA", "made");
  await store.put({ kind: "resource", id: made.id, resource: made });
  assert.deepEqual(store.snapshot.configurations.get(idKey(made.id))?.schedule, fake.schedule());
  await store.put({ kind: "resource", id: made.id, resource: undefined });
  assert.equal(store.snapshot.configurations.has(idKey(made.id)), false);
  await store.put({ kind: "resource", id: fake.idle.id, resource: fake.scaleSet("AAAA", "api", true) });
  assert.equal(stateOf(store, fake.idle), "uncontrolled");
  await store.put({ kind: "resource", id: fake.assignment(fake.web, fake.weekly).id, resource: undefined });
  assert.equal(stateOf(store, fake.web), "uncontrolled");
  await store.put({
    kind: "assignments",
    scaleSetId: fake.web.id,
    assignments: [fake.assignment(fake.web, made)],
  });
  assert.equal(stateOf(store, fake.web), "broken");
});

test("a write during a read is not undone by a list that is older", async () => {
  const { azure, runs, nextStart } = gatedAzure();
  const store = await fake.readStore();
  store.connect(azure);
  const begun = nextStart();
  const refresh = store.refresh(fake.noSignal());
  await begun;
  const made = fake.configuration("AAAA", "made");
  await store.put({ kind: "resource", id: made.id, resource: made });
  runs[0]?.open();
  await refresh;
  assert.ok(store.snapshot.configurations.has(idKey(made.id)));
});

/** A fleet whose only set is associated with a configuration that no list has. */
const elsewhere = fake.configuration("cccc", "elsewhere");
const referring: readonly InventoryEvent[] = [
  { kind: "subscriptions", subscriptions: [fake.subscriptionA] },
  { kind: "configurations", subscriptionId: "AAAA", resources: [] },
  { kind: "scaleSets", subscriptionId: "AAAA", resources: [fake.web, fake.idle] },
  fake.assignments("AAAA", [
    [fake.web, [fake.assignment(fake.web, elsewhere)]],
    [fake.idle, [fake.assignment(fake.idle, elsewhere)]],
  ]),
];

async function readReferring(read: Azure["read"]) {
  const asked: string[] = [];
  const store = await fake.readStore(
    fake.fakeAzure({
      events: referring,
      read: (id, signal) => {
        asked.push(id);
        return read(id, signal);
      },
    }),
  );
  return { store, asked };
}

test("a configuration that no list has is asked for once, and is gone only if Azure says so", async () => {
  const deleted = await readReferring(() => Promise.reject(new fake.Refused("notFound")));
  assert.equal(stateOf(deleted.store, fake.web), "broken");
  assert.deepEqual(deleted.asked, [elsewhere.id.toLowerCase()]);
  const refused = await readReferring(() => Promise.reject(new fake.Refused("forbidden")));
  assert.equal(stateOf(refused.store, fake.web), "unknown");
  const found = await readReferring(() => Promise.resolve(elsewhere));
  assert.equal(stateOf(found.store, fake.web), "controlled");
  assert.equal(found.store.snapshot.configurations.size, 0);
  const answer = found.store.snapshot.referenced.get(idKey(elsewhere.id));
  assert.deepEqual(answer?.state === "found" && answer.schedule, fake.schedule());
  await found.store.put({ kind: "resource", id: fake.web.id, resource: fake.web });
  assert.equal(found.asked.length, 1);
});

test("where the list of its subscription failed a configuration is asked for directly", async () => {
  const failed: InventoryEvent = {
    kind: "failed",
    subscriptionId: "bbbb",
    part: "configurations",
    problem: fake.problem(),
  };
  const events = fake.twoSubscriptions.map((event) =>
    event.kind === "configurations" && event.subscriptionId === "bbbb" ? failed : event,
  );
  const store = await fake.readStore(fake.fakeAzure({ events, read: () => Promise.resolve(fake.weekly) }));
  assert.equal(stateOf(store, fake.web), "controlled");
});

test("a schedule whose window is over is worked out anew, and only then", async () => {
  const ends = ["2026-11-24T03:00:00Z", "2026-11-25T03:00:00Z"];
  const store = await fake.readStore(fake.fakeAzure(), {
    ...scheduling(() => fake.schedule(ends.shift())),
  });
  const nextEnd = () => store.snapshot.configurations.get(idKey(fake.weekly.id))?.schedule?.next[0]?.end;
  await store.tick("2026-11-24T02:59:00Z");
  assert.equal(nextEnd(), "2026-11-24T03:00:00Z");
  await store.tick("2026-11-24T03:00:00Z");
  assert.equal(nextEnd(), "2026-11-25T03:00:00Z");
  assert.equal(ends.length, 0);
});

test("a schedule is worked out anew before the agenda of 14 days reaches beyond what is known of it", async () => {
  let workedOut = 0;
  const later = { ...fake.schedule("2026-12-24T03:00:00Z"), knownUntil: "2026-12-07T06:00:00Z" };
  const store = await fake.readStore(fake.fakeAzure(), {
    ...scheduling(() => {
      workedOut += 1;
      return later;
    }),
  });
  await store.tick("2026-11-23T06:00:00Z");
  assert.equal(workedOut, 1);
  await store.tick("2026-11-23T06:00:01Z");
  assert.equal(workedOut, 2);
});

test("a schedule that can't be worked out is logged once and leaves the rest as it is", async () => {
  const errors: string[] = [];
  const store = await fake.readStore(fake.fakeAzure(), {
    ...scheduling(() => {
      throw new Error("no zones");
    }),
    log: { ...fake.silentLog, error: (text) => errors.push(text) },
  });
  await store.put({ kind: "resource", id: fake.idle.id, resource: fake.idle });
  assert.equal(store.snapshot.configurations.get(idKey(fake.weekly.id))?.schedule, undefined);
  assert.equal(errors.length, 1);
  assert.match(errors[0] ?? "", /no zones/);
});

test(
  "a configuration that was asked for while the filter hid it is worked out once more when a list has it, not for ever",
  { timeout: 10_000 },
  async () => {
    let hidden = "bbbb";
    let workedOut = 0;
    const azure = fake.fakeAzure({ read: () => Promise.resolve(structuredClone(fake.weekly)) });
    const store = await fake.readStore(azure, {
      wanted:
        () =>
        ({ subscriptionId }) =>
          subscriptionId !== hidden,
      ...scheduling(() => {
        workedOut += 1;
        return fake.schedule();
      }),
    });
    assert.equal(workedOut, 1);
    hidden = "";
    await store.refresh(fake.noSignal());
    assert.equal(workedOut, 2);
    assert.equal(store.snapshot.loading, false);
  },
);

const inRegion = (name: string, location: string) => ({ ...fake.scaleSet("AAAA", name), location });
const regionsOfAzure = [{ name: "westeurope", metadata: { pairedRegion: [{ name: "northeurope" }] } }];

/** Two associated sets, each in a region of its own. */
const twoRegions = (second: string) => {
  const sets = [fake.web, inRegion("far", second)];
  return [
    ...fake.twoSubscriptions.slice(0, 4),
    { kind: "scaleSets", subscriptionId: "AAAA", resources: sets } as const,
    { kind: "scaleSets", subscriptionId: "bbbb", resources: [] } as const,
    fake.assignments(
      "AAAA",
      sets.map((set) => [set, [fake.assignment(set, fake.weekly)]] as const),
    ),
    fake.assignments("bbbb", []),
  ];
};

test("what Azure pairs the regions with is asked of one subscription, once the associated sets are in two of them", async () => {
  const asked: string[] = [];
  const locations = async (subscription: string) => {
    asked.push(subscription);
    return regionsOfAzure;
  };
  const one = await fake.readStore(fake.fakeAzure({ events: twoRegions("West Europe"), locations }));
  assert.deepEqual([asked, one.snapshot.regions.size], [[], 0]);
  const two = await fake.readStore(fake.fakeAzure({ events: twoRegions("North Europe"), locations }));
  assert.deepEqual(asked, ["aaaa"]);
  assert.deepEqual(two.snapshot.regions.get("westeurope")?.pairs, ["northeurope"]);
  await two.refresh(fake.noSignal());
  assert.deepEqual(asked, ["aaaa"]);
});

test("regions that could not be read are told of, and asked for again by the next read", async () => {
  let refused = true;
  const store = await fake.readStore(
    fake.fakeAzure({
      events: twoRegions("northeurope"),
      locations: async () => {
        if (refused) throw new fake.Refused("forbidden");
        return regionsOfAzure;
      },
    }),
  );
  assert.equal(store.snapshot.regionsProblem?.kind, "forbidden");
  refused = false;
  await store.refresh(fake.noSignal());
  assert.equal(store.snapshot.regionsProblem, undefined);
  assert.equal(store.snapshot.regions.size, 1);
});
