import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { draggedOf, dropOn } from "../../../src/commands/associations/drop.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import type { TreeNode } from "../../../src/tree/treeNode.ts";
import { sandboxFleet } from "../tree/sandboxFleet.ts";
import { find, scene, seenIn } from "../tree/walk.ts";

const { store } = await sandboxFleet();
const { snapshot } = store;
const roots = seenIn(scene(snapshot, { grouping: { by: "configuration" } }));
const node = (...path: string[]): TreeNode => find(roots, ...path).node;
const cache = node("No configuration", "vmss-cache-prod");
const worker = node("No configuration", "vmss-worker-prod");
const drop = (target: TreeNode | undefined, ...nodes: TreeNode[]) =>
  dropOn(target, draggedOf(nodes), snapshot);
const refusal = (target: TreeNode | undefined, ...nodes: TreeNode[]) => {
  const result = drop(target, ...nodes);
  assert.ok("refused" in result, JSON.stringify(result));
  return inEnglish(result.refused);
};

describe("dropping scale sets", () => {
  it("on a configuration associates them, both given", () => {
    const nightly = node("mc-prod-nightly");
    assert.deepEqual(drop(nightly, cache, worker), {
      command: "associate",
      nodes: [
        { kind: "configuration", resourceId: nightly.resourceId },
        { kind: "scaleSet", resourceId: cache.resourceId },
        { kind: "scaleSet", resourceId: worker.resourceId },
      ],
    });
  });

  it("on “No configuration” removes their associations", () => {
    const api = node("mc-prod-nightly", "vmss-api-prod");
    const result = drop(node("No configuration"), api);
    assert.equal("command" in result && result.command, "removeAssociation");
  });

  it("on a configuration for something else says that it doesn't control OS images", () => {
    assert.match(
      refusal(node("mc-guest-patching-sunday"), cache),
      /^mc-guest-patching-sunday doesn't control/,
    );
  });

  it("anywhere else says where they can be dropped", () => {
    const places = [
      undefined,
      worker,
      node("Unknown"),
      node("mc-ledger-retired"),
      node("mc-prod-nightly", "Schedule"),
    ];
    for (const target of places) assert.match(refusal(target, cache), /^Drop scale sets on a maintenance/);
  });

  it("with something else among them does nothing", () => {
    const nightly = node("mc-prod-nightly");
    assert.match(refusal(nightly, cache, node("mc-staging-daily")), /^You can drag only scale sets/);
    assert.match(refusal(nightly, node("mc-staging-daily")), /^You can drag only scale sets/);
    assert.match(refusal(nightly), /^You can drag only scale sets/);
  });

  it("where all of them are already says so", () => {
    const api = node("mc-prod-nightly", "vmss-api-prod");
    assert.match(refusal(node("mc-prod-nightly"), api), /^Already associated with mc-prod-nightly/);
    assert.ok("command" in drop(node("mc-prod-nightly"), api, cache));
  });
});
