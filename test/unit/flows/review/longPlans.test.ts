/** Plans for a thousand scale sets: the review and the results stay short and true. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { ChangeResult, Plan } from "../../../../src/core/plans/plan.ts";
import type { ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { enableUpgradesFlow } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import type { Action, Fold, Row } from "../../../../src/flows/engine/question.ts";
import { planText } from "../../../support/planText.ts";
import { scaleSet } from "../../azure/support.ts";
import { pick, textsOf, tick } from "../support.ts";
import { openWorld, type World } from "../world.ts";

const count = 1000;
let world: World;
let rows: readonly Row[];
let plan: Plan;

before(async () => {
  world = await openWorld();
  const { snapshot } = world.store;
  const named = (name: string): ScaleSetRecord =>
    snapshot.scaleSets.get(idKey(scaleSet(name, "rg-data-prod-weu"))) ?? assert.fail(name);
  const kinds = [
    named("vmss-orders-prod"),
    named("vmss-reporting-prod"),
    named("vmss-payments-prod"),
  ] as const;
  const sets = Array.from({ length: count }, (_, index) => {
    const like = kinds[index % 3] ?? kinds[0];
    return { ...like, id: `${like.id}-${index}`, name: `${like.name}-${index}` };
  });
  const many: Snapshot = { ...snapshot, scaleSets: new Map(sets.map((set) => [idKey(set.id), set])) };
  const context = world.context(
    [pick("models"), pick("fix"), tick("imageLatest", "updateInstances"), pick("apply")],
    { snapshot: () => many },
  );
  plan =
    (await enableUpgradesFlow(context, { scaleSetIds: sets.map(({ id }) => id) })) ??
    assert.fail("there is no plan");
  context.prompter.finish();
  rows = context.prompter.asked.at(-1)?.rows ?? [];
  world.store.dispose();
});

const folds = () => rows.filter((row): row is Fold => row.kind === "fold");

describe("the review", () => {
  test("has a row for what is done, with the values and how often, which unfolds into each set", () => {
    assert.equal(plan.changes.length, 1335);
    const text = textsOf(rows).join("\n");
    assert.match(
      text,
      /^Change the image of 334 scale sets \| Contoso Production \| version: 22\.04\.202509030 → latest \(334\)$/m,
    );
    assert.match(
      text,
      /^Azure turns off Windows Update on vmss-reporting-prod-1 with this change\. \(\+332 more\)$/m,
    );
    assert.ok(rows.filter(({ kind }) => kind !== "choice").length < 40, text);
    const images = folds().find(({ label }) => inEnglish(label).startsWith("Change the image"));
    const unfolded = textsOf(images?.rows() ?? []);
    assert.equal(unfolded.length, 334);
    assert.equal(
      unfolded[0],
      "vmss-orders-prod-0 | rg-data-prod-weu · Contoso Production | version: 22.04.202509030 → latest",
    );
  });

  test("unfolds into no more rows than can be read, and leads to the rest", async () => {
    const enabled = folds().find(({ label }) => inEnglish(label).startsWith("Turn on automatic OS upgrades"));
    const unfolded = enabled?.rows() ?? [];
    assert.equal(unfolded.length, 501);
    const rest = unfolded.at(-1) ?? assert.fail();
    assert.equal(inEnglish(rest.label), "…and 167 more: open the full plan");
    const before = world.texts.length;
    await (rest as Action).run();
    assert.equal(world.texts.length, before + 1);
  });

  test("sums up the reasons of what is left out, and still offers to try each", () => {
    const text = textsOf(rows).join("\n");
    assert.match(
      text,
      /^vmss-payments-prod-2, vmss-payments-prod-5, vmss-payments-prod-8 \+330 \| Azure can't tell/m,
    );
    assert.equal(rows.filter((row) => row.kind === "choice" && row.value.startsWith("anyway:")).length, 333);
  });

  test("opens all of it as a text, set by set", async () => {
    const all = rows.find(
      (row): row is Action => row.kind === "action" && inEnglish(row.label).startsWith("Open the full plan"),
    );
    await all?.run();
    const [title, ...lines] = world.texts.at(-1) ?? assert.fail("nothing was opened");
    assert.equal(title, "Enable Automatic OS Upgrades");
    assert.equal(lines.filter((line) => line.startsWith("- Use the latest image on")).length, 334);
    assert.equal(lines.filter((line) => line === "        version: 22.04.202509030 → latest").length, 334);
    const at = lines.indexOf("vmss-orders-prod-3");
    assert.deepEqual(lines.slice(at + 2, at + 5), [
      "- Use the latest image on scale set vmss-orders-prod-3",
      "        version: 22.04.202509030 → latest",
      "- Turn on automatic OS upgrades for scale set vmss-orders-prod-3",
    ]);
  });

  test("begins with what it amounts to: counts, what is left by its reason, what can't be undone", async () => {
    const [, ...lines] = world.texts.at(-1) ?? assert.fail("nothing was opened");
    const text = lines.join("\n");
    assert.match(text, /^\nChanges \(1335\)\n {4}Change the image of 334 scale sets\n/);
    assert.match(text, /^ {4}Turn on automatic OS upgrades for 667 scale sets$/m);
    assert.match(text, /^Resources by subscription\n {4}667 {2}Contoso Production$/m);
    assert.match(
      text,
      /^Can't be undone right away\n {4}Update the instances of 334 scale sets\. Updated instances can't/m,
    );
    const left = lines.findIndex((line) => /^- Azure can't tell .* \(333\)$/.test(line));
    assert.match(lines[left + 1] ?? "", /^ {4}vmss-payments-prod-2 {2}\/subscriptions\//);
    assert.match(lines[left + 333] ?? "", /^ {4}vmss-payments-prod-998 /);
    assert.ok(lines.indexOf("All changes") > left);
  });
});

test("the results are told in groups that ended alike, with counts, failures first", () => {
  const problem = { kind: "validation", summary: { template: "Azure said no.", args: [] } } as const;
  const results = plan.changes.map((change, index): ChangeResult =>
    index === 1300
      ? { change, outcome: { status: "failed", problem } }
      : { change, outcome: { status: "done" } },
  );
  const lines = planText(plan, results).split("\n");
  const failed = plan.changes[1300] ?? assert.fail();
  const heads = lines.filter((line) => /^[✕✓] /.test(line));
  assert.match(heads[0] ?? "", /^✕ Failed · .* · 1$/);
  const at = lines.indexOf(heads[0] ?? "");
  assert.equal(lines[at + 1], inEnglish(failed.title));
  assert.ok(lines.slice(at, at + 8).includes("Azure said no."));
  const counts = heads.slice(1).map((line) => Number(/([\d,]+)$/.exec(line)?.[1]?.replace(",", "")));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    1334,
  );
});
