import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Snapshot } from "../../../src/fleet/snapshot.ts";
import type { Grouping } from "../../../src/tree/grouping.ts";
import { placesToRefresh } from "../../../src/tree/refresh.ts";
import * as fake from "../fleet/fakes.ts";
import { scene } from "./walk.ts";

/** What the tree refreshes in a grouping when a set is associated: `api`, which is Unmanaged before and Idle after. */
async function refreshed(grouping: Grouping, filter = ""): Promise<readonly string[] | "all"> {
  const store = await fake.readStore(fake.fakeAzure({ events }));
  const ids = new Set<string>();
  store.onDidChange((change) => {
    assert.ok(change.ids !== "all");
    for (const id of change.ids) ids.add(id);
  });
  const before = scene(store.snapshot, { grouping, filter });
  const made = fake.assignment(fake.idle, fake.weekly);
  await store.put({ kind: "resource", id: made.id, resource: made });
  const after = scene(store.snapshot, { grouping, filter }, before);
  const places = placesToRefresh(ids, before, after);
  return places === "all" ? places : places.map(({ id }) => id).sort();
}

const other = fake.scaleSet("AAAA", "other", false);
const busy = fake.scaleSet("AAAA", "busy", false);
const events = [
  ...fake.twoSubscriptions,
  { kind: "scaleSets", subscriptionId: "AAAA", resources: [fake.web, fake.idle, other, busy] } as const,
  fake.assignments("AAAA", [
    [fake.web, [fake.assignment(fake.web, fake.weekly)]],
    [busy, [fake.assignment(busy, fake.weekly)]],
  ]),
];

describe("a set that moves from one group to another refreshes", () => {
  it("both groups and no other, by state", async () => {
    const list = [fake.weekly.id.toLowerCase()];
    assert.deepEqual(await refreshed({ by: "state" }), ["#state/idle", "#state/unmanaged", ...list].sort());
  });

  it("both groups and no other, by configuration", async () => {
    const places = await refreshed({ by: "configuration" });
    assert.deepEqual(places, ["#configuration/none", fake.weekly.id.toLowerCase()].sort());
  });

  it("nothing but the set, its group's line and its configuration, by region", async () => {
    const places = await refreshed({ by: "region" });
    assert.deepEqual(places, ["#region/westeurope", fake.weekly.id.toLowerCase()].sort());
  });

  it("all where a group comes or goes", async () => {
    assert.equal(await refreshed({ by: "state" }, "api"), "all");
  });

  it("nothing where the filter hides it", async () => {
    assert.deepEqual(await refreshed({ by: "state" }, "busy"), [fake.weekly.id.toLowerCase()]);
  });
});

it("nothing is refreshed where nothing differs, in any grouping", async () => {
  const { snapshot } = await fake.readStore();
  const same: Snapshot = { ...snapshot };
  const ids = new Set([...snapshot.scaleSets.keys(), ...snapshot.configurations.keys()]);
  for (const by of ["state", "configuration", "region"] as const) {
    const before = scene(snapshot, { grouping: { by } });
    const places = placesToRefresh(new Set(), before, scene(same, { grouping: { by } }, before));
    assert.deepEqual(places, []);
    assert.ok(placesToRefresh(ids, before, scene(same, { grouping: { by } }, before)) !== "all");
  }
});

it("both groups are refreshed where two sets change places, though no count differs", async () => {
  const { snapshot } = await fake.readStore();
  const [[webKey, web] = [], [apiKey, api] = []] = [...snapshot.scaleSets];
  assert.ok(webKey && web && apiKey && api && web.coverage.state !== api.coverage.state);
  const swapped: Snapshot = {
    ...snapshot,
    scaleSets: new Map([
      [webKey, { ...web, coverage: api.coverage }],
      [apiKey, { ...api, coverage: web.coverage }],
    ]),
  };
  const grouping = { by: "state" } as const;
  const before = scene(snapshot, { grouping });
  const places = placesToRefresh(
    new Set([webKey, apiKey, "aaaa"]),
    before,
    scene(swapped, { grouping }, before),
  );
  const states = [web, api].map(({ coverage }) => `#state/${coverage.state}`).sort();
  const groups = places === "all" ? [] : places.map(({ id }) => id).filter((id) => id.startsWith("#state/"));
  assert.deepEqual(groups.sort(), states);
});
