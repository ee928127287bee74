import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type JsonObject, objectAt } from "../../src/core/resources/json.ts";
import { verbatim } from "../../src/core/text/message.ts";
import type { Change } from "../../src/core/plans/plan.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  repairs,
  setUpgradePolicy,
  startUpgrade,
  updateInstances,
} from "../../src/core/plans/upgradePlans.ts";
import { answer, createLab, type Lab, never, scaleSet } from "../unit/azure/support.ts";

const id = scaleSet("vmss-cache-prod");
const set = { id, resource: {} };

/** The API version that the SDK has for scale sets, their extensions and their upgrades. */
const version = "2026-04-01";

/** The one write of a change as it was on the wire, and how it ended. */
async function sent(lab: Lab, change: Change) {
  const before = lab.sent.length;
  const [result] = await lab.azure.apply(planOf(verbatim("p"), [change]), { signal: never });
  const [write, ...others] = lab.sent.slice(before).filter(({ method }) => method !== "GET");
  assert.ok(write !== undefined && others.length === 0);
  return { ...write, status: result?.outcome.status };
}

/** Every member that Microsoft's contract has in an upgrade policy (UpgradePolicy of 2026-04-01). */
const wholePolicy: JsonObject = {
  mode: "Rolling",
  rollingUpgradePolicy: {
    maxBatchInstancePercent: 25,
    maxUnhealthyInstancePercent: 40,
    maxUnhealthyUpgradedInstancePercent: 0,
    pauseTimeBetweenBatches: "PT30S",
    enableCrossZoneUpgrade: false,
    prioritizeUnhealthyInstances: true,
    rollbackFailedInstancesOnPolicyBreach: true,
    maxSurge: false,
  },
  automaticOSUpgradePolicy: {
    enableAutomaticOSUpgrade: true,
    disableAutomaticRollback: true,
    useRollingUpgradePolicy: true,
    osRollingUpgradeDeferral: false,
  },
};

describe("what changes of a scale set send", () => {
  it("is the whole of an upgrade policy, every member of the contract as it is", async () => {
    const lab = createLab();
    const { method, url, body, status } = await sent(lab, setUpgradePolicy(set, wholePolicy));
    assert.deepEqual(
      [method, new URL(url).pathname, new URL(url).searchParams.get("api-version")],
      ["PATCH", id, version],
    );
    assert.deepEqual(body, { properties: { upgradePolicy: wholePolicy } });
    assert.equal(status, "done");
    const after = await lab.azure.read(id, never);
    assert.deepEqual(objectAt(after, "properties", "upgradePolicy"), wholePolicy);
  });

  it("is, of each repair, to the letter what the plan shows", async () => {
    const lab = createLab();
    for (const [name, group, wanted] of [
      ["vmss-orders-prod", "rg-data-prod-weu", { imageLatest: true }],
      ["vmss-reporting-prod", "rg-data-prod-weu", { automaticUpdatesOff: true }],
      ["vmss-batch-prod", "rg-data-prod-weu", { patchMode: "ImageDefault" }],
      [
        "vmss-payments-prod",
        "rg-data-prod-weu",
        { healthExtension: { protocol: "https", port: 443, path: "/h" } },
      ],
      ["vmss-cache-prod", "rg-web-prod-weu", { rollingPolicy: { maxBatchInstancePercent: 10 } }],
    ] as const) {
      const target = scaleSet(name, group);
      const [change, ...others] = repairs(
        { id: target, resource: await lab.azure.read(target, never) },
        wanted,
      );
      assert.ok(change !== undefined && others.length === 0, name);
      const { body, headers, status, path } = await sent(lab, change);
      assert.deepEqual(body, change.after, name);
      assert.equal(path, change.target);
      assert.match(headers["content-type"] ?? "", /^application\/json/);
      assert.equal(status, "done", name);
    }
  });

  it("is, of actions, the POST that Microsoft documents", async () => {
    const lab = createLab();
    const models = [
      setUpgradePolicy(set, { mode: "Manual" }),
      ...repairs({ id, resource: await lab.azure.read(id, never) }, { patchMode: "AutomaticByPlatform" }),
    ];
    // Instances that have the latest model already need no call.
    await lab.azure.apply(planOf(verbatim("p"), models), { signal: never });
    for (const [change, last, body] of [
      [updateInstances(set, ["0", "2"]), "manualupgrade", { instanceIds: ["0", "2"] }],
      [startUpgrade(set), "osRollingUpgrade", undefined],
      [cancelUpgrade(set), "rollingUpgrades/cancel", undefined],
      [approveUpgrade(set, ["0"]), "approveRollingUpgrade", { instanceIds: ["0"] }],
      [approveUpgrade(set), "approveRollingUpgrade", undefined],
    ] as const) {
      const write = await sent(lab, change);
      assert.deepEqual([write.method, write.path], ["POST", `${id}/${last}`]);
      assert.equal(new URL(write.url).searchParams.get("api-version"), version);
      assert.deepEqual(write.body, body);
    }
  });
});

describe("what is read of upgrades", () => {
  it("is the wire's answer whole, members that the SDK does not know included", async () => {
    const lab = createLab();
    const body = {
      type: "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades",
      properties: {
        runningStatus: {
          code: "RollingForward",
          startTime: "2026-11-23T09:00:00Z",
          lastAction: "Start",
          new: 1,
        },
      },
    };
    await lab.azure.read(id, never);
    lab.fault = (request) =>
      request.url.includes("/rollingUpgrades/latest") || request.url.includes("/instanceView")
        ? answer(request, 200, body)
        : request.url.includes("/osUpgradeHistory")
          ? answer(request, 200, { value: [body] })
          : undefined;
    assert.deepEqual(await lab.azure.latestUpgrade(id, never), body);
    assert.deepEqual(await lab.azure.instanceView(id, never), body);
    assert.deepEqual(await lab.azure.upgradeHistory(id, never), [body]);
  });

  it("follows the pages of a set's instances and of its history", async () => {
    const lab = createLab();
    const model = await lab.azure.read(id, never);
    lab.fault = (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const list = /\/(virtualMachines|osUpgradeHistory)$/.exec(pathname);
      if (list === null) return undefined;
      const page = Number(searchParams.get("page") ?? 0);
      const next = `https://${new URL(request.url).host}${pathname}?page=${page + 1}`;
      return answer(request, 200, {
        value: [{ instanceId: String(page) }],
        ...(page < 2 && { nextLink: next }),
      });
    };
    const { facts, unread } = await lab.azure.eligibilityFacts(model, never);
    assert.deepEqual(unread, {});
    assert.equal(facts.instances?.length, 3);
    assert.equal(facts.upgradeHistory?.length, 3);
    const [first] = lab.sent.filter(({ path }) => path.endsWith("/virtualMachines"));
    assert.equal(new URL(first?.url ?? "").searchParams.get("$expand"), "instanceView");
  });
});
