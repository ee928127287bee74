// What is declared and its companion script do what the plan does: in worlds that begin alike, the same is left.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { kinds } from "../../../../src/core/plans/kinds/kinds.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import { isObject, isSameJson, type Json } from "../../../../src/core/resources/json.ts";
import { exportPlan } from "../../../../src/export/code/exportPlan.ts";
import { Bash } from "../../../support/az/bash.ts";
import { applyAzapi } from "../../../support/exported/azapi.ts";
import { applied, context, leftIn, runIn } from "../../../support/exported/compare.ts";
import { holdingsOf, type Holdings } from "../../../support/exported/holdings.ts";
import { randomPlan } from "../../../support/exported/plans.ts";
import { deploy } from "../../../support/exported/template.ts";
import { World } from "../../../support/exported/world.ts";

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

const actions = /^(updateInstances|startUpgrade|cancelUpgrade|approveUpgrade)$/;

/** A plan without what declarative files leave out. */
function declarable(plan: Plan): Plan {
  const changes = plan.changes.filter(
    ({ kind, onFailureOf }) => !actions.test(kind) && onFailureOf === undefined,
  );
  const ids = new Set(changes.map(({ id }) => id));
  return {
    ...plan,
    changes: changes.map((change) => ({ ...change, needs: change.needs.filter((id) => ids.has(id)) })),
  };
}

const defaultRolling: Json = {
  maxBatchInstancePercent: 20,
  maxUnhealthyInstancePercent: 20,
  maxUnhealthyUpgradedInstancePercent: 20,
  pauseTimeBetweenBatches: "PT0S",
};

/** What is left, without the defaults that Azure writes out with any PATCH: our client sends none where nothing is to be changed. */
function withoutDefaults(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, inner]) => name !== "rollingUpgradePolicy" || !isSameJson(inner, defaultRolling),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutDefaults(inner ?? null)]));
}

const players = { arm: deploy, azapi: applyAzapi };

/** Those of the first plans that Azure takes whole and that, together, have changes of all kinds that are declared or scripted. */
const seeds = [2, 3, 22, 23, 43, 48, 51];

it("7 plans have changes of all kinds but actions", () => {
  const made = seeds.flatMap((seed) => declarable(randomPlan(seed, beginning)).changes);
  const wanted = Object.keys(kinds).filter((kind) => !actions.test(kind));
  assert.deepEqual(new Set(made.map(({ kind }) => kind)), new Set(wanted));
});

for (const seed of seeds)
  it(`plan ${seed} leaves the same, made by our client, by ARM and by azapi`, async () => {
    const made = await applied(world, declarable(randomPlan(seed, beginning)), seed);
    assert.ok(made, "Azure takes it whole");
    for (const language of ["arm", "azapi"] as const) {
      const files = await exportPlan(language, made.plan, context);
      const companion = files.find(({ path }) => path === "companion.sh");
      const run = async (phase: string) => {
        if (companion === undefined) return;
        const { status, problem } = await runIn(world, bash, companion.text, { words: [phase] });
        assert.equal(status, 0, problem);
      };
      await world.reset();
      await run("before");
      await players[language](world, files[0]?.text ?? "");
      await run("after");
      assert.deepEqual(withoutDefaults(await leftIn(world)), withoutDefaults(made.left), language);
    }
  });
