import assert from "node:assert/strict";
import { test } from "node:test";
import { createLimit, forEachLimited } from "../../../src/core/limit.ts";

/** Work that ends when it is told to, and what of it has begun. */
function heldWork() {
  const begun: number[] = [];
  const ends = new Map<number, ReturnType<typeof Promise.withResolvers<void>>>();
  const work = (item: number) => {
    begun.push(item);
    const end = Promise.withResolvers<void>();
    ends.set(item, end);
    return end.promise;
  };
  return { begun, work, end: (item: number) => ends.get(item)?.resolve(), ends };
}

/** Lets everything run that waits for nothing from outside. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("no more than the limit runs at a time, in the order in which it came", async () => {
  const { begun, work, end } = heldWork();
  const limit = createLimit(2);
  const all = Promise.all([1, 2, 3, 4].map((item) => limit(() => work(item))));
  assert.deepEqual(begun, [1, 2]);
  end(2);
  await settled();
  assert.deepEqual(begun, [1, 2, 3]);
  end(1);
  end(3);
  await settled();
  end(4);
  await all;
  assert.deepEqual(begun, [1, 2, 3, 4]);
});

test("a newcomer does not take the place of the one that waits", async () => {
  const { begun, work, end } = heldWork();
  const limit = createLimit(1);
  const first = limit(() => work(1)).then(() => limit(() => work(3)));
  const second = limit(() => work(2));
  end(1);
  await settled();
  assert.deepEqual(begun, [1, 2]);
  end(2);
  await second;
  await settled();
  end(3);
  await first;
});

test("a task that fails gives its place to the next, and its reason to who asked", async () => {
  const limit = createLimit(1);
  const failed = limit(() => Promise.reject(new Error("refused")));
  const next = limit(() => Promise.resolve("done"));
  await assert.rejects(failed, /refused/);
  assert.equal(await next, "done");
});

test("each item is worked on, so many at a time", async () => {
  const { begun, work, end } = heldWork();
  const all = forEachLimited(new Set([1, 2, 3]), work, 2);
  assert.deepEqual(begun, [1, 2]);
  end(1);
  end(2);
  await settled();
  assert.deepEqual(begun, [1, 2, 3]);
  end(3);
  await all;
});

test("without a limit of its own, work on six items begins at once", async () => {
  const { begun, work, end } = heldWork();
  const items = Array.from({ length: 9 }, (_, index) => index);
  const all = forEachLimited(items, work);
  assert.equal(begun.length, 6);
  for (const item of items) {
    end(item);
    await settled();
  }
  end(8);
  await all;
});

test("the first rejection is told, and the other items are worked on", async () => {
  const { begun, work, end, ends } = heldWork();
  const all = forEachLimited([1, 2, 3], work, 2);
  const rejected = assert.rejects(all, /refused/);
  ends.get(1)?.reject(new Error("refused"));
  await rejected;
  assert.deepEqual(begun, [1, 2, 3]);
  end(2);
  end(3);
});
