import assert from "node:assert/strict";
import { it } from "node:test";
import { ReadPace } from "../../../../src/azure/http/readPace.ts";
import { never } from "../support.ts";

const second = 1000;

function paced() {
  const waits: number[] = [];
  let now = 0;
  const pace = new ReadPace({ now: () => now, wait: async (ms) => void waits.push(ms) });
  return { pace, waits, turn: (ms: number) => (now += ms) };
}

it("lets a bucket's reads through at once, and those after it as the bucket fills", async () => {
  const { pace, waits } = paced();
  for (let read = 0; read < 250; read++) await pace.admit("s", never);
  assert.deepEqual(waits, []);
  for (let read = 0; read < 3; read++) await pace.admit("s", never);
  assert.deepEqual(waits, [40, 80, 120], "each behind the one before it");
});

it("knows what has come back meanwhile, and no more than fits in", async () => {
  const { pace, waits, turn } = paced();
  for (let read = 0; read < 250; read++) await pace.admit("s", never);
  turn(second);
  for (let read = 0; read < 25; read++) await pace.admit("s", never);
  assert.deepEqual(waits, []);
  turn(3600 * second);
  for (let read = 0; read < 251; read++) await pace.admit("s", never);
  assert.deepEqual(waits, [40]);
});

it("keeps a bucket for each subscription, and admits nothing that was cancelled", async () => {
  const { pace, waits } = paced();
  for (let read = 0; read < 250; read++) await pace.admit("s", never);
  await pace.admit("t", never);
  assert.deepEqual(waits, []);
  await assert.rejects(pace.admit("s", AbortSignal.abort()), { name: "AbortError" });
});
