import assert from "node:assert/strict";
import { test } from "node:test";
import { associate, setAutomaticUpgrades } from "../../../src/core/plans/plans.ts";
import { planOf } from "../../../src/core/plans/planNeeds.ts";
import { scopeOf } from "../../../src/core/windows/window.ts";
import { applyPlan } from "../../../src/fleet/plans/applyPlan.ts";
import { inEnglish, verbatim } from "../../../src/core/text/message.ts";
import { tooltipMarkdown } from "../../../src/tree/tooltip.ts";
import { noSignal } from "../fleet/fakes.ts";
import { sandboxFleet } from "./sandboxFleet.ts";
import { find, flat, seen } from "./walk.ts";

test("the sandbox's fleet shows every coverage state, each with an icon of its own", async () => {
  const { store } = await sandboxFleet();
  const sets = flat(seen(store.snapshot)).filter(({ node }) => node.kind === "scaleSet");
  assert.equal(sets.length, store.snapshot.scaleSets.size);
  const icons = new Map(
    sets.map(({ description, view }) => [description.split(" · ")[0] ?? "", view.icon.id]),
  );
  const states = ["Blocked", "Broken", "Can't tell", "Controlled", "Idle", "Uncontrolled", "Unmanaged"];
  assert.deepEqual([...icons.keys()].sort(), states);
  assert.equal(new Set(icons.values()).size, states.length);
});

test("every node of the sandbox's fleet has an id of its own, a label, and words for a screen reader", async () => {
  const { store } = await sandboxFleet();
  const nodes = flat(seen(store.snapshot));
  assert.ok(nodes.length > 200);
  assert.equal(new Set(nodes.map(({ node }) => node.id)).size, nodes.length);
  for (const { node, view, label, description, spoken, children } of nodes) {
    assert.ok(label !== "" && spoken.includes(label), `${node.id}: “${label}” is spoken as “${spoken}”`);
    for (const text of [label, description, spoken])
      assert.doesNotMatch(text, /\{\d\}|undefined|· ·|^ · | · $/, node.id);
    assert.equal(view.children !== "none", children.length > 0, `${node.id} says whether it has children`);
    assert.match(tooltipMarkdown(view.tooltip(), inEnglish), /^\*\*.+\*\*/);
  }
});

test("two malformed items, an unreachable association and a configuration that is gone have nodes that say so", async () => {
  const { store } = await sandboxFleet();
  const nodes = flat(seen(store.snapshot));
  assert.equal(nodes.filter(({ node }) => node.kind === "malformed").length, 2);
  assert.equal(nodes.filter(({ node }) => node.kind === "problem").length, 1);
  assert.equal(nodes.filter(({ description }) => description === "does not exist any more").length, 1);
});

test("three steps applied by a plan show in the tree without a refresh", async () => {
  const { store, azure } = await sandboxFleet();
  const path = ["Contoso Production", "Scale sets", "vmss-cache-prod"] as const;
  const nodeNow = () => find(seen(store.snapshot), ...path);
  assert.match(nodeNow().description, /^Unmanaged/);
  const set = [...store.snapshot.scaleSets.values()].find(({ name }) => name === path[2]);
  const configuration = [...store.snapshot.configurations.values()].find(
    ({ name }) => name === "mc-prod-nightly",
  );
  assert.ok(set && configuration);
  const parts = [
    associate(set, configuration, [], () => scopeOf(configuration.resource)),
    setAutomaticUpgrades(set, true),
  ];
  const changes = parts.flatMap((part) => part.changes);
  const before = configuration.scaleSets.length;
  const results = await applyPlan(azure, store, planOf(verbatim("test"), changes, [], []), {
    signal: noSignal(),
  });
  assert.deepEqual(
    results.map(({ outcome }) => outcome.status),
    ["done", "done"],
  );
  assert.match(nodeNow().description, /^Controlled · mc-prod-nightly/);
  assert.equal(nodeNow().view.contextValue, "scaleSet;associated;upgradesOn");
  const counted = find(
    seen(store.snapshot),
    "Contoso Shared Services",
    "Maintenance configurations",
    "mc-prod-nightly",
  );
  assert.match(counted.description, new RegExp(`${before + 1} scale sets$`));
});
