import assert from "node:assert/strict";
import { test } from "node:test";
import { countDown } from "../../../src/ui/countDown.ts";

test("counts a pause down once a second, follows a longer one, and tells its end", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const seconds = (count: number) => {
    for (let each = 0; each < count; each++) context.mock.timers.tick(1000);
  };
  const shown: (number | undefined)[] = [];
  let changed = () => {};
  const waits = {
    endsAt: undefined as number | undefined,
    onDidChange: (listener: () => void) => {
      changed = listener;
      return { dispose: () => (changed = () => shown.push(-1)) };
    },
  };
  const change = (endsAt: number | undefined) => {
    waits.endsAt = endsAt;
    changed();
  };
  const counting = countDown(waits, (left) => shown.push(left));
  assert.deepEqual(shown, [], "there is nothing to tell yet");
  change(1_003_000);
  seconds(1);
  change(1_010_000);
  seconds(2);
  assert.deepEqual(shown, [3, 2, 9, 8, 7]);
  seconds(8);
  assert.equal(shown.at(-1), 1, "it is not over before the pause says so");
  change(undefined);
  seconds(5);
  assert.equal(shown.at(-1), undefined);
  const count = shown.length;
  change(2_000_000);
  counting.dispose();
  seconds(5);
  assert.equal(shown.length, count + 1);
});
