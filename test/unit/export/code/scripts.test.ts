// The script does what the plan does: in two worlds that begin alike, one changed by our own client and one by an exported script, the same is left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kinds } from "../../../../src/core/plans/kinds/kinds.ts";
import { Bash } from "../../../support/az/bash.ts";
import { applied, differences } from "../../../support/exported/compare.ts";
import { holdingsOf, type Holdings } from "../../../support/exported/holdings.ts";
import { randomPlan } from "../../../support/exported/plans.ts";
import { World } from "../../../support/exported/world.ts";
import { parserOf } from "../../../support/treeSitter.ts";

/** Those of the first plans that Azure takes whole and that, together, have changes of all kinds. */
const seeds = [0, 1, 2, 3, 4, 6, 9, 12, 17, 19, 21, 22, 23, 31, 36, 43, 48, 51, 54, 58];

let world: World;
let bash: Bash;
let beginning: Holdings;

before(async () => {
  world = await new World().open();
  bash = await new Bash().open();
  await world.reset();
  beginning = await holdingsOf(world);
});

after(async () => {
  await world[Symbol.asyncDispose]();
  await bash[Symbol.asyncDispose]();
});

test("20 plans have changes of all kinds", () => {
  const made = seeds.flatMap((seed) => randomPlan(seed, beginning).changes);
  assert.deepEqual(new Set(made.map(({ kind }) => kind)), new Set(Object.keys(kinds)));
  assert.ok(
    made.some(({ onFailureOf }) => onFailureOf !== undefined),
    "and some that make good a failure",
  );
  assert.ok(
    made.some(({ provided = [] }) => provided.length > 0),
    "and conditions",
  );
});

for (const seed of seeds) {
  test(`plan ${seed} leaves the same, made by our client, by Azure CLI and by PowerShell`, async () => {
    const plan = await applied(world, randomPlan(seed, beginning), seed);
    assert.ok(plan, "Azure takes it whole");
    const parser = await parserOf("powershell");
    assert.deepEqual(await differences(world, plan, { bash, parser }), []);
  });
}
