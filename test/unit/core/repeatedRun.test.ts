import assert from "node:assert/strict";
import { test } from "node:test";
import { RepeatedRun } from "../../../src/core/repeatedRun.ts";

test("what is asked for meanwhile is done once more, for all who asked", async () => {
  const asked: Promise<void>[] = [];
  let begun = 0;
  const run = new RepeatedRun(function* () {
    begun += 1;
    if (begun === 1) asked.push(run.run(), run.run(), run.run());
    yield;
  });
  await run.run();
  await Promise.all(asked);
  assert.equal(begun, 2);
  await run.run();
  assert.equal(begun, 3);
});

test("what fails rejects, and is done again when it is asked for", async () => {
  let isBroken = true;
  const run = new RepeatedRun(function* () {
    yield;
    if (isBroken) throw new Error("broken");
  });
  await assert.rejects(run.run(), /broken/);
  isBroken = false;
  await run.run();
});

test("once it has ended, nothing is begun and what is under way is left undone", async () => {
  let pieces = 0;
  const run = new RepeatedRun(function* () {
    setImmediate(() => run.end());
    for (; pieces < 10_000_000; pieces += 1) yield;
    assert.fail("the work went on");
  });
  await assert.rejects(run.run(), { name: "AbortError" });
  const done = pieces;
  await assert.rejects(run.run(), { name: "AbortError" });
  assert.equal(pieces, done);
});
