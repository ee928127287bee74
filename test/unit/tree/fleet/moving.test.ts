import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Coverage } from "../../../../src/core/associations/coverage.ts";
import type { ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import type { Grouping } from "../../../../src/tree/fleet/grouping.ts";
import * as fake from "../../fleet/fakes.ts";
import { manySets } from "../manySets.ts";
import { heldIn, refreshedBetween, scene } from "../walk.ts";

/** What the tree refreshes in a grouping when a set is associated: `api`, which is Unmanaged before and Idle after. */
async function refreshed(grouping: Grouping, filter = ""): Promise<readonly string[] | "all"> {
  const store = await fake.readStore(fake.fakeAzure({ events }));
  const before = scene(store.snapshot, { grouping, filter });
  const made = fake.assignment(fake.idle, fake.weekly);
  await store.put({ kind: "resource", id: made.id, resource: made });
  const after = scene(store.snapshot, { grouping, filter }, before);
  const ids = refreshedBetween(before, after);
  return ids === "all" ? ids : ids.toSorted();
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
  for (const by of ["state", "configuration", "region"] as const) {
    const before = scene(snapshot, { grouping: { by } });
    assert.deepEqual(refreshedBetween(before, scene(same, { grouping: { by } }, before)), []);
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
  const ids = refreshedBetween(before, scene(swapped, { grouping }, before));
  const states = [web, api].map(({ coverage }) => `#state/${coverage.state}`).sort();
  const groups = ids === "all" ? [] : ids.filter((id) => id.startsWith("#state/"));
  assert.deepEqual(groups.toSorted(), states);
});

describe("where very many differ, only what is held and no longer the same is refreshed:", () => {
  const count = 1500;
  const idle = { ...[...manySets(1).scaleSets.values()][0]?.coverage, state: "idle" } as Coverage;
  const all = manySets(count, (index) => (index === 0 ? { coverage: idle } : {}));

  /** What is refreshed as the record of one set becomes another, while VS Code has asked for all that is shown. */
  function refreshedAs(grouping: Grouping, name: string, over: Partial<ScaleSetRecord>) {
    const scaleSets = new Map(
      [...all.scaleSets].map(([key, record]) => [
        key,
        record.name === name ? { ...record, ...over } : record,
      ]),
    );
    const before = scene(all, { grouping });
    const ids = refreshedBetween(before, scene({ ...all, scaleSets }, { grouping }, before));
    return ids === "all" ? ids : ids.toSorted();
  }
  const keyOf = (name: string) => [...all.scaleSets].find(([, record]) => record.name === name)?.[0] ?? "";

  it("nothing where all is as it was", () => {
    for (const by of ["subscription", "state", "configuration", "region"] as const)
      assert.deepEqual(refreshedAs({ by }, "none", {}), []);
  });

  it("a set that is another, and not one beyond the page", () => {
    assert.deepEqual(refreshedAs({ by: "subscription" }, "vmss-1", {}), [keyOf("vmss-1")]);
    assert.deepEqual(refreshedAs({ by: "subscription" }, "vmss-1400", {}), []);
  });

  it("the groups that a set leaves and comes into, wherever it stood", () => {
    const states = ["#state/controlled", "#state/idle"];
    assert.deepEqual(refreshedAs({ by: "state" }, "vmss-1400", { coverage: idle }), states);
    assert.deepEqual(refreshedAs({ by: "state" }, "vmss-1", { coverage: idle }), states);
  });

  it("a group in which another set stands on the page, though its line is the same", () => {
    const refreshedBy = (by: "region" | "configuration") => refreshedAs({ by }, "vmss-1400", { name: "aaa" });
    assert.deepEqual(refreshedBy("region"), ["#region/westeurope"]);
    assert.deepEqual(refreshedBy("configuration"), [fake.weekly.id.toLowerCase()]);
  });

  it("a group in which a set comes to stand higher, since its state is worse", () => {
    assert.deepEqual(refreshedAs({ by: "region" }, "vmss-1400", { coverage: idle }), ["#region/westeurope"]);
  });

  it("each row that names a subscription which has another name, though its set is the same", () => {
    const subscriptions = new Map(
      [...all.subscriptions].map(([key, { subscription, ...parts }]) => [
        key,
        { ...parts, subscription: { ...subscription, displayName: `${subscription.displayName} (old)` } },
      ]),
    );
    const before = scene(all, { grouping: { by: "state" } });
    const rows = heldIn(before).filter(({ kind }) => ["scaleSet", "configuration", "unread"].includes(kind));
    const after = scene({ ...all, subscriptions }, { grouping: { by: "state" } }, before);
    assert.deepEqual(
      refreshedBetween(before, after),
      rows.map(({ id }) => id),
    );
  });

  it("all where a group comes or goes", () => {
    const controlled = [...all.scaleSets.values()].find(({ name }) => name === "vmss-1")?.coverage;
    assert.equal(refreshedAs({ by: "state" }, "vmss-0", { coverage: controlled as Coverage }), "all");
  });
});
