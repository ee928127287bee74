import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { AgendaWindow } from "../../../../src/core/windows/agenda.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { sharedClusters } from "../../../../src/fleet/reading/sharedClusters.ts";

const window = (key: string, opens: number, closes: number): AgendaWindow<string> => ({
  key,
  opens,
  closes,
  occurrence: { start: "", end: "", localStart: "", localEnd: "", marks: [] },
});

/** `of` gives the node types of each configuration's windows as `cluster/set`. */
function together(windows: readonly AgendaWindow<string>[], of: Readonly<Record<string, readonly string[]>>) {
  return atOnce(
    sharedClusters(windows, (key) => Map.groupBy(of[key] ?? [], (set) => set.split("/")[0] ?? "")),
  );
}

describe("node types of a cluster", () => {
  const [a, b] = [window("a", 0, 10), window("b", 9, 20)];

  it("are in conflict while windows that upgrade two of them overlap", () => {
    const { togetherIn } = together([a, b], { a: ["c/nt1"], b: ["c/nt2"] });
    assert.deepEqual(togetherIn(a), [{ cluster: "c", sets: ["c/nt1", "c/nt2"], others: ["b"] }]);
    assert.deepEqual(togetherIn(b), [{ cluster: "c", sets: ["c/nt2", "c/nt1"], others: ["a"] }]);
  });

  it("are within one window that upgrades both", () => {
    const { togetherIn } = together([a], { a: ["c/nt1", "c/nt2", "d/nt1"] });
    assert.deepEqual(togetherIn(a), [{ cluster: "c", sets: ["c/nt1", "c/nt2"], others: [] }]);
  });

  it("are not in windows one after the other, nor where the clusters differ", () => {
    const later = window("b", 10, 20);
    assert.deepEqual(together([a, later], { a: ["c/nt1"], b: ["c/nt2"] }).togetherIn(a), []);
    assert.deepEqual(together([a, b], { a: ["c/nt1"], b: ["d/nt1"] }).togetherIn(a), []);
    assert.deepEqual(together([a, b], { a: ["c/nt1"] }).togetherIn(b), []);
  });

  it("are found from either side", () => {
    const one = fc.record({
      opens: fc.nat(40),
      length: fc.integer({ min: 1, max: 20 }),
      of: fc.subarray(["c", "d"]),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 10 }), (made) => {
        const all = made.map(({ opens, length }, index) => window(String(index), opens, opens + length));
        const of = Object.fromEntries(
          made.map((each, index) => [String(index), each.of.map((cluster) => `${cluster}/${index}`)]),
        );
        const { togetherIn } = together(all, of);
        for (const [index, here] of all.entries()) {
          for (const there of all.slice(index + 1)) {
            const meet = here.opens < there.closes && there.opens < here.closes;
            const common = (of[here.key] ?? [])
              .map((set) => set.split("/")[0])
              .filter((cluster) => of[there.key]?.includes(`${cluster}/${there.key}`));
            for (const [from, to] of [
              [here, there],
              [there, here],
            ] as const) {
              const named = togetherIn(from).filter(({ others }) => others.includes(to.key));
              assert.deepEqual(
                named.map(({ cluster }) => cluster),
                meet ? common : [],
              );
            }
          }
        }
      }),
    );
  });
});
