import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce } from "../../../src/core/slices.ts";
import { mappedInPieces, sortedInPieces } from "../../../src/core/pieces.ts";

/** Numbers from 0 to 99 that look thrown together, the same each time; each with its place. */
const thrown = (length: number) =>
  Array.from({ length }, (_, place) => ({ key: (place * 7919 + ((place * place) % 101)) % 100, place }));
const byKey = (a: { readonly key: number }, b: { readonly key: number }) => a.key - b.key;

test("any number of items comes into order, equal ones in the order that they have", () => {
  for (const length of [0, 1, 2, 511, 512, 513, 1024, 1537, 5000]) {
    const items = thrown(length);
    assert.deepEqual(atOnce(sortedInPieces(items, byKey)), items.toSorted(byKey), String(length));
    assert.deepEqual(items, thrown(length), "what was given stays as it is");
  }
});

test("what is made of each item comes in their order", () => {
  const work = mappedInPieces([1, 2, 3], (item) => item * 2, 1);
  work.next();
  assert.deepEqual(atOnce(work), [2, 4, 6]);
});

test("the event loop can have its turn every few thousand comparisons", () => {
  let [most, since] = [0, 0];
  const counting = (a: { readonly key: number }, b: { readonly key: number }) => {
    since += 1;
    return byKey(a, b);
  };
  const work = sortedInPieces(thrown(20_000), counting);
  while (work.next().done !== true) {
    most = Math.max(most, since);
    since = 0;
  }
  assert.ok(Math.max(most, since) < 6000, `${most} comparisons in one piece`);
});

test("what is in order already is compared once", () => {
  let comparisons = 0;
  const compare = (a: number, b: number) => {
    comparisons += 1;
    return a - b;
  };
  const inOrder = Array.from({ length: 10_000 }, (_, index) => index);
  assert.deepEqual(atOnce(sortedInPieces(inOrder, compare)), inOrder);
  assert.ok(comparisons < 10_000, `${comparisons} comparisons`);
});
