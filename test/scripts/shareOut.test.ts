import assert from "node:assert/strict";
import { test } from "node:test";
import { shareOut } from "../../scripts/layers/shareOut.ts";

test("a worker that is free takes the next item, and the results stand in the order of the items", async () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const results = shareOut(["long", "short", "last"], 2, (item, worker) => {
    begun.push(`${item} by ${worker}`);
    const { promise, resolve } = Promise.withResolvers<string>();
    ends.set(item, () => resolve(item.toUpperCase()));
    return promise;
  });
  assert.deepEqual(begun, ["long by 0", "short by 1"]);
  ends.get("short")?.();
  await new Promise(setImmediate);
  assert.deepEqual(begun, ["long by 0", "short by 1", "last by 1"]);
  ends.get("last")?.();
  ends.get("long")?.();
  assert.deepEqual(await results, ["LONG", "SHORT", "LAST"]);
});

test("more workers than items are no harm", async () => {
  assert.deepEqual(await shareOut([1, 2], 5, (item) => Promise.resolve(item * 2)), [2, 4]);
  assert.deepEqual(await shareOut([], 2, () => Promise.reject(new Error("nothing to do"))), []);
});

test("what fails in a worker fails the whole", async () => {
  const work = (item: number) => (item === 2 ? Promise.reject(new Error("broken")) : Promise.resolve(item));
  await assert.rejects(shareOut([1, 2, 3], 2, work), /broken/);
});
