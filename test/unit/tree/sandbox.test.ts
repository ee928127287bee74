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
  const states = [
    "Blocked",
    "Broken schedule",
    "Managed by AKS",
    "No window",
    "Not set up",
    "Scheduled",
    "Unknown",
    "Upgrades off",
  ];
  assert.deepEqual([...icons.keys()].sort(), states);
  assert.equal(new Set(icons.values()).size, states.length);
});

test("a row says why its set is in its state, in a few words, and leaves the image to what is below it", async () => {
  const { store } = await sandboxFleet();
  const sets = flat(seen(store.snapshot)).filter(({ node }) => node.kind === "scaleSet");
  const rows = new Map(sets.map(({ label, description }) => [label, description]));
  const said = {
    "aks-systempool-31415926-vmss": "Managed by AKS",
    "vmss-archive-prod": "Broken schedule · configuration has expired · mc-web-until-migration",
    "vmss-batch-prod": "Blocked · patch mode is AutomaticByPlatform · mc-prod-nightly",
    "vmss-build-agents-canary": "Not set up · image pinned to 1.4.2",
    "vmss-checkout-prod": "No window · upgrades can start at any time",
    "vmss-gateway-prod":
      "Broken schedule · 2 configurations, Azure may use only one · mc-prod-nightly, mc-shared-fourth-monday",
    "vmss-identity-broker": "Unknown · associations unknown",
    "vmss-ledger-prod": "Broken schedule · configuration was deleted · mc-ledger-retired",
    "vmss-orders-prod": "Blocked · image pinned to 22.04.202509030 · mc-prod-nightly",
    "vmss-payments-prod": "Blocked · no health probe or extension · mc-prod-nightly",
    "vmss-reporting-prod": "Upgrades off · mc-prod-nightly",
    "vmss-transcode-prod": "Blocked · both a health probe and an extension · mc-prod-nightly",
    "vmss-web-prod": "Scheduled · mc-prod-nightly",
    "vmss-worker-prod": "Not set up",
  };
  for (const [name, row] of Object.entries(said)) assert.equal(rows.get(name), row);
  for (const { label, spoken, children, view } of sets) {
    assert.equal(spoken, `Scale set ${label}, ${(rows.get(label) ?? "").replaceAll(" · ", ", ")}`);
    assert.ok(
      children.some(({ label: detail }) => detail === "Image"),
      label,
    );
    assert.ok(
      view.tooltip().lines.some((line) => "name" in line && line.name?.template === "Image"),
      label,
    );
  }
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
  assert.equal(nodes.filter(({ description }) => description === "no longer exists").length, 1);
});

test("three steps applied by a plan show in the tree without a refresh", async () => {
  const { store, azure } = await sandboxFleet();
  const path = ["Contoso Production", "Scale sets", "vmss-cache-prod"] as const;
  const nodeNow = () => find(seen(store.snapshot), ...path);
  assert.match(nodeNow().description, /^Not set up$/);
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
  assert.match(nodeNow().description, /^Scheduled · mc-prod-nightly/);
  assert.equal(nodeNow().view.contextValue, "scaleSet;associated;upgradesOn");
  const counted = find(
    seen(store.snapshot),
    "Contoso Shared Services",
    "Maintenance configurations",
    "mc-prod-nightly",
  );
  assert.match(counted.description, new RegExp(`${before + 1} scale sets$`));
});
