import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { searching } from "../../../../src/fleet/snapshot/search.ts";
import { childrenOf } from "../../../../src/tree/fleet/nodes.ts";
import { scaleSetPlaces } from "../../../../src/tree/fleet/places.ts";
import { placesToRefresh } from "../../../../src/tree/fleet/refresh.ts";
import { pagesFor } from "../../../../src/tree/fleet/reveal.ts";
import type { Scene } from "../../../../src/tree/fleet/scene.ts";
import * as fake from "../../fleet/fakes.ts";
import { manySets } from "../manySets.ts";
import { find, scene, seen, seenIn } from "../walk.ts";

const group = "/subscriptions/aaaa#scaleSets";
const many = manySets(450);
const below = (shown: Scene) => find(seenIn(shown), "Alpha", "Scale sets").children;

describe("a group of more than 200 items", () => {
  it("shows 200 in order, and how many more there are", () => {
    const children = below(scene(many));
    assert.equal(children.length, 201);
    assert.deepEqual(
      children.slice(0, 3).map(({ label }) => label),
      ["vmss-0", "vmss-1", "vmss-2"],
    );
    const more = children.at(-1);
    assert.deepEqual(
      [more?.label, more?.description, more?.spoken],
      ["Show 200 more", "200 of 450 shown", "Show 200 more, 200 of 450 shown"],
    );
    assert.deepEqual(more?.node.kind === "note" && more.node.runs?.args, [group, 200]);
  });

  it("shows what is left on its last page, and then no way to more", () => {
    const last = below(scene(many, { opened: new Map([[group, 400]]) })).at(-1);
    assert.equal(last?.label, "Show 50 more");
    const whole = below(scene(many, { opened: new Map([[group, 600]]) }));
    assert.equal(whole.length, 450);
  });

  it("has the rest of its pages opened for what is revealed on them", () => {
    const shown = scene(many);
    const at = (name: string) => {
      const record = [...many.scaleSets.values()].find((one) => one.name === name);
      assert.ok(record);
      const [place] = scaleSetPlaces(record, shown);
      assert.ok(place);
      return pagesFor(place, shown);
    };
    assert.equal(at("vmss-199"), undefined);
    assert.equal(at("vmss-200"), 400);
    assert.equal(at("vmss-449"), 600);
  });

  it("of exactly 200 shows them all", () => {
    const children = find(seen(manySets(200)), "Alpha", "Scale sets").children;
    assert.equal(children.length, 200);
  });
});

describe("ten thousand scale sets", () => {
  const fleet = manySets(10_000);

  it("are filtered in a moment", () => {
    const passes = searching("vmss-99 ubuntu");
    const all = [...fleet.scaleSets.values()];
    all.filter(passes); // compiled
    const started = performance.now();
    const found = all.filter(passes);
    const took = performance.now() - started;
    assert.equal(found.length, 111);
    console.log(`10,000 sets filtered in ${took.toFixed(1)} ms`);
  });

  it("are sorted once: what stays is in order already", () => {
    const before = scene(fleet);
    const list = childrenOf(undefined, before)
      .flatMap((root) => childrenOf(root, before))
      .find(({ kind }) => kind === "scaleSets");
    const timed = (shown: Scene) => {
      const started = performance.now();
      const children = childrenOf(list, shown);
      return { children, took: performance.now() - started };
    };
    const first = timed(before);
    const [key, record] = [...fleet.scaleSets][5000] ?? [];
    assert.ok(key && record);
    const changed = { ...fleet, scaleSets: new Map([...fleet.scaleSets, [key, { ...record }]]) };
    const after = scene(changed, {}, before);
    const again = timed(after);
    assert.deepEqual(
      again.children.map(({ id }) => id),
      first.children.map(({ id }) => id),
    );
    console.log(`sorted in ${first.took.toFixed(1)} ms, again in ${again.took.toFixed(1)} ms`);
    const started = performance.now();
    const places = placesToRefresh(new Set([key]), [], before, after);
    console.log(`one changed set: ${(performance.now() - started).toFixed(1)} ms`);
    assert.deepEqual(places !== "all" && places.map(({ id }) => id), [key, fake.weekly.id.toLowerCase()]);
  });
});
