import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { setUpgradePolicy } from "../../src/core/plans/upgradePlans.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { fleet } from "../unit/azure/support.ts";
import { associateAll, enable, setNamed } from "./support/plans.ts";
import { createWorld, trustSandbox, treeText, type World, writeCounts } from "./support/world.ts";

trustSandbox();

const never = new AbortController().signal;

/** A cloud's refusal of a version that it does not know yet, as Resource Manager words it. */
const refusal = (asked: string, type: string, ...known: readonly string[]) => ({
  status: 400,
  body: {
    error: {
      code: "NoRegisteredProviderFound",
      message: `No registered resource provider found for location 'westeurope' and API version '${asked}' for type '${type}'. The supported api-versions are '${known.join(", ")}'. The supported locations are 'westeurope, northeurope'.`,
    },
  },
});

/** The same as Resource Manager words it for its own types. */
const invalid = (asked: string, ...known: readonly string[]) => ({
  status: 400,
  body: {
    error: {
      code: "InvalidApiVersionParameter",
      message: `The api-version '${asked}' is invalid. The supported versions are '${known.join(",")}'.`,
    },
  },
});

/** A cloud that refuses this version wherever the path has `path` in it, read for the first time. */
async function worldWithout(
  path: string,
  version: string,
  answer: unknown,
  withoutGraph = false,
): Promise<World> {
  const world = await createWorld({ unread: true, withoutGraph });
  await world.order({ match: { path: `${path}.*api-version=${version}` }, times: "always", do: answer });
  return world;
}

/** How often a version was refused. */
async function refusals(world: World): Promise<number> {
  return (await world.requests()).filter(({ status }) => status === 400).length;
}

describe("a cloud that knows only older versions of", { concurrency: true }, () => {
  const cases: readonly {
    readonly name: string;
    readonly path: string;
    readonly ours: string;
    readonly answer: unknown;
    readonly used: string;
    readonly withoutGraph?: boolean;
    readonly also?: (world: World) => Promise<unknown>;
    /** One for each resource type. */
    readonly most: number;
  }[] = [
    {
      name: "Microsoft.Compute",
      path: "/Microsoft\\.Compute/",
      ours: "2026-04-01",
      answer: refusal(
        "2026-04-01",
        "virtualMachineScaleSets",
        ...["2015-05-01-preview", "2023-09-01", "2024-07-01", "2024-11-01-preview", "2026-09-01"],
      ),
      used: "2024-07-01",
      withoutGraph: true,
      also: (world) => world.azure.eligibilityFacts(setNamed(world, "vmss-web-prod").resource, never),
      // Those of a set, and those of the places of images; as many as go out at once before the first is answered.
      most: 8,
    },
    {
      name: "Microsoft.Maintenance",
      path: "/Microsoft\\.Maintenance/",
      ours: "2023-04-01",
      answer: refusal(
        "2023-04-01",
        "configurationAssignments",
        "2021-09-01-preview",
        "2020-04-01",
        "2021-05-01",
      ),
      used: "2021-05-01",
      withoutGraph: true,
      most: 8,
    },
    {
      name: "Microsoft.ResourceGraph",
      path: "/Microsoft\\.ResourceGraph/resources",
      ours: "2024-04-01",
      answer: refusal("2024-04-01", "resources", "2022-10-01", "2021-03-01", "2023-09-01-preview"),
      used: "2022-10-01",
      most: 2,
    },
    {
      name: "Resource Manager's tenants and subscriptions",
      path: "^/(tenants|subscriptions)",
      ours: "2022-12-01",
      answer: invalid("2022-12-01", "2022-09-01", "2021-01-01", "2014-04-01-preview"),
      used: "2022-09-01",
      also: (world) => world.azure.locations(fleet.shared, never),
      most: 4,
    },
    {
      name: "Resource Manager's resource groups and providers",
      path: "^/subscriptions/[^/]+/(resourcegroups|providers/Microsoft\\.Maintenance)\\?",
      ours: "2021-04-01",
      answer: invalid("2021-04-01", "2021-01-01", "2020-10-01"),
      used: "2021-01-01",
      also: async (world) => {
        const groups = await world.azure.resourceGroups(fleet.shared, never);
        assert.ok(groups.length > 0);
        const state = await world.azure.registrationState(fleet.shared, "Microsoft.Maintenance", never);
        assert.equal(state, "Registered");
      },
      most: 2,
    },
    {
      name: "Microsoft.Authorization",
      path: "/Microsoft\\.Authorization/permissions",
      ours: "2022-04-01",
      answer: refusal("2022-04-01", "permissions", "2015-07-01", "2018-07-01", "2022-05-01-preview"),
      used: "2018-07-01",
      also: async (world) => {
        for (const id of [fleet.shared, fleet.production])
          assert.ok((await world.azure.permissions(`/subscriptions/${id}`, never)).length > 0);
      },
      most: 1,
    },
  ];
  for (const { name, path, ours, answer, used, withoutGraph, also, most } of cases) {
    test(`${name}: the newest stable one that it names is used from then on`, async () => {
      await using world = await worldWithout(path, ours, answer, withoutGraph);
      await world.refresh();
      assert.match(treeText(world), /vmss-web-prod · Scheduled · mc-prod-nightly/);
      await also?.(world);
      const first = await refusals(world);
      assert.ok(first > 0 && first <= most, `${first} refusals`);
      assert.match(
        world.log.join("\n"),
        new RegExp(`does not know api-version ${ours} of .*; ${used} is used`),
      );
      await world.refresh();
      await also?.(world);
      assert.equal(await refusals(world), 0);
      await world.assertTreeIsTrue();
    });
  }

  test("Microsoft.Compute, told to a write first: that was not executed, and is sent again once", async () => {
    await using world = await createWorld();
    await world.order({
      match: { method: "PATCH", path: "api-version=2026-04-01" },
      times: "always",
      do: refusal("2026-04-01", "virtualMachineScaleSets", "2024-03-01", "2024-07-01"),
    });
    const { outcomes } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [2, 1],
    });
    await world.assertTreeIsTrue();
  });

  test("Microsoft.Maintenance, told to a write first: the same", async () => {
    await using world = await createWorld();
    await world.order({
      match: { method: "PUT", path: "api-version=2023-04-01" },
      times: "always",
      do: refusal("2023-04-01", "configurationAssignments", "2021-05-01"),
    });
    const { outcomes } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [2, 1],
    });
  });

  test("what an older version lacks is not sent, and that is said", async () => {
    await using world = await createWorld();
    await world.order({
      match: { path: "/virtualMachineScaleSets/.*api-version=2026-04-01" },
      times: "always",
      do: refusal("2026-04-01", "virtualMachineScaleSets", "2022-03-01", "2023-09-01"),
    });
    const policy = (...names: readonly string[]) => {
      const automaticOSUpgradePolicy = Object.fromEntries(names.map((name) => [name, true]));
      const change = setUpgradePolicy(setNamed(world, "vmss-cache-prod"), { automaticOSUpgradePolicy });
      return planOf(verbatim("Change"), [change]);
    };
    const partly = await world.apply(policy("disableAutomaticRollback", "osRollingUpgradeDeferral"));
    assert.deepEqual(partly.outcomes, ["notConfirmed"]);
    assert.match(partly.report, /This cloud doesn't support osRollingUpgradeDeferral, so it wasn't sent/);
    assert.doesNotMatch(partly.report, /else/);
    const [patch] = (await world.requests()).filter(({ method }) => method === "PATCH");
    assert.deepEqual(patch?.body, {
      properties: { upgradePolicy: { automaticOSUpgradePolicy: { disableAutomaticRollback: true } } },
    });
    assert.match(world.log.join("\n"), /2023-09-01 of \S+ lacks what is not sent: osRollingUpgradeDeferral/);
    const preview = await world.azure.preview(policy("osRollingUpgradeDeferral", "useRollingUpgradePolicy"));
    const [shown] = preview.values();
    assert.match(shown?.url ?? "", /api-version=2023-09-01$/);
    assert.deepEqual(shown?.body, {
      properties: { upgradePolicy: { automaticOSUpgradePolicy: { useRollingUpgradePolicy: true } } },
    });
    await world.refresh();
    const { outcomes, report } = await world.apply(policy("osRollingUpgradeDeferral"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /This cloud doesn't support osRollingUpgradeDeferral/);
    assert.deepEqual(writeCounts(await world.requests()), {});
  });
});

test("a refusal that names no older version is told as it is", async () => {
  await using world = await worldWithout(
    "/Microsoft\\.Authorization/permissions",
    "2022-04-01",
    refusal("2022-04-01", "permissions", "2022-05-01-preview", "2022-10-01"),
  );
  await world.refresh();
  await assert.rejects(world.azure.permissions(`/subscriptions/${fleet.shared}`, never), {
    message: /Azure refused the request/,
  });
  assert.equal(await refusals(world), 1);
});
