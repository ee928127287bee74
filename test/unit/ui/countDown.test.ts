import assert from "node:assert/strict";
import { test } from "node:test";
import { countDown } from "../../../src/ui/countDown.ts";

test("counts a pause down once a second, follows a longer one, and tells its end", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const seconds = (count: number) => {
    for (let each = 0; each < count; each++) context.mock.timers.tick(1000);
  };
  const told: (number | undefined)[] = [];
  let changed = () => {};
  const waits = {
    endsAt: undefined as number | undefined,
    onDidChange: (listener: () => void) => {
      changed = listener;
      return { dispose: () => (changed = () => told.push(-1)) };
    },
  };
  const change = (endsAt: number | undefined) => {
    waits.endsAt = endsAt;
    changed();
  };
  const counting = countDown(waits, (left) => told.push(left));
  assert.deepEqual(told, [], "there is nothing to tell yet");
  change(1_003_000);
  seconds(1);
  change(1_010_000);
  seconds(2);
  assert.deepEqual(told, [3, 2, 9, 8, 7]);
  seconds(8);
  assert.equal(told.at(-1), 1, "it is not over before the pause says so");
  change(undefined);
  seconds(5);
  assert.equal(told.at(-1), undefined);
  const count = told.length;
  change(2_000_000);
  counting.dispose();
  seconds(5);
  assert.equal(told.length, count + 1);
});
