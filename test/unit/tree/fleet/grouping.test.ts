import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coverageStates } from "../../../../src/core/associations/coverageStates.ts";
import type { CoverageState } from "../../../../src/core/associations/coverageStates.ts";
import { readGrouping } from "../../../../src/tree/fleet/grouping.ts";
import type { Grouping } from "../../../../src/tree/fleet/grouping.ts";
import type { Scene } from "../../../../src/tree/fleet/scene.ts";
import { sandboxFleet } from "../sandboxFleet.ts";
import { find, flat, scene, seenIn } from "../walk.ts";

const { store } = await sandboxFleet();
const { snapshot } = store;
const shown = (grouping: Grouping, over: Partial<Scene> = {}) => scene(snapshot, { grouping, ...over });
const roots = (grouping: Grouping, over: Partial<Scene> = {}) => seenIn(shown(grouping, over));
const all = [...snapshot.scaleSets.values()];
const groupings: readonly Grouping[] = [
  { by: "subscription" },
  { by: "state" },
  { by: "configuration" },
  { by: "region" },
  { by: "tag", tag: "costCenter" },
];

describe("each grouping", () => {
  for (const grouping of groupings) {
    it(`by ${grouping.by} shows every scale set, each node with an id of its own`, () => {
      const nodes = flat(roots(grouping));
      const sets = nodes.filter(({ node }) => node.kind === "scaleSet");
      assert.equal(new Set(sets.map(({ node }) => node.resourceId)).size, all.length);
      assert.equal(new Set(nodes.map(({ node }) => node.id)).size, nodes.length);
      for (const { node, view, label, description, spoken, children } of nodes) {
        assert.ok(label !== "" && spoken !== "", node.id);
        for (const text of [label, description, spoken])
          assert.doesNotMatch(text, /\{\d\}|undefined|· ·|^ · | · $/, node.id);
        assert.equal(view.children !== "none", children.length > 0, node.id);
      }
    });

    it(`by ${grouping.by} tells what could not be read or understood`, () => {
      const kinds = flat(roots(grouping)).map(({ node }) => node.kind);
      assert.equal(kinds.filter((kind) => kind === "malformed").length, snapshot.malformed.length);
      assert.ok(snapshot.malformed.length > 0);
      assert.ok(kinds.includes("problem"));
    });
  }
});

describe("by coverage state", () => {
  it("the worst comes first, with how many there are and need attention", () => {
    const states = roots({ by: "state" }).filter(({ node }) => node.kind === "group");
    const own = all.filter(({ coverage }) => coverage.managedBy === undefined);
    const there = new Set(own.map(({ coverage }) => coverage.state));
    const inOrder = coverageStates.filter((state) => there.has(state));
    assert.deepEqual(
      states.map(({ node }) => node.kind === "group" && node.value),
      [...inOrder, "managed"],
    );
    const count = (state: CoverageState) => own.filter(({ coverage }) => coverage.state === state).length;
    for (const [index, state] of inOrder.entries())
      assert.match(states[index]?.description ?? "", new RegExp(`^${count(state)} scale sets?\\b`));
    assert.match(find(states, "No window").description, / · \d+ to fix/);
    assert.doesNotMatch(find(states, "Scheduled").description, /attention/);
  });

  it("a set says which subscription it is in", () => {
    const set = find(roots({ by: "state" }), "Not set up", "vmss-cache-prod");
    assert.match(set.description, /^Contoso Production$/);
    const inIts = find(roots({ by: "subscription" }), "Contoso Production", "Scale sets", "vmss-cache-prod");
    assert.doesNotMatch(inIts.description, /Contoso Production/);
  });

  it("sets that other services manage stand in a group of their own, and say who does", () => {
    const managed = find(roots({ by: "state" }), "Managed by other services");
    assert.match(managed.description, /^1 scale set$/);
    const [aks] = managed.children;
    assert.equal(aks?.description, "Managed by AKS · Contoso Production");
    assert.match(aks?.spoken ?? "", /^Scale set aks-\S+, Managed by AKS, Contoso Production$/);
    assert.equal(aks?.view.icon.id, "lock");
  });

  it("the configurations of all subscriptions stand in one list", () => {
    const list = find(roots({ by: "state" }), "Maintenance configurations");
    assert.equal(list.children.length, snapshot.configurations.size);
    assert.match(find(list.children, "mc-prod-nightly").description, / · Contoso Shared Services$/);
  });
});

describe("by configuration", () => {
  it("sets without one, and those of which nobody can tell, have groups of their own", () => {
    const labels = roots({ by: "configuration" }).map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 2), ["No configuration", "Unknown"]);
    const none = find(roots({ by: "configuration" }), "No configuration");
    assert.ok(none.children.some(({ label }) => label === "vmss-cache-prod"));
  });

  it("a configuration is a group with its schedule folded; one that is gone says so", () => {
    const nightly = find(roots({ by: "configuration" }), "mc-prod-nightly");
    assert.equal(nightly.view.contextValue, "configuration;osImage;active");
    assert.equal(nightly.node.kind, "configuration");
    assert.ok(nightly.children.some(({ node }) => node.kind === "scaleSet"));
    assert.ok(find(nightly.children, "Schedule").children.length > 2);
    const deleted = roots({ by: "configuration" }).filter(({ description }) =>
      description.endsWith("no longer exists"),
    );
    assert.equal(deleted.length, 1);
  });

  it("a set with two configurations stands in both", () => {
    const double = all.filter(({ assignments }) => "known" in assignments && assignments.known.length > 1);
    assert.ok(double.length > 0);
    const nodes = flat(roots({ by: "configuration" }));
    for (const { id } of double) {
      const places = nodes.filter(({ node }) => node.kind === "scaleSet" && node.resourceId === id);
      assert.equal(places.length, 2, id);
    }
  });
});

describe("by region and by tag", () => {
  it("regions have the names that Azure gives them", () => {
    const labels = roots({ by: "region" })
      .filter(({ node }) => node.kind === "group")
      .map(({ label }) => label);
    assert.ok(labels.includes("West Europe"), labels.join());
    assert.deepEqual(
      labels,
      labels.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it("a tag is found in any casing, and those without it come last", () => {
    const labels = (tag: string) =>
      roots({ by: "tag", tag })
        .filter(({ node }) => node.kind === "group")
        .map(({ label }) => label);
    assert.deepEqual(labels("COSTCENTER"), ["COSTCENTER: 1420"]);
    assert.equal(labels("aks-managed-poolName").at(-1), "No tag aks-managed-poolName");
    assert.ok(labels("aks-managed-poolName").length > 1);
  });
});

describe("a text filter", () => {
  for (const grouping of groupings) {
    it(`by ${grouping.by} leaves out what does not match, and groups that have nothing`, () => {
      const filtered = roots(grouping, { filter: "cache" });
      const sets = flat(filtered).filter(({ node }) => node.kind === "scaleSet");
      const expected = all.filter(({ name }) => name.includes("cache"));
      assert.ok(expected.length > 0 && expected.length < all.length);
      assert.equal(new Set(sets.map(({ node }) => node.resourceId)).size, expected.length);
      for (const { node, children, label } of filtered)
        if (node.kind === "group" || node.kind === "subscription") assert.ok(children.length > 0, label);
    });
  }

  it("shows configurations that match, and those of sets that do", () => {
    const names = (filter: string) =>
      flat(roots({ by: "subscription" }, { filter }))
        .filter(({ node }) => node.kind === "configuration")
        .map(({ label }) => label);
    assert.ok(names("mc-prod-nightly").includes("mc-prod-nightly"));
    assert.deepEqual(names("vmss-api-prod"), ["mc-prod-nightly"]);
  });

  it("says when nothing matches, and a click shows all again", () => {
    for (const grouping of groupings) {
      const [note] = roots(grouping, { filter: "no such set" });
      assert.equal(note?.label, "No scale sets match “no such set”");
      assert.equal(note?.node.kind === "note" && note.node.runs?.command, "clearFleetFilter");
    }
  });
});

it("a grouping that was kept is read with care", () => {
  assert.deepEqual(readGrouping({ by: "tag", tag: "env" }), { by: "tag", tag: "env" });
  assert.deepEqual(readGrouping({ by: "state" }), { by: "state" });
  for (const odd of [undefined, null, "state", { by: "tag" }, { by: "colour" }, []])
    assert.deepEqual(readGrouping(odd), { by: "subscription" });
});
