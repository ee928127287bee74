import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { Pace } from "../../../src/core/pace.ts";

/** Answers that are all asked for at once, each of which takes `ms`; says for how long the event loop was not given back. */
async function longestStretchMs(context: TestContext, count: number, ms: number): Promise<number> {
  let [now, last, longest, isDone] = [1000, 1000, 0, false];
  context.mock.method(performance, "now", () => now);
  const others = async (): Promise<void> => {
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, now - last);
      last = now;
    }
  };
  const watching = others();
  const pace = new Pace();
  const answers = Array.from({ length: count }, (_, index) =>
    pace.run(() => {
      now += ms;
      return index;
    }),
  );
  assert.deepEqual(
    await Promise.all(answers),
    Array.from({ length: count }, (_, index) => index),
  );
  isDone = true;
  await watching;
  return longest;
}

test("many answers that are asked for at once give the event loop back between them", async (context) => {
  assert.ok((await longestStretchMs(context, 500, 1)) < 16);
});

test("one that fails fails alone", async () => {
  const pace = new Pace();
  const failing = pace.run(() => assert.fail("no"));
  const other = pace.run(() => 1);
  await assert.rejects(failing, /no/);
  assert.equal(await other, 1);
});
