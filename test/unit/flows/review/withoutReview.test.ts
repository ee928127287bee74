import assert from "node:assert/strict";
import { before, test } from "node:test";
import { withoutReview } from "../../../../src/flows/review/withoutReview.ts";
import { enableUpgradesFlow } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import { scaleSet } from "../../azure/support.ts";
import { cancel, type Move } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));

/** What the flow comes to for a set, with these moves at what is asked. */
async function planOf(name: string, moves: readonly Move[]) {
  const context = world.context(moves);
  const plan = await enableUpgradesFlow(
    { ...context, prompter: withoutReview(context.prompter) },
    { scaleSetIds: [scaleSet(name)], fix: true },
  );
  context.prompter.finish();
  return { plan, titles: context.prompter.asked.map(({ title }) => title) };
}

test("the plan of a flow is had without its review, checked as the review would show it", async () => {
  const { plan, titles } = await planOf("vmss-search-prod", []);
  assert.deepEqual(titles, []);
  assert.deepEqual(
    plan?.changes.map(({ kind }) => kind),
    ["setUpgradePolicy"],
  );
});

test("a review with nothing to apply is shown, since it says why", async () => {
  const { plan, titles } = await planOf("vmss-web-prod", [cancel]);
  assert.equal(plan, undefined);
  assert.match(titles.join(), /^Review/);
});
