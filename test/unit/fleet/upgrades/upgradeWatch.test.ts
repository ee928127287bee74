import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { minuteMs } from "../../../../src/core/milliseconds.ts";
import type { Azure } from "../../../../src/azure/contracts.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { textAt } from "../../../../src/core/resources/json.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { applyPlan } from "../../../../src/fleet/plans/applyPlan.ts";
import type { WindowStorage } from "../../../../src/fleet/upgrades/followedUpgrades.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import { UpgradeWatch } from "../../../../src/fleet/upgrades/upgradeWatch.ts";
import type { EndedUpgrade } from "../../../../src/fleet/upgrades/upgradeWatch.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { startUpgrade } from "../../../../src/core/plans/upgradePlans.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import { TestClock } from "../../../support/watchClock.ts";
import * as fake from "../fakes.ts";

const began = "2026-11-23T09:00:00Z";
const earlier = "2026-10-20T22:00:00Z";

function upgrade(code: string, startTime = began): JsonObject {
  return { properties: { runningStatus: { code, startTime }, progress: { pendingInstanceCount: 3 } } };
}

const updating = (set: JsonObject): JsonObject => ({
  ...set,
  properties: { ...(set["properties"] as JsonObject), provisioningState: "Updating" },
});

class Storage implements WindowStorage {
  readonly #values = new Map<string, string>();
  get(key: string): unknown {
    const text = this.#values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }
  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, JSON.stringify(value));
  }
}

interface World {
  readonly clock: TestClock;
  readonly store: FleetStore;
  readonly storage: Storage;
  readonly ended: EndedUpgrade[];
  readonly azure: Azure;
  /** Every call about a set, with its time. */
  readonly calls: { readonly set: string; readonly what: string; readonly at: number }[];
  /** What Azure has now. */
  latest: JsonObject | undefined | Error;
  history: readonly JsonObject[];
  set: JsonObject | undefined;
  /** Whether it is still there after a reload. */
  isLasting: boolean;
  open(): UpgradeWatch;
}

async function newWorld(): Promise<World> {
  const clock = new TestClock(began);
  const storage = new Storage();
  const calls: World["calls"] = [];
  const call = (set: string, ...what: string[]) =>
    calls.push(...what.map((one) => ({ set, what: one, at: clock.now() })));
  const azure = fake.fakeAzure({
    latestUpgrade: async (id) => {
      call(id, "latest");
      if (world.latest instanceof Error) throw world.latest;
      return world.latest;
    },
    instanceView: async (id) => {
      call(id, "view");
      return { virtualMachine: { statusesSummary: [{ code: "HealthState/healthy", count: 5 }] } };
    },
    eligibilityFacts: async (set) => {
      call(textAt(set, "id") ?? "", "instances", "view", "latest", "history", "balancer", "image", "image");
      return { facts: { upgradeHistory: world.history }, unread: {} };
    },
    read: async (id) => {
      call(id, "set");
      if (world.set === undefined) throw new fake.Refused("notFound");
      return world.set;
    },
  });
  const store = await fake.readStore(azure);
  const ended: EndedUpgrade[] = [];
  const world: World = {
    clock,
    store,
    storage,
    ended,
    azure,
    calls,
    latest: undefined,
    history: [],
    set: fake.web,
    isLasting: true,
    open: () => {
      const watch = new UpgradeWatch({
        store,
        storage,
        azure: () => ({ endpoint: azure.cloud.endpoint, isLasting: world.isLasting }),
        clock,
        log: fake.silentLog,
      });
      watch.onDidEnd((end) => ended.push(end));
      return watch;
    },
  };
  return world;
}

/** The most calls about one set in any minute. */
function busiestMinute(calls: World["calls"]): number {
  return Math.max(
    0,
    ...calls.map(
      ({ set, at }) =>
        calls.filter((one) => one.set === set && one.at >= at && one.at < at + minuteMs).length,
    ),
  );
}

const id = fake.web.id;
const record = (world: World) => world.store.snapshot.scaleSets.get(idKey(id));

describe("upgrade watch", () => {
  it("asks for nothing while nothing runs or is followed, in sight or not", async () => {
    const world = await newWorld();
    const watch = world.open();
    await world.clock.pass(10 * minuteMs);
    watch.setVisible(true);
    await world.clock.pass(10 * minuteMs);
    assert.deepEqual(world.calls, []);
    assert.ok(world.clock.isIdle);
  });

  it("waits for an Azure to ask, though a set of an earlier window's fleet was being updated", async () => {
    const { store, storage, clock, set } = await newWorld();
    await store.put({ kind: "resource", id, resource: updating(set ?? assert.fail()) });
    const connected: { endpoint: string; isLasting: boolean }[] = [];
    const watch = new UpgradeWatch({ store, storage, azure: () => connected[0], clock, log: fake.silentLog });
    watch.setVisible(true);
    assert.ok(clock.isIdle);
    connected.push({ endpoint: "https://example.invalid", isLasting: true });
    watch.setVisible(true);
    assert.ok(!clock.isIdle);
    watch.dispose();
  });

  it("cancels what it reads of a set when it is disposed of, and says nothing of it", async () => {
    const world = await newWorld();
    const reads: AbortSignal[] = [];
    world.azure.eligibilityFacts = (_, signal) => {
      reads.push(signal);
      return new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    };
    const errors: string[] = [];
    const { store, storage, clock, azure } = world;
    const watch = new UpgradeWatch({
      store,
      storage,
      azure: () => ({ endpoint: azure.cloud.endpoint, isLasting: true }),
      clock,
      log: { error: (text) => errors.push(text) },
    });
    world.latest = upgrade("RollingForward");
    await store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.setVisible(true);
    await clock.pass(minuteMs);
    world.latest = upgrade("Completed");
    await clock.pass(5 * minuteMs);
    assert.deepEqual(
      reads.map(({ aborted }) => aborted),
      [false],
    );
    watch.dispose();
    await clock.pass(minuteMs);
    assert.deepEqual(
      reads.map(({ aborted }) => aborted),
      [true],
    );
    assert.deepEqual(errors, []);
  });

  it("looks at a running upgrade in sight at most ten times a minute, through its end and what follows", async () => {
    const world = await newWorld();
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.setVisible(true);
    await world.clock.pass(7 * minuteMs);
    const perMinute = world.calls.length / 7;
    assert.ok(perMinute > 5, `it is followed: ${perMinute} calls a minute`);
    assert.ok(
      world.calls.some(({ what }) => what === "view"),
      "with the health of its instances",
    );
    assert.equal(record(world)?.instanceView !== undefined, true);
    world.latest = upgrade("Completed");
    await world.clock.pass(5 * minuteMs);
    assert.ok(
      world.calls.some(({ what }) => what === "set"),
      "the set is read at the end",
    );
    assert.ok(
      world.calls.some(({ what }) => what === "instances"),
      "and what it is like afterwards",
    );
    assert.ok(busiestMinute(world.calls) <= 10, `${busiestMinute(world.calls)} calls in a minute`);
    assert.deepEqual(world.ended, [{ scaleSetId: id, upgrade: world.latest, isFollowed: false }]);
    assert.ok(world.clock.isIdle, "and then it stops");
  });

  it("asks the instances where the view holds no health, ten calls a minute all told", async () => {
    const world = await newWorld();
    const { azure, clock, calls } = world;
    const view = {
      virtualMachine: { statusesSummary: [{ code: "ProvisioningState/succeeded", count: 250 }] },
    };
    const unhealthy = {
      properties: { instanceView: { vmHealth: { status: { code: "HealthState/unhealthy" } } } },
    };
    const call = (what: string) => void calls.push({ set: id, what, at: clock.now() });
    azure.instanceView = async () => {
      call("view");
      return view;
    };
    azure.instances = async () => {
      for (const page of ["page 1", "page 2", "page 3"]) call(page);
      return Array.from({ length: 250 }, () => unhealthy);
    };
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.setVisible(true);
    await clock.pass(7 * minuteMs);
    assert.deepEqual(record(world)?.health, { unhealthy: 250, total: 250 });
    assert.ok(calls.filter(({ what }) => what === "page 1").length > 3, "again and again");
    assert.ok(busiestMinute(calls) <= 10, `${busiestMinute(calls)} calls in a minute`);
    watch.dispose();
  });

  it("stops when it is out of sight, and goes on when it is seen again", async () => {
    const world = await newWorld();
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.setVisible(true);
    await world.clock.pass(minuteMs);
    watch.setVisible(false);
    const before = world.calls.length;
    await world.clock.pass(30 * minuteMs);
    assert.equal(world.calls.length, before);
    watch.setVisible(true);
    await world.clock.pass(minuteMs);
    assert.ok(world.calls.length > before);
  });

  it("follows an upgrade out of sight until it has ended, says so once, and then stops", async () => {
    const world = await newWorld();
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.follow(id);
    await world.clock.pass(3 * minuteMs);
    assert.deepEqual(
      watch.followed.map(({ start }) => start),
      [began],
    );
    world.latest = upgrade("Faulted");
    await world.clock.pass(10 * minuteMs);
    assert.deepEqual(world.ended, [{ scaleSetId: id, upgrade: world.latest, isFollowed: true }]);
    assert.deepEqual(watch.followed, []);
    assert.ok(world.clock.isIdle);
    assert.ok(busiestMinute(world.calls) <= 10);
  });

  it("does not follow what nobody wants followed any more", async () => {
    const world = await newWorld();
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.follow(id);
    await world.clock.pass(minuteMs);
    watch.unfollow(id);
    await world.clock.pass(minuteMs);
    const before = world.calls.length;
    world.latest = upgrade("Completed");
    await world.clock.pass(10 * minuteMs);
    assert.equal(world.calls.length, before);
    assert.deepEqual(world.ended, []);
  });

  it("goes on after a reload, with ids and times kept only", async () => {
    const world = await newWorld();
    const first = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    first.follow(id);
    await world.clock.pass(minuteMs);
    first.dispose();
    const before = world.calls.length;
    await world.clock.pass(10 * minuteMs);
    assert.equal(world.calls.length, before, "a closed window asks for nothing");
    assert.deepEqual(world.storage.get("upgrades.1"), [
      { endpoint: world.azure.cloud.endpoint, scaleSetId: id, start: began },
    ]);
    const second = world.open();
    assert.deepEqual(
      second.followed.map(({ scaleSetId }) => scaleSetId),
      [id],
    );
    world.latest = upgrade("Completed");
    await world.store.refresh(fake.noSignal());
    await world.clock.pass(2 * minuteMs);
    assert.deepEqual(world.ended, [{ scaleSetId: id, upgrade: world.latest, isFollowed: true }]);
    assert.equal(world.storage.get("upgrades.1"), undefined);
  });

  it("keeps nothing of an Azure that is gone after a reload, and follows there all the same", async () => {
    const world = await newWorld();
    world.isLasting = false;
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    watch.follow(id);
    await world.clock.pass(minuteMs);
    assert.equal(watch.followed.length, 1);
    assert.equal(world.storage.get("upgrades.1"), undefined);
    world.latest = upgrade("Completed");
    await world.clock.pass(minuteMs);
    assert.equal(world.ended.length, 1);
    assert.deepEqual(world.open().followed, []);
  });

  it("finds in the history how an upgrade ended while the window was closed and another ran since", async () => {
    const world = await newWorld();
    const first = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    first.follow(id);
    first.dispose();
    const second = world.open();
    world.latest = upgrade("Completed", "2026-11-24T01:00:00Z");
    world.history = [world.latest, upgrade("Cancelled")];
    await world.store.refresh(fake.noSignal());
    await world.clock.pass(minuteMs);
    assert.deepEqual(world.ended, [{ scaleSetId: id, upgrade: world.history[1], isFollowed: true }]);
    assert.equal(second.followed.length, 0);
    assert.ok(busiestMinute(world.calls) <= 10);
  });

  it("says that an upgrade is over whose set was deleted meanwhile", async () => {
    const world = await newWorld();
    const first = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    first.follow(id);
    await world.clock.pass(minuteMs);
    [world.latest, world.set] = [undefined, undefined];
    await world.clock.pass(2 * minuteMs);
    assert.deepEqual(world.ended, [{ scaleSetId: id, upgrade: undefined, isFollowed: true }]);
    assert.equal(record(world), undefined);
  });

  it("shows a set as upgrading that Azure updates after a start, though the upgrade does not show yet", async () => {
    const world = await newWorld();
    const watch = world.open();
    const before = upgrade("Completed", earlier);
    world.latest = before;
    world.set = updating(fake.web);
    const plan = planOf(verbatim("start"), [startUpgrade({ id, resource: fake.web, upgrade: before })]);
    const azure: Azure = {
      ...world.azure,
      apply: async ({ changes }, { onOutcome }) => {
        const results = changes.map((change) => ({
          change,
          outcome: { status: "done", readBack: before } as const,
        }));
        for (const result of results) onOutcome?.(result);
        return results;
      },
    };
    await applyPlan(azure, world.store, plan, { signal: fake.noSignal() });
    watch.follow(id, before);
    assert.equal(watch.followed.length, 1);
    await world.clock.pass(3 * minuteMs);
    assert.equal(world.ended.length, 0, "Azure works on it still");
    world.latest = upgrade("RollingForward");
    await world.clock.pass(minuteMs);
    assert.deepEqual(
      watch.followed.map(({ start }) => start),
      [began],
    );
    [world.latest, world.set] = [upgrade("Completed"), fake.web];
    await world.clock.pass(minuteMs);
    assert.deepEqual(
      world.ended.map((end) => end.upgrade),
      [world.latest],
    );
  });

  it("tells an upgrade that Azure accepted and never began from one that was over at once", async () => {
    for (const [now, expected] of [
      [upgrade("Completed", earlier), undefined],
      [upgrade("Completed"), upgrade("Completed")],
    ] as const) {
      const world = await newWorld();
      const watch = world.open();
      world.latest = now;
      watch.follow(id, upgrade("Completed", earlier));
      await world.clock.pass(3 * minuteMs);
      assert.deepEqual(world.ended, [{ scaleSetId: id, upgrade: expected, isFollowed: true }]);
    }
  });

  it("waits longer after each look that failed, and goes on when Azure answers again", async () => {
    const world = await newWorld();
    const watch = world.open();
    world.latest = upgrade("RollingForward");
    await world.store.putEligibilityFacts(id, { upgrade: world.latest });
    world.latest = new fake.Refused("server");
    watch.follow(id);
    await world.clock.pass(10 * minuteMs);
    const failed = world.calls.length;
    assert.ok(failed >= 4 && failed <= 8, `${failed} looks in ten minutes`);
    world.latest = upgrade("Completed");
    await world.clock.pass(6 * minuteMs);
    assert.deepEqual(
      world.ended.map((end) => end.upgrade),
      [world.latest],
    );
  });

  it("looks at the upgrades of many sets in turn, each within its own budget", async () => {
    const world = await newWorld();
    const watch = world.open();
    const many = Array.from({ length: 60 }, (_, index) => fake.scaleSet("AAAA", `set${index}`));
    for (const set of many) {
      await world.store.put({ kind: "resource", id: set.id, resource: set });
      await world.store.putEligibilityFacts(set.id, { upgrade: upgrade("RollingForward") });
    }
    world.latest = upgrade("RollingForward");
    watch.setVisible(true);
    await world.clock.pass(5 * minuteMs);
    const asked = Map.groupBy(world.calls, ({ set }) => set);
    assert.equal(asked.size, 60);
    const counts = [...asked.values()].map((calls) => calls.length);
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 4, "no set is left behind");
    assert.ok(busiestMinute(world.calls) <= 10);
  });
});
