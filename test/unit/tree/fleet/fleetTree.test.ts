import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { Emitter } from "../../../../src/core/emitter.ts";
import type { Coverage } from "../../../../src/core/associations/coverage.ts";
import type { FleetChange } from "../../../../src/fleet/snapshot/changes.ts";
import type { ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import type { Grouping } from "../../../../src/tree/fleet/grouping.ts";
import type { FleetNode } from "../../../../src/tree/fleet/node.ts";
import { manySets } from "../manySets.ts";

const standIn = new URL("../viewApi.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const { FleetTree } = await import("../../../../src/tree/fleet/fleetTree.ts");
const { changeSetting } = (await import(standIn)) as typeof import("../viewApi.ts");
hooks.deregister();

const coverages: readonly Coverage[] = [
  { state: "controlled", reasons: [], needsAttention: false },
  { state: "broken", reasons: [], needsAttention: true },
  { state: "broken", reasons: [], needsAttention: false, managedBy: "Azure Kubernetes Service" },
  { state: "idle", reasons: [], needsAttention: true },
];

const turnOfOthers = () => new Promise((resolve) => setImmediate(resolve));

/** Over a fleet that the test changes as the store would, with what VS Code is asked to refresh. */
function openTree(context: TestContext, first: Snapshot, grouping: Grouping) {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const changed = new Emitter<FleetChange>();
  const store = { snapshot: first, onDidChange: changed.event };
  const storage = { keys: () => [], get: () => grouping, update: async () => undefined };
  const kept = { ...storage, get: (key: string) => (key === "fleet.grouping" ? grouping : "") };
  const tree = new FleetTree(store as unknown as FleetStore, kept as never);
  const refreshed: (readonly string[] | "all")[] = [];
  tree.onDidChangeTreeData((nodes) => refreshed.push(nodes?.map(({ id }) => id) ?? "all"));
  const put = (snapshot: Snapshot) => {
    const keys = [...snapshot.scaleSets.keys()];
    const ids = keys.filter((key) => snapshot.scaleSets.get(key) !== store.snapshot.scaleSets.get(key));
    store.snapshot = snapshot;
    changed.fire({ ids: new Set(ids) });
  };
  return { tree, refreshed, put };
}

const withName = (snapshot: Snapshot, name: string, over: Partial<ScaleSetRecord>): Snapshot => ({
  ...snapshot,
  scaleSets: new Map(
    [...snapshot.scaleSets].map(([key, set]) => [key, set.name === name ? { ...set, ...over } : set]),
  ),
});

async function labelOf(tree: InstanceType<typeof FleetTree>, node: FleetNode | undefined): Promise<string> {
  const label = node && (await tree.getTreeItem(node)).label;
  return typeof label === "string" ? label : "";
}

/** Does the work while each look at the clock takes a millisecond: how often others had their turn, and how long they waited for one at most. */
async function turnsIn(context: TestContext, work: () => Promise<unknown>) {
  const start = performance.now();
  let [now, last, longestMs, turns, isDone] = [start, start, 0, 0, false];
  const clock = context.mock.method(performance, "now", () => (now += 1));
  const others = async () => {
    while (!isDone) {
      await turnOfOthers();
      longestMs = Math.max(longestMs, now - last);
      last = now;
      turns += 1;
    }
  };
  const watching = others();
  await work();
  isDone = true;
  await watching;
  clock.mock.restore();
  return { turns, longestMs };
}

describe("the Fleet view of ten thousand scale sets", () => {
  const fleet = manySets(10_000);
  const groupings: readonly Grouping[] = [
    { by: "subscription" },
    { by: "state" },
    { by: "configuration" },
    { by: "region" },
    { by: "tag", tag: "env" },
  ];

  for (const grouping of groupings) {
    it(`by ${grouping.by} gives the event loop back while it is laid out, filtered and followed`, async (context) => {
      const { tree, put } = openTree(context, fleet, grouping);
      const others: Snapshot = {
        ...fleet,
        scaleSets: new Map([...fleet.scaleSets].map(([key, set]) => [key, { ...set }])),
      };
      const works = [
        () => tree.getChildren(),
        () => tree.filterBy("vmss-1"),
        () => tree.filterBy(""),
        async () => {
          put(others);
          await tree.follow();
        },
        () => tree.countOf("vmss-2"),
      ];
      for (const work of works) {
        const { turns, longestMs } = await turnsIn(context, work);
        assert.ok(turns > 10 && longestMs <= 16, `${String(work)}: ${turns} turns, ${longestMs} ms`);
      }
      tree.dispose();
    });
  }

  it("sorts a group of all of them in slices when it is expanded", async (context) => {
    const { tree } = openTree(context, fleet, { by: "region" });
    const group = (await tree.getChildren()).find(({ kind }) => kind === "group");
    let shown: readonly FleetNode[] = [];
    const { turns } = await turnsIn(context, async () => (shown = await tree.getChildren(group)));
    assert.ok(turns > 3, `${turns} turns`);
    assert.equal(await labelOf(tree, shown[0]), "vmss-0");
    tree.dispose();
  });

  it("puts the worst of a group first, or all by name as the setting says, at once and as the same rows", async (context) => {
    const coverageOf = (index: number) => coverages[index % coverages.length] as Coverage;
    const mixed = manySets(10_000, (index) => ({ coverage: coverageOf(index) }));
    const { tree, refreshed } = openTree(context, mixed, { by: "region" });
    const group = (await tree.getChildren()).find(({ kind }) => kind === "group");
    const shown = async () => (await tree.getChildren(group)).slice(0, 200);
    const worst = await shown();
    const records = new Map([...mixed.scaleSets.values()].map((set) => [set.id, set]));
    const numbers = worst.map((node) => {
      const { name, coverage } = records.get(node.resourceId ?? "") ?? assert.fail();
      assert.equal(coverage.state, "broken");
      return Number(name.replace("vmss-", ""));
    });
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    refreshed.length = 0;
    try {
      changeSetting("scaleSetMaintenance.sortOrder", "name");
      await tree.follow();
      assert.deepEqual(refreshed, ["all"]);
      const byName = await shown();
      assert.deepEqual(await Promise.all(byName.slice(0, 3).map((node) => labelOf(tree, node))), [
        "vmss-0",
        "vmss-1",
        "vmss-2",
      ]);
      // A selection stays where the rows are the same objects.
      const both = byName.filter((node) => "key" in node && worst.some((was) => was.id === node.id));
      assert.ok(both.length > 10 && both.every((node) => worst.includes(node)));
    } finally {
      changeSetting("scaleSetMaintenance.sortOrder", undefined);
    }
    tree.dispose();
  });

  it("shows the newest of several changes, and what was chosen last", async (context) => {
    const { tree, refreshed, put } = openTree(context, fleet, { by: "region" });
    await tree.getChildren();
    const laid = [
      tree.groupBy({ by: "state" }),
      tree.groupBy({ by: "configuration" }),
      tree.filterBy("vmss-77"),
    ];
    put(withName(fleet, "vmss-77", { name: "first" }));
    put(withName(fleet, "vmss-77", { name: "vmss-77-last" }));
    await Promise.all([...laid, tree.follow()]);
    const roots = await tree.getChildren();
    const group = roots.find(({ id }) => id === "#configuration/none" || id.includes("weekly"));
    const labels = await Promise.all((await tree.getChildren(group)).map((node) => labelOf(tree, node)));
    assert.ok(labels.includes("vmss-77-last"), labels.join());
    assert.ok(!labels.includes("first"));
    assert.ok(refreshed.length <= 3, `${refreshed.length} times`);
    tree.dispose();
  });
});

describe("what the Fleet view refreshes", () => {
  const fleet = manySets(300);

  it("is one row where one set differs, and nothing where the store says that nothing does", async (context) => {
    const { tree, refreshed, put } = openTree(context, fleet, { by: "region" });
    const group = (await tree.getChildren()).find(({ kind }) => kind === "group");
    await tree.getChildren(group);
    const [key] = [...fleet.scaleSets].find(([, { name }]) => name === "vmss-7") ?? [];
    put({ ...fleet, loading: true });
    put(withName(fleet, "vmss-7", {}));
    await tree.follow();
    assert.deepEqual(refreshed, [[`#region/westeurope#${key}`]]);
    tree.dispose();
  });

  it("is a page more where the user wants one, whose first row gets the focus", async (context) => {
    const { tree, refreshed } = openTree(context, fleet, { by: "region" });
    const group = (await tree.getChildren()).find(({ kind }) => kind === "group");
    assert.equal((await tree.getChildren(group)).length, 201);
    const first = await tree.showMore(group?.id ?? "", 200);
    assert.equal(await labelOf(tree, first), "vmss-200");
    assert.deepEqual(refreshed, [[group?.id]]);
    assert.equal((await tree.getChildren(group)).length, 300);
    const found = await tree.nodeOf([...fleet.scaleSets.keys()].at(-1) ?? "");
    assert.equal(found?.kind, "scaleSet");
    tree.dispose();
  });
});
