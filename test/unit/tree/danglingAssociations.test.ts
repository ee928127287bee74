import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idKey } from "../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import type { DanglingRecord, Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import { tooltipMarkdown } from "../../../src/tree/tooltip.ts";
import * as fake from "../fleet/fakes.ts";
import { find, refreshedBetween, scene, seen, seenIn } from "./walk.ts";

const { snapshot } = await fake.readStore();

function dangling(name: string, scaleSet: DanglingRecord["scaleSet"]): DanglingRecord {
  const set = fake.scaleSet("bbbb", name);
  const assignment = fake.assignment(set, fake.weekly);
  const { id } = assignment;
  const problem = scaleSet === "unknown" ? { problem: fake.problem() } : {};
  return { id, scaleSetId: set.id, subscriptionId: "bbbb", assignment, scaleSet, ...problem };
}

const records = [dangling("z-gone", "gone"), dangling("hidden", "there"), dangling("forbidden", "unknown")];
const withDangling: Snapshot = {
  ...snapshot,
  danglingAssociations: new Map(records.map((one) => [idKey(one.id), one])),
};
const label = "Associations without a scale set";

describe("associations without a scale set", () => {
  it("stand in their subscription, each with what was found of the set", () => {
    const group = find(seen(withDangling), "Beta", label);
    assert.equal(group.description, "3 · 1 to clean up");
    assert.equal(group.view.contextValue, "danglingAssociations");
    assert.deepEqual(
      group.children.map(({ label: name, description, view }) => [name, description, view.icon.id]),
      [
        ["forbidden", "weekly · Azure denied access.", "question"],
        ["hidden", "weekly · scale set exists", "info"],
        ["z-gone", "weekly · scale set no longer exists", "debug-disconnect"],
      ],
    );
    assert.ok(!seen(withDangling).some((root) => root.label === "Alpha" && root.children.length > 2));
  });

  it("say by whom it was told that a set is gone, and stand for their association", () => {
    const deleted = find(seen(withDangling), "Beta", label, "z-gone");
    const tooltip = tooltipMarkdown(deleted.view.tooltip(), inEnglish);
    assert.match(tooltip, /but Azure says its scale set doesn't exist\\\./);
    assert.equal(deleted.node.resourceId, records[0]?.id);
    assert.equal(deleted.view.contextValue, "danglingAssociation");
    assert.match(deleted.spoken, /^Association without a scale set: z-gone, /);
  });

  it("stand in one list, with their subscription, in any other grouping", () => {
    const roots = seenIn(scene(withDangling, { grouping: { by: "state" } }));
    assert.match(find(roots, label, "hidden").description, / · Beta$/);
  });

  it("are filtered as scale sets are", () => {
    const filtered = seenIn(scene(withDangling, { filter: "z-g" }));
    assert.equal(find(filtered, "Beta", label).children.length, 1);
  });

  it("refresh their list, and the subscription as its first one comes", () => {
    const refreshed = (before: Snapshot, after: Snapshot) => refreshedBetween(scene(before), scene(after));
    assert.deepEqual(refreshed(snapshot, withDangling), ["/subscriptions/bbbb"]);
    const fewer: Snapshot = {
      ...withDangling,
      danglingAssociations: new Map([...withDangling.danglingAssociations].slice(1)),
    };
    assert.deepEqual(refreshed(withDangling, fewer), ["/subscriptions/bbbb#danglingAssociations"]);
  });
});

it("a tenant that Resource Graph refused says in every grouping that it is read by lists, and why", () => {
  const tenant = { tenantId: "t9", displayName: "Fabrikam", problem: fake.problem() };
  for (const by of ["subscription", "state", "configuration", "region"] as const) {
    const roots = seenIn(scene({ ...snapshot, withoutGraph: [tenant] }, { grouping: { by } }));
    const note = find(roots, "Fabrikam");
    assert.equal(note.description, "listed without Resource Graph · Azure denied access.", by);
    assert.match(tooltipMarkdown(note.view.tooltip(), inEnglish), /r\\-1/);
  }
});

it("what Resource Graph alone says of a set without an association is told as its word", () => {
  const [key, api] = [...snapshot.scaleSets].find(([, { name }]) => name === "api") ?? [];
  assert.ok(key && api);
  const bare = { ...api, assignments: { known: [], source: "graph" as const } };
  const roots = seen({ ...snapshot, scaleSets: new Map([[key, bare]]) });
  find(roots, "Alpha", "Scale sets", "api", "No maintenance configuration in Resource Graph");
});
