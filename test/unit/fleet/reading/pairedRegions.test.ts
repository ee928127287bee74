import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { arePaired } from "../../../../src/core/resources/regions.ts";
import type { AgendaWindow } from "../../../../src/core/windows/agenda.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { pairedRegions } from "../../../../src/fleet/reading/pairedRegions.ts";

const regions = new Map([
  ["west", { displayName: "West", pairs: ["north"] }],
  ["north", { displayName: "North", pairs: ["west"] }],
  ["south", { displayName: "South", pairs: [] }],
]);
const window = (key: string, opens: number, closes: number): AgendaWindow<string> => ({
  key,
  opens,
  closes,
  occurrence: { start: "", end: "", localStart: "", localEnd: "", marks: [] },
});
const paired = (windows: readonly AgendaWindow<string>[], of: Readonly<Record<string, readonly string[]>>) =>
  atOnce(pairedRegions(windows, (key) => new Set(of[key]), regions));

describe("paired regions", () => {
  const [a, b] = [window("a", 0, 10), window("b", 9, 20)];

  it("are in conflict while windows that upgrade both overlap", () => {
    const { pairsOf, windowsMeanwhile } = paired([a, b], { a: ["west"], b: ["north"] });
    assert.deepEqual(pairsOf(a), [{ here: "west", there: "north" }]);
    assert.deepEqual(pairsOf(b), [{ here: "north", there: "west" }]);
    assert.deepEqual(windowsMeanwhile(a, { here: "west", there: "north" }), [b]);
  });

  it("are not where one window ends as the other opens", () => {
    const later = window("b", 10, 20);
    const { pairsOf } = paired([a, later], { a: ["west"], b: ["north"] });
    assert.deepEqual([pairsOf(a), pairsOf(later)], [[], []]);
  });

  it("are not where no scale set upgrades in one of them, or Azure does not pair them", () => {
    assert.deepEqual(paired([a, b], { a: ["west"], b: [] }).pairsOf(a), []);
    assert.deepEqual(paired([a, b], { a: ["west"], b: ["south"] }).pairsOf(a), []);
    assert.deepEqual(paired([a, b], { a: ["west"], b: ["west"] }).pairsOf(a), []);
  });

  it("are within one configuration that serves both", () => {
    const { pairsOf, windowsMeanwhile } = paired([a], { a: ["west", "north"] });
    assert.deepEqual(pairsOf(a), [
      { here: "west", there: "north" },
      { here: "north", there: "west" },
    ]);
    assert.deepEqual(windowsMeanwhile(a, { here: "west", there: "north" }), [a]);
  });

  it("are found as by comparing every window with every other", () => {
    const names = ["west", "north", "south"];
    const one = fc.record({
      opens: fc.nat(60),
      length: fc.integer({ min: 1, max: 30 }),
      of: fc.subarray(names),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (made) => {
        const sorted = made.toSorted((x, y) => x.opens - y.opens);
        const all = sorted.map(({ opens, length }, index) => window(String(index), opens, opens + length));
        const of = Object.fromEntries(sorted.map((each, index) => [String(index), each.of]));
        const { pairsOf } = paired(all, of);
        for (const w of all) {
          const meanwhile = all.filter((other) => other.opens < w.closes && other.closes > w.opens);
          const there = new Set(meanwhile.flatMap(({ key }) => of[key] ?? []));
          const expected = (of[w.key] ?? []).flatMap((here) =>
            names
              .filter((other) => there.has(other) && arePaired(regions, here, other))
              .map((other) => `${here} ${other}`),
          );
          assert.deepEqual(
            pairsOf(w)
              .map((pair) => `${pair.here} ${pair.there}`)
              .sort(),
            expected.sort(),
          );
        }
      }),
    );
  });
});
