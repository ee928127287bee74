// Where Azure has something else than what was reviewed, or refuses, a script stops, and nothing is written after that.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import { dissociate } from "../../../../src/core/plans/kinds/dissociate.ts";
import {
  editedConfiguration,
  updateConfiguration,
} from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { associate, moveInReverse, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { setUpgradePolicy } from "../../../../src/core/plans/upgradePlans.ts";
import { nameOf } from "../../../../src/core/resources/ids.ts";
import { booleanAt, numberAt, textAt, type JsonObject } from "../../../../src/core/resources/json.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import { companionScript } from "../../../../src/export/azureCli/companion.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { Bash } from "../../../support/az/bash.ts";
import { context, runIn, scriptOf } from "../../../support/exported/compare.ts";
import { holdingsOf, type HeldSet, type Holdings } from "../../../support/exported/holdings.ts";
import { PowerShellPlayer } from "../../../support/exported/powershell.ts";
import { configurationBody } from "../../../support/exported/samples.ts";
import { World } from "../../../support/exported/world.ts";
import { parserOf, treeOf } from "../../../support/treeSitter.ts";

let world: World;
let bash: Bash;
let holdings: Holdings;

before(async () => {
  world = await new World().open();
  bash = await new Bash().open();
});
after(async () => {
  await world[Symbol.asyncDispose]();
  await bash[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await world.reset();
  holdings = await holdingsOf(world);
});

const planWith = (...changes: readonly Change[]) => planOf(verbatim("Plan"), changes);

/** What each language says where it stops; nothing where it comes to its end. */
const languages = {
  "azure-cli": async (plan: Plan) => {
    const { status, problem } = await runIn(world, bash, await scriptOf("azure-cli", plan));
    assert.equal(status === 0, problem === "");
    return problem;
  },
  powershell: async (plan: Plan) => {
    const tree = treeOf(await parserOf("powershell"), await scriptOf("powershell", plan));
    return new PowerShellPlayer(world).play(tree).then(() => "", String);
  },
} as const;

/** In each language, in a world of its own in which `meanwhile` has happened after the review. */
function inEach(name: string, check: (run: (plan: Plan) => Promise<string>) => Promise<void>): void {
  for (const language of ["azure-cli", "powershell"] as const)
    test(`${name} (${language})`, () => check(languages[language]));
}

const setOf = (name: string): HeldSet => {
  const found = holdings.sets.find(({ id }) => nameOf(id) === name);
  assert.ok(found);
  return found;
};
const configurationOf = (name: string): JsonObject => {
  const found = holdings.configurations.find((one) => one["name"] === name);
  assert.ok(found);
  return found;
};
const idOf = (resource: JsonObject) => textAt(resource, "id") ?? "";
const change = async (method: string, path: string, body?: JsonObject) => {
  const { status, text } = await world.request(method, path, body && JSON.stringify(body));
  assert.ok(status < 300, text);
};
const compute = "api-version=2024-11-01";
const maintenance = "api-version=2023-04-01";

inEach("a configuration that was changed meanwhile is neither changed nor deleted", async (run) => {
  const found = configurationOf("mc-prod-nightly");
  const edit = updateConfiguration(found, editedConfiguration(found, { window: { duration: "06:00" } }));
  const deletion = deleteConfiguration(found);
  const tags = { ...(found["tags"] as JsonObject), added: "meanwhile" };
  const { location, properties } = found;
  await change("PUT", `${idOf(found)}?${maintenance}`, {
    ...(location !== undefined && { location }),
    properties,
    tags,
  } as JsonObject);
  for (const one of [edit, deletion]) assert.match(await run(planWith(one)), /review/);
  const now = await world.read(`${idOf(found)}?${maintenance}`);
  assert.deepEqual(now?.["tags"], tags);
});

inEach("a setting of a scale set that was changed meanwhile stays as it is", async (run) => {
  const set = setOf("vmss-web-prod");
  const batch = (percent: number) => ({ rollingUpgradePolicy: { maxBatchInstancePercent: percent } });
  const plan = planWith(setUpgradePolicy(set, batch(25)));
  await change("PATCH", `${set.id}?${compute}`, { properties: { upgradePolicy: batch(33) } });
  assert.match(await run(plan), /review/);
  const now = await world.read(`${set.id}?${compute}`);
  assert.equal(
    numberAt(now, "properties", "upgradePolicy", "rollingUpgradePolicy", "maxBatchInstancePercent"),
    33,
  );
});

inEach("a setting that nobody changed is changed, and left alone the second time", async (run) => {
  const set = setOf("vmss-web-prod");
  const plan = planWith(...setAutomaticUpgrades(set, false).changes);
  assert.equal(await run(plan), "");
  const now = await world.read(`${set.id}?${compute}`);
  assert.equal(
    booleanAt(now, "properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"),
    false,
  );
  assert.equal(await run(plan), "");
});

inEach("a name that is taken meanwhile is not taken over", async (run) => {
  const id = idOf(configurationOf("mc-prod-nightly"));
  assert.match(await run(planWith(createConfiguration(id, configurationBody))), /review/);
});

inEach("nothing after a stop is sent", async (run) => {
  const taken = createConfiguration(idOf(configurationOf("mc-prod-nightly")), configurationBody);
  const free = createConfiguration(`${idOf(configurationOf("mc-prod-nightly"))}-2`, configurationBody);
  assert.notEqual(await run(planWith(taken, free)), "");
  assert.equal(await world.read(`${free.target}?${maintenance}`), undefined);
});

inEach("an association that was led elsewhere meanwhile stays", async (run) => {
  const set = setOf("vmss-web-prod");
  const [assignment = {}] = set.assignments;
  const elsewhere = idOf(configurationOf("mc-web-until-migration"));
  await change("PUT", `${idOf(assignment)}?${maintenance}`, {
    location: "westeurope",
    properties: { maintenanceConfigurationId: elsewhere, resourceId: set.id },
  });
  assert.match(await run(planWith(dissociate(assignment))), /review/);
  assert.notEqual((await holdingsOf(world)).sets.find(({ id }) => id === set.id)?.assignments.length, 0);
});

inEach("a configuration that another scale set uses meanwhile is not deleted", async (run) => {
  const found = configurationOf("mc-web-until-migration");
  const set = setOf("vmss-cache-prod");
  const deletion = deleteConfiguration(found, [], [set.id]);
  await change(
    "PUT",
    `${set.id}/providers/Microsoft.Maintenance/configurationAssignments/any?${maintenance}`,
    {
      location: "westeurope",
      properties: { maintenanceConfigurationId: idOf(found).toUpperCase(), resourceId: set.id },
    },
  );
  assert.match(await run(planWith(deletion)), /use|Used/);
  assert.notEqual(await world.read(`${idOf(found)}?${maintenance}`), undefined);
});

inEach("upgrades are not turned on where the window is gone", async (run) => {
  const set = setOf("vmss-search-prod");
  const configurationId = idOf(configurationOf("mc-prod-nightly"));
  const associationId = `${set.id}/providers/Microsoft.Maintenance/configurationAssignments/missing`;
  const picking = { oneByOne: true, tryAnyway: true } as const;
  const plan = planWith(
    ...setAutomaticUpgrades(set, true, picking, { associationId, configurationId }).changes,
  );
  assert.match(await run(plan), /review/);
});

inEach("where the new association of a move is refused, the old one comes back", async (run) => {
  const set = setOf("vmss-web-prod");
  const wanted = { id: idOf(configurationOf("mc-web-until-migration")) };
  const { changes } = moveInReverse(set, wanted, set.assignments, () => "OSImage", { oneByOne: true });
  // Azure refuses a configuration that isn't there.
  await change("DELETE", `${wanted.id}?${maintenance}`);
  assert.notEqual(await run(planWith(...changes)), "");
  const now = (await holdingsOf(world)).sets.find(({ id }) => id === set.id)?.assignments ?? [];
  const configurationIds = (all: readonly JsonObject[]) =>
    all.map((one) => textAt(one, "properties", "maintenanceConfigurationId")?.toLowerCase());
  assert.deepEqual(configurationIds(now), configurationIds(set.assignments));
});

inEach("a change whose request was not kept is named, and the script stops there", async (run) => {
  const first = createConfiguration(`${idOf(configurationOf("mc-prod-nightly"))}-2`, configurationBody);
  const { after: _after, ...lost } = {
    ...first,
    id: "lost",
    title: verbatim("Set a secret"),
    bodyNotKept: true as const,
  };
  const last = createConfiguration(`${first.target}-3`, configurationBody);
  assert.match(await run({ ...planWith(), changes: [first, lost, last] }), /Set a secret/);
  assert.notEqual(await world.read(`${first.target}?${maintenance}`), undefined);
  assert.equal(await world.read(`${last.target}?${maintenance}`), undefined);
  const script = await scriptOf("azure-cli", { ...planWith(), changes: [lost] });
  assert.match(script, /^# 1\. Set a secret$/m);
});

inEach("no secret is in a script", async (run) => {
  const id = `${setOf("vmss-web-prod").id}/extensions/x`;
  const secret = { properties: { protectedSettings: { key: "s3cr3t" } } };
  const plan = planWith({ ...createConfiguration(id, secret), kind: "addHealthExtension" });
  assert.notEqual(await run(plan), "");
  for (const language of ["azure-cli", "powershell"] as const)
    assert.doesNotMatch(await scriptOf(language, plan), /s3cr3t/);
});

inEach("what is there already is left as it is: a script may run twice", async (run) => {
  const set = setOf("vmss-search-prod");
  const configuration = createConfiguration(
    `${idOf(configurationOf("mc-prod-nightly"))}-2`,
    configurationBody,
  );
  const { changes } = associate(set, { id: configuration.target }, set.assignments, () => "OSImage", {
    oneByOne: true,
  });
  const plan = planWith(configuration, ...changes);
  assert.equal(await run(plan), "");
  const left = await holdingsOf(world);
  assert.equal(await run(plan), "");
  assert.deepEqual(await holdingsOf(world), left);
});

test("a script for another cloud writes nothing", async () => {
  const free = createConfiguration(`${idOf(configurationOf("mc-prod-nightly"))}-2`, configurationBody);
  const script = await scriptOf("azure-cli", planWith(free));
  const other = script.replaceAll("AzureCloud", "AzureUSGovernment");
  const { status, calls } = await runIn(world, bash, other);
  assert.equal(status, 1);
  assert.deepEqual(
    calls.map(([first]) => first),
    ["account"],
  );
});

test("a script does the same where Azure CLI ends its lines as on Windows", async () => {
  const set = setOf("vmss-web-prod");
  const found = configurationOf("mc-prod-nightly");
  const edits = { window: { duration: "06:00" } };
  const plan = planWith(
    ...setAutomaticUpgrades(set, false).changes,
    updateConfiguration(found, editedConfiguration(found, edits)),
    ...set.assignments.map(dissociate),
  );
  const script = await scriptOf("azure-cli", plan);
  assert.equal((await runIn(world, bash, script, { lineEnd: "\r\n" })).problem, "");
  assert.deepEqual((await holdingsOf(world)).sets.find(({ id }) => id === set.id)?.assignments, []);
});

test("Azure CLI's own refusals end the script with what Azure says", async () => {
  const free = createConfiguration(`${idOf(configurationOf("mc-prod-nightly"))}-2`, {
    location: "nowhere",
    properties: {},
  });
  const { status, problem } = await runIn(world, bash, await scriptOf("azure-cli", planWith(free)));
  assert.equal(status, 1);
  assert.match(problem, /^ERROR: Bad Request\(/);
});

test("the script beside a declarative file makes the changes of the phase that it is called with", async () => {
  const [first, second] = [1, 2].map((number) =>
    createConfiguration(`${idOf(configurationOf("mc-prod-nightly"))}-${number}`, configurationBody),
  ) as [Change, Change];
  const dependent = { ...second, needs: ["what the file makes"] };
  const plan = planWith(first, second);
  const { text, path } = atOnce(companionScript(plan, { before: [first], after: [dependent] }, context));
  assert.equal(path, "companion.sh");
  treeOf(await parserOf("bash"), text);
  const made = async () =>
    Promise.all(
      [first, second].map(async ({ target }) => (await world.read(`${target}?${maintenance}`)) !== undefined),
    );
  assert.equal((await runIn(world, bash, text)).status, 2);
  assert.deepEqual(await made(), [false, false]);
  assert.equal((await runIn(world, bash, text, { words: ["before"] })).problem, "");
  assert.deepEqual(await made(), [true, false]);
  assert.equal((await runIn(world, bash, text, { words: ["after"] })).problem, "");
  assert.deepEqual(await made(), [true, true]);
});

test("a script waits while Azure works on the scale set, and lets it end what it began", async () => {
  const running = setOf("vmss-search-prod");
  assert.equal(textAt(running.resource, "properties", "provisioningState"), "Updating");
  const plan = planWith(...setAutomaticUpgrades(running, true, { oneByOne: true, tryAnyway: true }).changes);
  const { calls } = await runIn(world, bash, await scriptOf("azure-cli", plan));
  const looks = calls.filter((words) => words.includes("properties.provisioningState"));
  assert.ok(looks.length > 1, "it looked again");
  assert.equal(
    await world
      .read(`${running.id}?${compute}`)
      .then((now) => textAt(now, "properties", "provisioningState")),
    "Succeeded",
  );
});
