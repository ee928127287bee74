import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import type { TestContext } from "node:test";
import type { Sliced } from "../../../src/core/slices.ts";
import { idKey } from "../../../src/core/resources/ids.ts";
import { verbatim } from "../../../src/core/text/message.ts";
import { groupNode, remark } from "../../../src/tree/upcoming/node.ts";
import type { Group, UpcomingNode } from "../../../src/tree/upcoming/node.ts";
import type { NodeView } from "../../../src/tree/view.ts";

const standIn = new URL("viewApi.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const { LiveTree } = await import("../../../src/tree/liveTree.ts");
hooks.deregister();

/** Days, each with its only line. */
type Days = Readonly<Record<string, string>>;

const refreshIntervalMs = 1000;

function viewOf(node: UpcomingNode, days: Days): NodeView | undefined {
  if (node.kind === "remark") return node.view;
  const text = days[(node as Group).date];
  if (text === undefined) return undefined;
  const label = verbatim(text);
  return {
    label,
    icon: { id: "calendar" },
    tooltip: () => ({ title: label, lines: [] }),
    spoken: label,
    contextValue: "day",
    children: "collapsed",
  };
}

class DaysTree extends LiveTree<UpcomingNode, Days> {
  now: Days = { monday: "one", tuesday: "two" };
  looked = 0;

  constructor() {
    super({
      childrenOf: (node, days) =>
        node === undefined
          ? Object.keys(days).map((day) => groupNode("day", day))
          : [remark(node as Group, "line", viewOf(node, days) as NodeView)],
      viewOf,
      refreshIntervalMs,
    });
  }

  protected override *stateNow(): Sliced<Days> {
    yield;
    this.looked += 1;
    return this.now;
  }

  /** Names each day that differs, held or not. */
  protected override *differing(before: Days, after: Days): Sliced<readonly UpcomingNode[] | "all"> {
    yield;
    const [were, are] = [before, after].map((days) => Object.keys(days));
    if (were?.join() !== are?.join()) return "all";
    return Object.keys(after)
      .filter((day) => before[day] !== after[day])
      .map((day) => groupNode("day", day));
  }
}

/** Resolves when all that was begun and waits for nothing is done. */
const turnOfOthers = () => new Promise((resolve) => setImmediate(resolve));

/** A tree whose clock the test turns, with what it asks VS Code to refresh. */
function openTree(context: TestContext) {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const tree = new DaysTree();
  const refreshed: (readonly string[] | "all")[] = [];
  tree.onDidChangeTreeData((nodes) => refreshed.push(nodes?.map(({ id }) => id) ?? "all"));
  const passTime = async () => {
    context.mock.timers.tick(refreshIntervalMs);
    await turnOfOthers();
  };
  return { tree, refreshed, passTime };
}

test("a node is the same object for as long as it is there; a line is made anew with its day", async (context) => {
  const { tree } = openTree(context);
  const [monday] = await tree.getChildren();
  assert.ok(monday);
  assert.equal((await tree.getChildren())[0], monday);
  const [line] = await tree.getChildren(monday);
  assert.ok(line);
  assert.equal(tree.getParent(line), monday);
  assert.notEqual((await tree.getChildren(monday))[0], line);
});

test("a node that leads elsewhere is another object", async (context) => {
  const { tree } = openTree(context);
  const monday: UpcomingNode = groupNode("day", "monday");
  const held = tree.getParent(remark(monday, "line", viewOf(monday, tree.now) as NodeView));
  assert.equal(held, monday);
  const moved: UpcomingNode = { ...monday, leadsTo: idKey("/subscriptions/s") };
  assert.equal(
    tree.getParent({ ...remark(monday, "line", viewOf(monday, tree.now) as NodeView), parent: moved }),
    moved,
  );
});

test("a view that was never shown looks at nothing and refreshes nothing", async (context) => {
  const { tree, refreshed, passTime } = openTree(context);
  await tree.follow();
  await passTime();
  assert.equal(tree.looked, 0);
  assert.deepEqual(refreshed, []);
});

test("as time passes, only what differs of what VS Code holds is refreshed, as the object that it holds", async (context) => {
  const { tree, refreshed, passTime } = openTree(context);
  const [monday, tuesday] = await tree.getChildren();
  let fired: readonly UpcomingNode[] | undefined;
  tree.onDidChangeTreeData((nodes) => (fired = nodes));
  await passTime();
  assert.deepEqual(refreshed, [], "nothing differs");
  tree.now = { monday: "one", tuesday: "three" };
  await passTime();
  assert.deepEqual(refreshed, [["day#tuesday"]]);
  assert.equal(fired?.[0], tuesday);
  assert.equal((await tree.getChildren())[0], monday);
});

test("with other roots all is refreshed, and no node is one of those before", async (context) => {
  const { tree, refreshed } = openTree(context);
  const [monday] = await tree.getChildren();
  tree.now = { monday: "one" };
  await tree.follow();
  assert.deepEqual(refreshed, ["all"]);
  assert.notEqual((await tree.getChildren())[0], monday);
});

test("a node that VS Code was not given is not refreshed", async (context) => {
  const { tree, refreshed } = openTree(context);
  await tree.getTreeItem(groupNode("day", "monday"));
  tree.now = { monday: "other", tuesday: "two" };
  await tree.follow();
  assert.deepEqual(refreshed, []);
});

test("a node that has just gone is an empty line until its parent is refreshed", async (context) => {
  const { tree } = openTree(context);
  assert.equal((await tree.getTreeItem(groupNode("day", "monday"))).label, "one");
  assert.equal((await tree.getTreeItem(groupNode("day", "sunday"))).label, "");
});

test("a view that is disposed of follows no clock", async (context) => {
  const { tree, passTime } = openTree(context);
  await tree.getChildren();
  tree.dispose();
  await passTime();
  assert.equal(tree.looked, 1);
});
