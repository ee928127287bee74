import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createConfiguration } from "../../src/core/plans/kinds/createConfiguration.ts";
import { deleteConfiguration } from "../../src/core/plans/kinds/deleteConfiguration.ts";
import { dissociate } from "../../src/core/plans/kinds/dissociate.ts";
import { editedConfiguration, updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { associate, setAutomaticUpgrades } from "../../src/core/plans/plans.ts";
import { setUpgradePolicy } from "../../src/core/plans/upgradePlans.ts";
import type { Change, Plan } from "../../src/core/plans/plan.ts";
import { assignmentId, configurationId } from "../../src/core/resources/ids.ts";
import { type JsonObject, textAt } from "../../src/core/resources/json.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { scopeOf } from "../../src/core/windows/window.ts";
import { configuration, fleet, scaleSet } from "../unit/azure/support.ts";
import { associateAll, configurationNamed, dissociateAll, enable, setNamed } from "./support/plans.ts";
import { createWorld, trustSandbox, type World, writeCounts } from "./support/world.ts";

trustSandbox();

const only = (...changes: readonly Change[]): Plan => planOf(verbatim("Plan"), changes);
const maintenance = "api-version=2023-04-01";
const compute = "api-version=2025-04-01";
const assignmentsPath = (set: string) => `${set}/providers/Microsoft.Maintenance/configurationAssignments`;

/** The names of a set's associations, and where each leads, as Azure has them. */
async function linksOf(world: World, set: string): Promise<readonly string[]> {
  const { json } = await world.ask("GET", `${assignmentsPath(set)}?${maintenance}`);
  const value: readonly JsonObject[] = json.value;
  return value.map((one) => {
    const leadsTo = textAt(one, "properties", "maintenanceConfigurationId") ?? "";
    return `${textAt(one, "name")} → ${leadsTo.split("/").at(-1)}`;
  });
}

/** Another person's write. */
async function theirs(world: World, method: string, path: string, body?: unknown): Promise<void> {
  const { status, json } = await world.ask(method, path, body);
  assert.ok(status < 300, JSON.stringify(json));
}

const leadsTo = (id: string) => ({ properties: { maintenanceConfigurationId: id } });

function edit(world: World): Change {
  const { resource } = configurationNamed(world, "mc-prod-nightly");
  return updateConfiguration(resource, editedConfiguration(resource, { window: { duration: "07:00" } }));
}

function create(): Change {
  const window = { startDateTime: "2099-01-01 22:00", duration: "05:00", timeZone: "UTC", recurEvery: "Day" };
  const properties = { maintenanceScope: "OSImage", maintenanceWindow: window };
  const id = configurationId(fleet.shared, "rg-maintenance", "mc-made");
  return createConfiguration(id, { location: "westeurope", properties });
}

function policy(world: World): Change {
  const set = setNamed(world, "vmss-worker-prod");
  return setUpgradePolicy(set, { rollingUpgradePolicy: { maxBatchInstancePercent: 35 } });
}

/** `vmss-search-prod` from `mc-prod-nightly` to `mc-staging-daily`. */
function move(world: World): Plan {
  const set = setNamed(world, "vmss-search-prod");
  assert.ok("known" in set.assignments);
  const daily = configurationNamed(world, "mc-staging-daily");
  return only(...associate(set, daily, set.assignments.known, () => scopeOf(daily.resource)).changes);
}

const search = scaleSet("vmss-search-prod");
const web = scaleSet("vmss-web-prod");
const nightly = configuration("mc-prod-nightly");
const moved = assignmentId(search, "mc-staging-daily");

describe("done means that a read showed it", { concurrency: true }, () => {
  const kinds: Readonly<Record<string, readonly [method: string, make: (world: World) => Plan]>> = {
    "a new association": ["PUT", (world) => associateAll(world, "vmss-cache-prod")],
    "the removal of an association": ["DELETE", (world) => dissociateAll(world, "vmss-search-prod")],
    "upgrades turned on": ["PATCH", (world) => enable(world, "vmss-cache-prod")],
    "an upgrade policy": ["PATCH", (world) => only(policy(world))],
    "a new configuration": ["PUT", () => only(create())],
    "an edit of a configuration": ["PUT", (world) => only(edit(world))],
    "the deletion of a configuration": [
      "DELETE",
      (world) => only(deleteConfiguration(configurationNamed(world, "mc-prod-nightly").resource)),
    ],
  };
  for (const [what, [method, make]] of Object.entries(kinds)) {
    test(`${what} that Azure accepts and does not write is not confirmed after a minute of looks`, async () => {
      await using world = await createWorld();
      const plan = make(world);
      await world.order({ match: { method }, do: { status: 200, body: {} } });
      const start = world.clock.now();
      const { outcomes, report } = await world.apply(plan);
      assert.deepEqual(outcomes, ["notConfirmed"], report);
      assert.match(report, /Azure accepted the change, but .* doesn't show it yet/);
      assert.equal(world.clock.now() - start, 60_000);
      assert.deepEqual(Object.values(writeCounts(await world.requests())), [[1, 0]]);
      await world.assertTreeIsTrue();
    });
  }

  test("a set keeps its association where turning its upgrades off had no effect", async () => {
    await using world = await createWorld();
    const set = setNamed(world, "vmss-web-prod");
    assert.ok("known" in set.assignments);
    const plan = only(
      ...setAutomaticUpgrades(set, false).changes,
      ...set.assignments.known.map((one) => dissociate(one)),
    );
    await world.order({ match: { method: "PATCH" }, do: { status: 200, body: {} } });
    const before = await linksOf(world, web);
    assert.deepEqual((await world.apply(plan)).outcomes, ["notConfirmed", "skipped"]);
    assert.deepEqual(await linksOf(world, web), before);
  });

  test("a move keeps the old association where someone else turns the new one to a third configuration", async () => {
    await using world = await createWorld();
    const held = world.hold({ method: "PUT", path: "/configurationAssignments/" });
    const applying = world.apply(move(world));
    await held.reached();
    await theirs(world, "PUT", `${moved}?${maintenance}`, leadsTo(nightly));
    held.release();
    const { outcomes, report } = await applying;
    assert.deepEqual(outcomes, ["changedBySomeoneElse", "skipped"], report);
    assert.deepEqual((await linksOf(world, search)).toSorted(), [
      "mc-prod-nightly → mc-prod-nightly",
      "mc-staging-daily → mc-prod-nightly",
    ]);
  });

  test("a move keeps the old association where someone else removes the new one right before", async () => {
    await using world = await createWorld();
    const plan = move(world);
    const put = world.hold({ method: "PUT", path: "/configurationAssignments/" });
    const applying = world.apply(plan);
    await put.reached();
    const look = world.hold({ method: "GET", path: `${search}/.*configurationAssignments` });
    put.release();
    await look.reached();
    await theirs(world, "DELETE", `${moved}?${maintenance}`);
    look.release();
    const { outcomes, report } = await applying;
    assert.deepEqual(outcomes, ["done", "changedBySomeoneElse"], report);
    assert.deepEqual(await linksOf(world, search), ["mc-prod-nightly → mc-prod-nightly"]);
  });

  test("a write whose answer is lost and that Azure makes after the first look is done, and sent once", async () => {
    await using world = await createWorld();
    const { id } = setNamed(world, "vmss-cache-prod");
    const plan = enable(world, "vmss-cache-prod");
    await world.order({ match: { method: "PATCH" }, do: { reset: "before" } });
    const patch = world.hold({ method: "PATCH" });
    const applying = world.apply(plan);
    await patch.reached();
    const look = world.hold({ method: "GET", path: `${id}\\?` });
    patch.release();
    await look.reached();
    await theirs(world, "PATCH", `${id}?${compute}`, plan.changes[0]?.after);
    look.release();
    const { outcomes, report } = await applying;
    assert.deepEqual(outcomes, ["done"], report);
    assert.deepEqual(Object.values(writeCounts(await world.requests())), [[1, 0]]);
    await world.assertTreeIsTrue();
  });
});

describe("nothing is sent over what someone else has written since the review", { concurrency: true }, () => {
  const someoneElse: Readonly<
    Record<string, readonly [make: (world: World) => Plan, write: (world: World) => Promise<void>]>
  > = {
    "an association that leads elsewhere now": [
      (world) => dissociateAll(world, "vmss-search-prod"),
      (world) =>
        theirs(
          world,
          "PUT",
          `${assignmentId(search, "mc-prod-nightly")}?${maintenance}`,
          leadsTo(configurationNamed(world, "mc-staging-daily").id),
        ),
    ],
    "an upgrade policy with other values": [
      (world) => only(policy(world)),
      (world) =>
        theirs(world, "PATCH", `${scaleSet("vmss-worker-prod")}?${compute}`, {
          properties: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 50 } } },
        }),
    ],
    "a new configuration of the same name": [
      () => only(create()),
      (world) => {
        const { target, after } = create();
        return theirs(world, "PUT", `${target}?${maintenance}`, {
          ...after,
          properties: { maintenanceScope: "OSImage" },
        });
      },
    ],
    "a configuration that another set uses now": [
      (world) => {
        const { resource, scaleSets } = configurationNamed(world, "mc-staging-daily");
        const sets = scaleSets.flatMap((key) => world.store.snapshot.scaleSets.get(key) ?? []);
        const known = sets.flatMap(({ assignments }) => ("known" in assignments ? assignments.known : []));
        return only(deleteConfiguration(resource, known, [scaleSet("vmss-cache-prod")]));
      },
      (world) =>
        theirs(
          world,
          "PUT",
          `${assignmentId(scaleSet("vmss-cache-prod"), "theirs")}?${maintenance}`,
          leadsTo(configurationNamed(world, "mc-staging-daily").id),
        ),
    ],
  };
  for (const [what, [make, write]] of Object.entries(someoneElse)) {
    test(what, async () => {
      await using world = await createWorld();
      const plan = make(world);
      await write(world);
      const { outcomes, report } = await world.apply(plan);
      assert.deepEqual(outcomes, ["changedBySomeoneElse"], report);
      assert.match(report, /Nothing was sent\./);
      assert.deepEqual(writeCounts(await world.requests()), {});
      await world.refresh();
      await world.assertTreeIsTrue();
    });
  }

  test("a set that was written between the look and the write is looked at once more, and written if nothing of ours differs", async () => {
    await using world = await createWorld();
    const error = { code: "PreconditionFailed", message: "The etag differs." };
    await world.order({ match: { method: "PATCH" }, do: { status: 412, body: { error } } });
    const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["done"], report);
    assert.deepEqual(Object.values(writeCounts(await world.requests())), [[2, 1]]);
    await world.assertTreeIsTrue();
  });
});
