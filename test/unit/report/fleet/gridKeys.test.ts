import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnRows, placeAfter } from "../../../../src/report/web/gridKeys.ts";

const extent = { rows: 100, columns: 11, page: 10 };
const after = (key: string, row: number, column: number, isControl = false) => {
  const place = placeAfter(key, isControl, { row, column }, extent);
  return place && [place.row, place.column];
};

test("arrows go to the next cell and stop at the edges, the headings being the first row", () => {
  assert.deepEqual(after("ArrowDown", 0, 3), [1, 3]);
  assert.deepEqual(after("ArrowUp", 1, 3), [0, 3]);
  assert.deepEqual(after("ArrowUp", 0, 3), [0, 3]);
  assert.deepEqual(after("ArrowDown", 100, 3), [100, 3]);
  assert.deepEqual(after("ArrowLeft", 5, 0), [5, 0]);
  assert.deepEqual(after("ArrowRight", 5, 10), [5, 10]);
});

test("pages, beginnings and ends", () => {
  assert.deepEqual(after("PageDown", 5, 2), [15, 2]);
  assert.deepEqual(after("PageUp", 5, 2), [1, 2], "the first row, not its heading");
  assert.deepEqual(after("PageUp", 0, 2), [0, 2]);
  assert.deepEqual(after("Home", 7, 5), [7, 0]);
  assert.deepEqual(after("End", 7, 5), [7, 10]);
  assert.deepEqual(after("Home", 7, 5, true), [0, 0]);
  assert.deepEqual(after("End", 7, 5, true), [100, 10]);
  assert.equal(after("a", 7, 5), undefined);
});

test("the rows in sight are drawn and some around them, never all", () => {
  assert.deepEqual(drawnRows({ top: 0, height: 500, rowHeight: 25 }, 10_000), { from: 0, to: 26 });
  assert.deepEqual(drawnRows({ top: 25_000, height: 500, rowHeight: 25 }, 10_000), { from: 994, to: 1026 });
  assert.deepEqual(drawnRows({ top: 249_500, height: 500, rowHeight: 25 }, 10_000), {
    from: 9974,
    to: 10_000,
  });
  assert.deepEqual(drawnRows({ top: 9000, height: 500, rowHeight: 25 }, 3), { from: 3, to: 3 });
});
