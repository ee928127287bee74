import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { keyOf, scopeNodes, scopeOf } from "../../../src/commands/scopes.ts";
import { assignmentId } from "../../../src/core/resources/ids.ts";
import type { ScaleSetId } from "../../../src/core/resources/ids.ts";
import type { FleetStore } from "../../../src/fleet/store.ts";
import { commandAddress } from "../../../src/report/links.ts";
import { idle, readStore, web, weekly } from "../fleet/fakes.ts";

let store: FleetStore;
before(async () => {
  store = await readStore();
});

const namesIn = (...nodes: Parameters<typeof scopeOf>[0]) =>
  scopeOf(nodes, store.snapshot)
    .records.map(({ name }) => name)
    .sort();
const set = (id: string) => ({ kind: "scaleSet", resourceId: id });

describe("a scope", () => {
  it("is sets themselves, an association's set, all of a subscription, or those of a configuration", () => {
    assert.deepEqual(namesIn(set(web.id)), ["web"]);
    const association = { kind: "association", resourceId: assignmentId(web.id as ScaleSetId, "weekly") };
    assert.deepEqual(namesIn(association), ["web"]);
    assert.deepEqual(namesIn({ kind: "scaleSets", subscriptionId: "aaaa" }), ["api", "web"]);
    const subscription = { kind: "subscription", subscriptionId: "aaaa", resourceId: "/subscriptions/aaaa" };
    assert.deepEqual(namesIn(subscription), ["api", "web"]);
    assert.deepEqual(namesIn({ kind: "configuration", resourceId: weekly.id }), ["web"]);
    assert.deepEqual(namesIn({ kind: "configurations", subscriptionId: "aaaa" }), []);
  });

  it("has each set once, however often and in whatever casing it is meant", () => {
    const nodes = [set(web.id), set(web.id.toUpperCase()), { kind: "scaleSets", subscriptionId: "aaaa" }];
    assert.deepEqual(namesIn(...nodes), ["api", "web"]);
  });

  it("names the sets that are not there, and only those that were meant one by one", () => {
    const missing = web.id.replace("/web", "/gone");
    const scope = scopeOf(
      [set(missing), set(idle.id), { kind: "scaleSets", subscriptionId: "x" }],
      store.snapshot,
    );
    assert.deepEqual(scope.missing, [missing]);
    assert.equal(scope.records.length, 1);
  });

  it("means the same sets after it went through a link", () => {
    const nodes = [
      { kind: "subscription", subscriptionId: "bbbb", resourceId: "/subscriptions/bbbb" },
      { kind: "configuration", resourceId: weekly.id },
      { kind: "scaleSet", resourceId: idle.id, view: { label: "x" } },
    ];
    const address = commandAddress("explainEligibility", scopeNodes(nodes));
    const [first, all] = JSON.parse(decodeURIComponent(address.split("?")[1] ?? "")) as [
      unknown,
      typeof nodes,
    ];
    assert.equal(first, null);
    assert.deepEqual(namesIn(...all), namesIn(...nodes));
    assert.equal(keyOf(scopeNodes(all)), keyOf(scopeNodes(nodes)));
    assert.doesNotMatch(address, /label/);
  });
});
