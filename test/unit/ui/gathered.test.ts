import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Gathered } from "../../../src/ui/gathered.ts";

const forMs = 3000;
const reported: (readonly string[])[] = [];
let isMoreExpected = true;
const gathered = new Gathered<string>({
  forMs,
  isMoreExpected: () => isMoreExpected,
  tell: (ended) => reported.push(ended),
});

beforeEach(() => {
  reported.splice(0);
  isMoreExpected = true;
});

test("what ends while nothing more is expected is told at once", () => {
  isMoreExpected = false;
  gathered.add("a");
  assert.deepEqual(reported, [["a"]]);
});

test("what ends within the time is told together, counted from the first of it", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  gathered.add("a");
  mock.timers.tick(forMs - 1);
  gathered.add("b");
  assert.deepEqual([reported, gathered.waiting], [[], ["a", "b"]]);
  mock.timers.tick(1);
  gathered.add("c");
  assert.deepEqual(reported, [["a", "b"]]);
  mock.timers.tick(forMs);
  assert.deepEqual(reported, [["a", "b"], ["c"]]);
});

test("the last that was expected ends the waiting, and what waits at the end of the window is not told", ({
  mock,
}) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  gathered.add("a");
  isMoreExpected = false;
  gathered.add("b");
  assert.deepEqual(reported, [["a", "b"]]);
  isMoreExpected = true;
  gathered.add("c");
  gathered.dispose();
  mock.timers.tick(forMs);
  assert.deepEqual(reported, [["a", "b"]]);
});
