import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deleteConfiguration } from "../../src/core/plans/kinds/deleteConfiguration.ts";
import { editedConfiguration, updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import type { ConfigurationEdits } from "../../src/core/plans/kinds/updateConfiguration.ts";
import type { JsonObject } from "../../src/core/resources/json.ts";
import { verbatim } from "../../src/core/text/message.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { createConfiguration } from "../../src/core/plans/kinds/createConfiguration.ts";
import { setAutomaticUpgrades } from "../../src/core/plans/plans.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { configuration, fleet } from "../unit/azure/support.ts";
import { configurationNamed, setNamed } from "./support/plans.ts";
import { createWorld, treeText, trustSandbox, type World, writeCounts } from "./support/world.ts";

trustSandbox();

const nightly = configuration("mc-prod-nightly");
const daily = configuration("mc-staging-daily", "rg-maintenance-staging", fleet.staging);
const put = { method: "PUT", path: "/maintenanceConfigurations/" };
const remove = { method: "DELETE", path: "/maintenanceConfigurations/" };
const pathOf = (id: string) => `${id}?api-version=2023-04-01`;

function edit(world: World, edits: ConfigurationEdits): Plan {
  const { resource } = configurationNamed(world, "mc-prod-nightly");
  return planOf(verbatim("Edit"), [updateConfiguration(resource, editedConfiguration(resource, edits))]);
}

const longer: ConfigurationEdits = { window: { duration: "07:00" } };

function deletion(world: World, name: string): Plan {
  return planOf(verbatim("Delete"), [deleteConfiguration(configurationNamed(world, name).resource)]);
}

/** What another window or tool writes meanwhile. */
async function writeMeanwhile(world: World, change: (resource: JsonObject) => JsonObject): Promise<void> {
  const { json } = await world.ask("GET", pathOf(nightly));
  const { status } = await world.ask("PUT", pathOf(nightly), change(json));
  assert.equal(status, 200);
}

const durationOf = async (world: World) =>
  (await world.ask("GET", pathOf(nightly))).json.properties.maintenanceWindow.duration;

/** The states of the sets that have a configuration, as the tree shows them. */
const shownWith = (world: World, name: string) =>
  treeText(world)
    .split("\n")
    .filter((line) => line.startsWith("vmss-") && line.includes(name));

describe("an edit of a configuration", { concurrency: true }, () => {
  test("that someone else has changed since it was read: nothing is sent, both are told, and the tree shows theirs", async () => {
    await using world = await createWorld();
    const plan = edit(world, longer);
    await writeMeanwhile(world, (resource) => ({ ...resource, tags: { freeze: "december" } }));
    const { outcomes, report, results } = await world.apply(plan);
    assert.deepEqual(outcomes, ["changedBySomeoneElse"]);
    assert.match(report, /Someone else changed mc-prod-nightly after your review\..*\n.*Nothing was sent\./);
    assert.match(report, /Changed since your review:\n(.*\n)*.*tags\.freeze: nothing → "december"/);
    assert.deepEqual(writeCounts(await world.requests()), {});
    assert.equal(await durationOf(world), "05:00");
    const [result] = results;
    assert.ok(result?.outcome.status === "changedBySomeoneElse");
    assert.deepEqual(result.outcome.problem.compare?.now["tags"], { freeze: "december" });
    assert.deepEqual(configurationNamed(world, "mc-prod-nightly").resource["tags"], { freeze: "december" });
    await world.assertTreeIsTrue();
    // Made again from what is there now, both changes stand.
    assert.deepEqual((await world.apply(edit(world, longer))).outcomes, ["done"]);
    const { json } = await world.ask("GET", pathOf(nightly));
    assert.deepEqual(
      [json.tags, json.properties.maintenanceWindow.duration],
      [{ freeze: "december" }, "07:00"],
    );
  });

  test("of one that was deleted meanwhile: told as gone, not made anew, and it leaves the tree", async () => {
    await using world = await createWorld();
    const plan = edit(world, longer);
    await world.ask("DELETE", pathOf(nightly));
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["changedBySomeoneElse"]);
    assert.match(report, /mc-prod-nightly no longer exists\./);
    assert.deepEqual(writeCounts(await world.requests()), {});
    assert.equal((await world.ask("GET", pathOf(nightly))).status, 404);
    assert.doesNotMatch(treeText(world), /mc-prod-nightly/);
    await world.assertTreeIsTrue();
  });

  for (const [what, fault] of Object.entries({
    "the connection breaks": { reset: "after" },
    "the server fails": { status: 502, applied: true },
    "half an answer comes": { truncate: "short" },
  })) {
    test(`${what} after it was applied: done, sent once, and the tree shows it`, async () => {
      await using world = await createWorld();
      await world.order({ match: put, do: fault });
      assert.deepEqual((await world.apply(edit(world, longer))).outcomes, ["done"]);
      assert.deepEqual(writeCounts(await world.requests()), {
        "PUT maintenanceConfigurations/mc-prod-nightly": [1, 1],
      });
      assert.match(treeText(world), /mc-prod-nightly · .*22:00–05:00/);
      await world.assertTreeIsTrue();
    });
  }

  test("the connection breaks before it was applied: told as not confirmed, and applied again it is done once", async () => {
    await using world = await createWorld();
    await world.order({ match: put, do: { reset: "before" } });
    assert.deepEqual((await world.apply(edit(world, longer))).outcomes, ["notConfirmed"]);
    assert.equal(await durationOf(world), "05:00");
    assert.deepEqual((await world.apply(edit(world, longer))).outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT maintenanceConfigurations/mc-prod-nightly": [2, 1],
    });
    await world.assertTreeIsTrue();
  });

  test("to a start that its zone's clock skips: Azure's own words are in the report, and nothing has changed", async () => {
    await using world = await createWorld();
    const { outcomes, report } = await world.apply(
      edit(world, { window: { startDateTime: "2099-03-29 02:30" } }),
    );
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(
      report,
      /Azure answered: 400 InvalidMaintenanceWindow\n.*'2099-03-29 02:30' is an invalid time/,
    );
    await world.assertTreeIsTrue();
  });

  test("whose resource cannot be read before it: nothing is sent", async () => {
    await using world = await createWorld();
    await world.order({
      match: { method: "GET", path: "/maintenanceConfigurations/mc-prod-nightly" },
      do: { status: 403, body: { error: { code: "AuthorizationFailed", message: "You may not read it." } } },
    });
    const { outcomes, report } = await world.apply(edit(world, longer));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /You may not read it/);
    assert.deepEqual(writeCounts(await world.requests()), {});
  });
});

describe("the deletion of a configuration", { concurrency: true }, () => {
  test("in use: it leaves the tree, and its sets show what Azure then says of them", async () => {
    await using world = await createWorld();
    assert.notEqual(shownWith(world, "mc-staging-daily").length, 0);
    const before = setNamed(world, "vmss-web-staging").coverage.state;
    assert.notEqual(before, "uncontrolled");
    assert.deepEqual((await world.apply(deletion(world, "mc-staging-daily"))).outcomes, ["done"]);
    assert.doesNotMatch(treeText(world), /mc-staging-daily/);
    assert.equal(setNamed(world, "vmss-web-staging").coverage.state, "uncontrolled");
    await world.assertTreeIsTrue();
  });

  for (const [what, fault] of Object.entries({
    "the connection breaks": { reset: "after" },
    "the server fails": { status: 500, applied: true },
  })) {
    test(`${what} after it was applied: done, sent once, and its sets are read anew`, async () => {
      await using world = await createWorld();
      await world.order({ match: remove, do: fault });
      assert.deepEqual((await world.apply(deletion(world, "mc-prod-nightly"))).outcomes, ["done"]);
      assert.deepEqual(writeCounts(await world.requests()), {
        "DELETE maintenanceConfigurations/mc-prod-nightly": [1, 1],
      });
      assert.doesNotMatch(treeText(world), /mc-prod-nightly/);
      await world.assertTreeIsTrue();
    });
  }

  test("the connection breaks before it was applied: told as not confirmed, and everything shows as it was", async () => {
    await using world = await createWorld();
    const before = treeText(world);
    await world.order({ match: remove, do: { reset: "before" } });
    assert.deepEqual((await world.apply(deletion(world, "mc-prod-nightly"))).outcomes, ["notConfirmed"]);
    assert.equal(treeText(world), before);
    await world.assertTreeIsTrue();
  });

  test("that someone else has changed since it was read: nothing is deleted", async () => {
    await using world = await createWorld();
    const plan = deletion(world, "mc-prod-nightly");
    await writeMeanwhile(world, (resource) => ({ ...resource, tags: { freeze: "december" } }));
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["changedBySomeoneElse"]);
    assert.match(report, /Someone else changed mc-prod-nightly after your review\..*\n.*Nothing was sent\./);
    assert.deepEqual(writeCounts(await world.requests()), {});
    assert.equal((await world.ask("GET", pathOf(nightly))).status, 200);
    await world.assertTreeIsTrue();
  });

  test("that someone else has deleted already: done, and nothing is sent", async () => {
    await using world = await createWorld();
    const plan = deletion(world, "mc-staging-daily");
    await world.ask("DELETE", pathOf(daily));
    assert.deepEqual((await world.apply(plan)).outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {});
    await world.assertTreeIsTrue();
  });

  test("is not sent where the upgrades of a set could not be taken off before it", async () => {
    await using world = await createWorld();
    const sets = configurationNamed(world, "mc-prod-nightly").scaleSets.map((key) =>
      world.store.snapshot.scaleSets.get(key),
    );
    const disable = sets.flatMap((set) =>
      set ? setAutomaticUpgrades(set, false, { oneByOne: true }).changes : [],
    );
    assert.ok(disable.length > 1);
    await world.order({ match: { method: "PATCH" }, do: { status: 409 } });
    const { changes } = deletion(world, "mc-prod-nightly");
    const { outcomes, report } = await world.apply(planOf(verbatim("Retire"), [...changes, ...disable]));
    assert.deepEqual(
      outcomes.toSorted(),
      ["failed", "skipped", ...disable.slice(1).map(() => "done")].toSorted(),
    );
    assert.match(report, /– Skipped · .*\nDelete maintenance configuration mc-prod-nightly/);
    assert.equal((await world.ask("GET", pathOf(nightly))).status, 200);
    await world.assertTreeIsTrue();
  });

  test("409 for a new configuration of its name: told in plain words, and done when the 20 minutes are over", async () => {
    await using world = await createWorld();
    const { resource } = configurationNamed(world, "mc-prod-nightly");
    const again = planOf(verbatim("Again"), [
      createConfiguration(nightly, editedConfiguration(resource, longer)),
    ]);
    await world.apply(deletion(world, "mc-prod-nightly"));
    const refused = await world.apply(again);
    assert.deepEqual(refused.outcomes, ["failed"]);
    assert.match(
      refused.report,
      /If a configuration with this name was deleted recently, Azure refuses the name for about 20 minutes\. Wait, or choose another name\./,
    );
    await world.ask("POST", "/sandbox/clock", { advance: "PT20M" });
    // A start in the past is refused as well, which is another story.
    const start = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const later = editedConfiguration(resource, { window: { startDateTime: `${start} 22:00` } });
    const plan = planOf(verbatim("Again"), [createConfiguration(nightly, later)]);
    assert.deepEqual((await world.apply(plan)).outcomes, ["done"]);
    await world.assertTreeIsTrue();
  });
});
