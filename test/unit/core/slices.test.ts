import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, inPieces, inSlices, type Sliced } from "../../../src/core/slices.ts";

/** Yields so often, each time after some work, and comes to the number of pieces. */
function* counting(pieces: number, told: (piece: number) => void): Sliced<number> {
  for (let piece = 1; piece <= pieces; piece++) {
    told(piece);
    yield;
  }
  return pieces;
}

/** Holds the event loop for at least so long. */
function hold(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test("sliced work comes to the same at once and in slices", async () => {
  assert.equal(atOnce(counting(5, () => {})), 5);
  assert.equal(await inSlices(counting(5, () => {})), 5);
});

test("others have their turn while work goes on that takes long", async () => {
  let turns = 0;
  let isOver = false;
  const others = () => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  await inSlices(counting(6, () => hold(10)));
  isOver = true;
  assert.ok(turns >= 5, `Others had ${turns} turns in six pieces of 10 ms.`);
});

test("work of one piece is done when the call returns", () => {
  const done: number[] = [];
  void inSlices(inPieces([1, 2, 3], (item) => void done.push(item)));
  assert.deepEqual(done, [1, 2, 3]);
});

test("aborted work rejects with the reason, and leaves the rest undone", async () => {
  const abort = new AbortController();
  const reason = new Error("newer facts");
  let last = 0;
  const work = inSlices(
    counting(1000, (piece) => {
      hold(10);
      last = piece;
      abort.abort(reason);
    }),
    abort.signal,
  );
  await assert.rejects(work, reason);
  assert.equal(last, 1);
});

test("pieces yield after so many items", () => {
  const seen: number[] = [];
  const work = inPieces([1, 2, 3, 4, 5], (item) => void seen.push(item), 2);
  work.next();
  assert.deepEqual(seen, [1, 2]);
  atOnce(work);
  assert.deepEqual(seen, [1, 2, 3, 4, 5]);
});
