import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { searching } from "../../../../src/fleet/snapshot/search.ts";
import { collator } from "../../../../src/tree/fleet/layout.ts";
import { childrenOf } from "../../../../src/tree/fleet/nodes.ts";
import { scaleSetPlaces } from "../../../../src/tree/fleet/places.ts";
import { pagesFor } from "../../../../src/tree/fleet/reveal.ts";
import type { Scene } from "../../../../src/tree/fleet/scene.ts";
import { manySets } from "../manySets.ts";
import { clock, find, refreshedBetween, scene, seen, seenIn } from "../walk.ts";

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

  it("are read once to be searched, however often the words change", () => {
    let reads = 0;
    const sets = [...fleet.scaleSets.values()].map((set) => ({
      ...set,
      get resource() {
        reads += 1;
        return set.resource;
      },
    }));
    assert.equal(sets.filter(searching("vmss-99 ubuntu")).length, 111);
    const readsOfFirst = reads;
    assert.ok(readsOfFirst >= sets.length);
    for (const words of ["v", "vm", "vmss-99"]) sets.filter(searching(words));
    assert.equal(reads, readsOfFirst);
  });

  it("are sorted once: what stays is in order already", (context) => {
    const before = scene(fleet);
    const list = childrenOf(undefined, before)
      .flatMap((root) => childrenOf(root, before))
      .find(({ kind }) => kind === "scaleSets");
    const { compare } = collator(clock.locale);
    let comparisons = 0;
    const counting = (a: string, b: string) => {
      comparisons += 1;
      return compare(a, b);
    };
    context.mock.getter(collator(clock.locale), "compare", () => counting);
    const counted = (shown: Scene) => {
      comparisons = 0;
      const children = childrenOf(list, shown);
      return { children, comparisons };
    };
    const first = counted(before);
    const [key, record] = [...fleet.scaleSets][5000] ?? [];
    assert.ok(key && record);
    const changed = { ...fleet, scaleSets: new Map([...fleet.scaleSets, [key, { ...record }]]) };
    const after = scene(changed, {}, before);
    const again = counted(after);
    assert.deepEqual(
      again.children.map(({ id }) => id),
      first.children.map(({ id }) => id),
    );
    assert.ok(again.comparisons < 10_000, `${first.comparisons} comparisons, then ${again.comparisons}`);
    const ids = refreshedBetween(before, after);
    assert.deepEqual(ids, [], "the set is on no page that is shown");
  });
});
