import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import type { FleetChange } from "../../../../src/fleet/snapshot/changes.ts";
import { followUnderWay } from "../../../../src/fleet/upgrades/follow.ts";
import * as fake from "../fakes.ts";

const inState = (set: JsonObject, provisioningState: string): JsonObject => ({
  ...set,
  properties: { ...(set["properties"] as JsonObject), provisioningState },
});
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test("a set that Azure works on is read every 15 s until it is settled, and no other", async (context) => {
  const states = ["Updating", "updating", "Succeeded"];
  const read: string[] = [];
  const azure = fake.fakeAzure({
    read: async (id) => {
      read.push(id);
      return inState(fake.idle, states.shift() ?? "asked too often");
    },
  });
  const store = await fake.readStore(azure);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const pass = async (ms: number) => {
    context.mock.timers.tick(ms);
    await settled();
  };
  const following = followUnderWay(store);
  await pass(60_000);
  assert.deepEqual(read, [], "nothing is under way");
  await store.put({ kind: "resource", id: fake.idle.id, resource: inState(fake.idle, "Updating") });
  await store.put({ kind: "resource", id: fake.web.id, resource: inState(fake.web, "Succeeded") });
  await pass(14_000);
  assert.deepEqual(read, []);
  await pass(1000);
  assert.deepEqual(read, [fake.idle.id]);
  await pass(15_000);
  await pass(15_000);
  await pass(60_000);
  assert.deepEqual([read.length, states.length], [3, 0]);
  following.dispose();
});

test("nothing is read any more when the window is closed", async (context) => {
  let reads = 0;
  const azure = fake.fakeAzure({
    read: async () => {
      reads++;
      return inState(fake.idle, "Updating");
    },
  });
  const store = await fake.readStore(azure);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const following = followUnderWay(store);
  await store.put({ kind: "resource", id: fake.idle.id, resource: inState(fake.idle, "Updating") });
  following.dispose();
  context.mock.timers.tick(60_000);
  await settled();
  assert.equal(reads, 0);
});

test("a whole fleet is looked through when a look is due, not while it is shown", async (context) => {
  const { snapshot } = await fake.readStore();
  let looked = 0;
  const scaleSets = new Map(
    [...snapshot.scaleSets].map(([key, record]) => [
      key,
      Object.defineProperty({ ...record }, "resource", {
        get: () => {
          looked += 1;
          return record.resource;
        },
      }),
    ]),
  );
  let tell: (change: FleetChange) => void = () => assert.fail("nobody listens");
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const following = followUnderWay({
    snapshot: { ...snapshot, scaleSets },
    onDidChange: (listener) => {
      tell = listener;
      return { dispose: () => undefined };
    },
    lookAgain: async () => undefined,
  });
  tell({ ids: "all" });
  assert.equal(looked, 0);
  context.mock.timers.tick(15_000);
  assert.equal(looked, scaleSets.size);
  following.dispose();
});
