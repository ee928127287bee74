import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce } from "../../../../src/core/slices.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import { placesToRefreshInTime } from "../../../../src/tree/fleet/refresh.ts";
import * as fake from "../../fleet/fakes.ts";
import { configurationPlace } from "../../../../src/tree/fleet/places.ts";
import { clock, refreshedBetween, scene } from "../walk.ts";

/** The ids of the nodes that the tree refreshes for what `act` does to the store. */
async function refreshedBy(act: (store: FleetStore) => Promise<void>, store?: FleetStore): Promise<string[]> {
  const used = store ?? (await fake.readStore());
  const refreshed: string[] = [];
  let before = scene(used.snapshot);
  used.onDidChange(({ ids }) => {
    assert.notEqual(ids, "all");
    const after = scene(used.snapshot, {}, before);
    const others = refreshedBetween(before, after);
    assert.ok(others !== "all");
    refreshed.push(...others);
    before = after;
  });
  await act(used);
  return refreshed.sort();
}

const group = (subscriptionId: string, kind: string) => `/subscriptions/${subscriptionId}#${kind}`;

test("a set that changes refreshes its node and its configuration's, and no group whose line is the same", async () => {
  const slower = { ...fake.web, properties: { ...fake.web.properties, provisioningState: "Updating" } };
  const ids = await refreshedBy((store) =>
    store.put({ kind: "resource", id: fake.web.id, resource: slower }),
  );
  assert.deepEqual(ids, [fake.web.id.toLowerCase(), fake.weekly.id.toLowerCase()].sort());
});

test("a coverage that needs attention refreshes the subscription, whose line counts it", async () => {
  const made = fake.assignment(fake.idle, fake.weekly);
  const ids = await refreshedBy((store) => store.put({ kind: "resource", id: made.id, resource: made }));
  assert.deepEqual(ids, ["/subscriptions/aaaa", fake.weekly.id.toLowerCase()]);
});

test("a configuration that comes or goes refreshes its group", async () => {
  const made = fake.configuration("AAAA", "made");
  const store = await fake.readStore();
  const created = await refreshedBy(
    () => store.put({ kind: "resource", id: made.id, resource: made }),
    store,
  );
  assert.ok(created.includes(group("aaaa", "configurations")), created.join());
  const removed = await refreshedBy(
    () => store.put({ kind: "resource", id: made.id, resource: undefined }),
    store,
  );
  assert.deepEqual(
    removed.filter((id) => !id.includes("#")),
    [],
  );
});

test("a refresh that finds nothing new refreshes nothing: all is known meanwhile", async () => {
  assert.deepEqual(await refreshedBy((store) => store.refresh(fake.noSignal())), []);
});

test("time that passes refreshes the configurations whose line differs", async () => {
  const { snapshot } = await fake.readStore();
  const shown = scene(snapshot);
  const places = [...snapshot.configurations.values()].flatMap(
    (record) => configurationPlace(record, shown) ?? [],
  );
  const at = (now: string) =>
    atOnce(placesToRefreshInTime(places, shown, scene(snapshot, { clock: { ...clock, now } }))).map(
      ({ id }) => id,
    );
  assert.deepEqual(at("2026-11-23T06:00:30Z"), [fake.weekly.id.toLowerCase()]);
  assert.deepEqual(at("2026-11-23T05:30:00Z"), []);
  assert.deepEqual(at("2026-11-23T07:30:00Z"), [fake.weekly.id.toLowerCase()]);
});
