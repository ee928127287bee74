import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, inPieces, inSlices, inTurn, type Sliced } from "../../../src/core/slices.ts";

/** Yields so often, each time after some work, and comes to the number of pieces. */
function* counting(pieces: number, onPiece: (piece: number) => void): Sliced<number> {
  for (let piece = 1; piece <= pieces; piece++) {
    onPiece(piece);
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

/** Counts what is done in each round of the event loop; `most`: in one of them. */
function watchedRounds() {
  let [inRound, most, isOver] = [0, 0, false];
  const others = () => {
    most = Math.max(most, inRound);
    inRound = 0;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  return {
    count: () => void (inRound += 1),
    get most() {
      return Math.max(most, inRound);
    },
    [Symbol.dispose]: () => void (isOver = true),
  };
}

test("all sliced work together holds the event loop for one slice, and each gets on", async () => {
  using rounds = watchedRounds();
  const ended: string[] = [];
  const one = async (name: string) => {
    await inSlices(
      counting(4, () => {
        rounds.count();
        hold(10);
      }),
    );
    ended.push(name);
  };
  await Promise.all([one("a"), one("b"), one("c")]);
  const { most } = rounds;
  // The first piece of each is done where it is asked for.
  assert.ok(most <= 3, `${most} pieces of 10 ms were done without a turn for others.`);
  assert.deepEqual(ended, ["a", "b", "c"]);
});

test("many small answers that are asked for at once give the event loop back between them", async () => {
  using rounds = watchedRounds();
  const answers = Array.from({ length: 100 }, (_, index) =>
    inTurn(() => {
      rounds.count();
      hold(2);
      return index;
    }),
  );
  assert.deepEqual(
    await Promise.all(answers),
    Array.from({ length: 100 }, (_, index) => index),
  );
  const { most } = rounds;
  assert.ok(most <= 6, `${most} answers of 2 ms were given without a turn for others.`);
});

test("an answer that fails fails alone", async () => {
  const failing = inTurn(() => assert.fail("no"));
  const other = inTurn(() => 1);
  await assert.rejects(failing, /no/);
  assert.equal(await other, 1);
});

test("work goes on in slices after a clock was turned back", async (context) => {
  const later = performance.now() + 3_600_000;
  const clock = context.mock.method(performance, "now", () => later);
  await inSlices(counting(2, () => {}));
  clock.mock.restore();
  using rounds = watchedRounds();
  await inSlices(
    counting(6, () => {
      rounds.count();
      hold(10);
    }),
  );
  assert.ok(rounds.most <= 2, `${rounds.most} pieces of 10 ms were done without a turn for others.`);
});
