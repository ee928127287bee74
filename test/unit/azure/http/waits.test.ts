import assert from "node:assert/strict";
import { it } from "node:test";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";

it("pauses that overlap show the longest one, until the last of them is over", async () => {
  const board = new WaitBoard();
  const shown: (number | undefined)[] = [];
  const listening = board.onDidChange(() => shown.push(board.endsAt));
  const [short, long] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = board.during(1000, short.promise);
  const second = board.during(5000, long.promise);
  short.resolve();
  await first;
  long.reject(new Error("cancelled"));
  await assert.rejects(second, /cancelled/);
  assert.deepEqual(shown, [1000, 5000, undefined]);
  listening.dispose();
  await board.during(1, Promise.resolve());
  assert.equal(shown.length, 3);
});
