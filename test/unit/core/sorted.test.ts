import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { atOnce } from "../../../src/core/slices.ts";
import { sorted } from "../../../src/core/sorted.ts";

const byFirst = ([a]: readonly [number, number], [b]: readonly [number, number]) => a - b;

test("the same as a sort, which leaves equal ones as they came, however many there are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }),
      fc.integer({ max: 5000 }),
      (some, count) => {
        const items = Array.from(
          { length: Math.max(0, count) },
          (_, index) => [((some[index % some.length] ?? 0) * index) % 97, index] as const,
        );
        assert.deepEqual(atOnce(sorted(items, byFirst)), items.toSorted(byFirst));
      },
    ),
    { numRuns: 50 },
  );
});

test("stops in between for others, and compares what is in order already once", () => {
  let comparisons = 0;
  const compare = (a: number, b: number) => {
    comparisons += 1;
    return a - b;
  };
  const numbers = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_000);
  const sorting = sorted(numbers, compare);
  let step = sorting.next();
  for (let before = 0; step.done !== true; step = sorting.next()) {
    assert.ok(comparisons - before < 16_000, `${comparisons - before} comparisons without a stop`);
    before = comparisons;
  }
  comparisons = 0;
  atOnce(sorted(step.value, compare));
  assert.ok(comparisons < 10_000, `${comparisons} comparisons`);
});
