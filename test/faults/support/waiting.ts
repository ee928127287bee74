import assert from "node:assert/strict";
import { createWorld, treeText, type WorldOptions } from "./world.ts";

/** Reads a fleet again that meets this fault, which asks to wait, and cancels while it waits: that ends the wait, and what was known stays. */
export async function assertCancelEndsTheWait(fault: object, options: WorldOptions = {}): Promise<void> {
  await using world = await createWorld(options);
  const before = treeText(world);
  await world.order({ ...fault, times: "always" });
  const controller = new AbortController();
  world.azure.waits.onDidChange(() => controller.abort());
  const start = world.clock.now();
  await assert.rejects(world.refresh(controller.signal), { name: "AbortError" });
  assert.equal(world.clock.now(), start, "the wait is not waited to its end");
  assert.equal(world.azure.waits.endsAt, undefined);
  assert.equal(treeText(world), before, "what was known stays");
}
