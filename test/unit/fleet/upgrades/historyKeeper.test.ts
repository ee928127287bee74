import assert from "node:assert/strict";
import { test } from "node:test";
import type { Azure } from "../../../../src/azure/contracts.ts";
import { nameOf } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import type { FollowedAzure } from "../../../../src/fleet/upgrades/followedUpgrades.ts";
import { HistoryKeeper } from "../../../../src/fleet/upgrades/historyKeeper.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import * as fake from "../fakes.ts";

const attempt = (startTime: string): JsonObject => ({
  properties: { runningStatus: { code: "Completed", startTime } },
});

interface World {
  readonly keeper: HistoryKeeper;
  readonly store: FleetStore;
  readonly files: Map<string, string>;
  connected: FollowedAzure | undefined;
}

async function open(azure: Azure = fake.fakeAzure()): Promise<World> {
  const files = new Map<string, string>();
  const store = await fake.readStore(azure);
  const world: World = {
    store,
    files,
    connected: { endpoint: "https://one", isLasting: true },
    keeper: new HistoryKeeper({
      store,
      azure: () => world.connected,
      fileOf: ({ endpoint }) => ({
        read: async () => files.get(endpoint) ?? "",
        append: async (text) => void files.set(endpoint, (files.get(endpoint) ?? "") + text),
      }),
      problemOf: async () => fake.problem(),
      now: () => "2026-11-23T09:00:00Z",
      log: fake.silentLog,
    }),
  };
  return world;
}

const lines = (text = "") => text.split("\n").filter((line) => line !== "").length;
const kept = ({ keeper }: World) =>
  (keeper.current?.attempts ?? [])
    .map(({ scaleSetId }) => nameOf(scaleSetId))
    .sort((a, b) => a.localeCompare(b));

test("whatever the fleet reads of upgrades is kept, the latest and the history", async () => {
  const world = await open();
  await world.store.putEligibilityFacts(fake.web.id, { upgrade: attempt("2026-11-22T22:00:00Z") });
  await world.store.putEligibilityFacts(fake.idle.id, {
    eligibilityFacts: {
      at: "2026-11-23T09:00:00Z",
      facts: { upgradeHistory: [attempt("2026-11-01T22:00:00Z"), attempt("2026-10-01T22:00:00Z")] },
      unread: {},
    },
  });
  await world.keeper.current?.keep("", []); // waits for what is under way
  assert.deepEqual(kept(world), ["api", "api", "web"]);
  assert.equal(lines(world.files.get("https://one")), 3);
});

test("each Azure has a history of its own, and none is kept of none", async () => {
  const world = await open();
  await world.keeper.current?.keep(fake.web.id, [attempt("2026-11-22T22:00:00Z")]);
  world.connected = { endpoint: "https://two", isLasting: true };
  assert.deepEqual(kept(world), []);
  world.connected = { endpoint: "https://one", isLasting: true };
  assert.deepEqual(kept(world), ["web"]);
  world.connected = undefined;
  assert.equal(world.keeper.current, undefined);
});

test("asking keeps what Azure answers, and tells why a set could not be asked about until it can", async () => {
  let fails = true;
  const azure = fake.fakeAzure({
    upgradeHistory: async (id) => {
      if (fails && id === fake.idle.id) throw new fake.Refused("forbidden");
      return [attempt("2026-11-22T22:00:00Z")];
    },
  });
  const world = await open(azure);
  let read = 0;
  const ask = () => world.keeper.read(azure, [fake.web.id, fake.idle.id], fake.noSignal(), () => (read += 1));
  await ask();
  assert.deepEqual(kept(world), ["web"]);
  assert.deepEqual([...world.keeper.unread.keys()], [fake.idle.id]);
  assert.equal(read, 2);
  fails = false;
  await ask();
  assert.deepEqual(kept(world), ["api", "web"]);
  assert.equal(world.keeper.unread.size, 0);
});

test("asking that is given up asks no more, and takes it for no failure", async () => {
  const azure = fake.fakeAzure({ upgradeHistory: () => assert.fail("asked") });
  const world = await open(azure);
  await world.keeper.read(azure, [fake.web.id], AbortSignal.abort(), () => assert.fail("read"));
  assert.equal(world.keeper.unread.size, 0);
});
