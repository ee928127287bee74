/** Changes of a plan that are sent once more: what the review says of them, and what it leaves out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { idKey } from "../../../src/core/resources/ids.ts";
import { inEnglish, message } from "../../../src/core/text/message.ts";
import { setAutomaticUpgrades } from "../../../src/core/plans/plans.ts";
import { continueFlow, retryFlow, type Retrying } from "../../../src/flows/plans/retry.ts";
import { scaleSet } from "../azure/support.ts";
import { pick } from "./support.ts";
import { openWorld } from "./world.ts";

const world = await openWorld();
const cache = world.store.snapshot.scaleSets.get(idKey(scaleSet("vmss-cache-prod")));
assert.ok(cache);
const { id, resource } = cache;
const [change] = setAutomaticUpgrades({ id, resource }, true, { tryAnyway: true }).changes;
assert.ok(change);
const sending: Retrying = {
  planId: "p",
  title: message("Set up {0}", "cache"),
  changes: [{ ...change, needs: ["associate:done-before"] }],
  now: new Map([[idKey(id), { resource }]]),
};

test("what is continued is a plan of its own, which needs nothing that was done before", async () => {
  const { plan } = await world.run((context) => continueFlow(context, sending), [pick("apply")]);
  assert.ok(plan);
  assert.equal(inEnglish(plan.title), "Continue: Set up cache");
  assert.deepEqual(
    plan.changes.map((one) => [one.id, one.needs]),
    [[change.id, []]],
  );
  const again = await world.run(
    (context) => continueFlow(context, { ...sending, title: plan.title }),
    [pick("apply")],
  );
  assert.equal(again.plan && inEnglish(again.plan.title), "Continue: Set up cache");
});

test("what waits for a change that is not confirmed is left out of a retry, with the reason", async () => {
  const waiting = [{ ...change, id: "waiting", target: scaleSet("vmss-worker-prod") }];
  const { plan } = await world.run((context) => retryFlow(context, { ...sending, waiting }), [pick("apply")]);
  assert.ok(plan);
  assert.equal(inEnglish(plan.title), "Retry: Set up cache");
  assert.deepEqual(
    plan.leftOut.map(({ target, reason }) => [target, inEnglish(reason)]),
    [[scaleSet("vmss-worker-prod"), "Waits for a change that isn't confirmed. Check again first."]],
  );
});
