/** What must still be so right before a change is sent, and what must show afterwards: for each kind, with nothing taken on trust. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import { dissociate } from "../../../../src/core/plans/kinds/dissociate.ts";
import type { Change, ChangeResult } from "../../../../src/core/plans/plan.ts";
import { associate, createResourceGroup, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { addHealthExtension, setUpgradePolicy } from "../../../../src/core/plans/upgradePlans.ts";
import { nameOf, resourceGroupId } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { answer, configuration, createLab, fleet, never, scaleSet, type Lab } from "../support.ts";

const set = scaleSet("vmss-api-prod");
const cache = scaleSet("vmss-cache-prod");
const nightly = configuration("mc-prod-nightly");
const monday = configuration("mc-shared-fourth-monday");
const window = { startDateTime: "2099-01-01 22:00", duration: "05:00", timeZone: "UTC", recurEvery: "Day" };
const body = {
  location: "westeurope",
  properties: { maintenanceScope: "OSImage", maintenanceWindow: window },
};
const assignmentOf = (on: string, name: string) =>
  `${on}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;
const linkTo = (on: string, id: string): JsonObject => ({
  location: "westeurope",
  properties: { maintenanceConfigurationId: id, resourceId: on },
});

async function apply(lab: Lab, ...changes: readonly Change[]): Promise<readonly ChangeResult[]> {
  return lab.azure.apply(planOf(verbatim("plan"), changes), { signal: never });
}

const statuses = (results: readonly ChangeResult[]) => results.map(({ outcome }) => outcome.status);
const writesOf = ({ sent }: Lab) =>
  sent.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${nameOf(path)}`);

/** Someone else's write, past our client. */
async function others(lab: Lab, method: string, path: string, sent: JsonObject): Promise<void> {
  const { status } = await lab.sandbox.handle({
    method,
    url: `https://sandbox.invalid${path}`,
    headers: { authorization: `Bearer ${lab.sandbox.token}` },
    body: JSON.stringify(sent),
  });
  assert.ok(status < 300, `${method} ${path} → ${status}`);
}

const policy = (maxBatchInstancePercent: number): JsonObject => ({
  properties: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent } } },
});

/** A change as it was reviewed, what others make of its target meanwhile, and what they make of it where they want the same. */
const kinds: readonly {
  readonly what: string;
  readonly change: (lab: Lab) => Promise<Change>;
  readonly meanwhile: readonly [method: string, path: string, body: JsonObject];
  readonly alike?: readonly [method: string, path: string, body: JsonObject];
}[] = [
  {
    what: "an association of its name",
    change: async () =>
      one(associate({ id: cache, resource: {} }, { id: nightly }, [], () => "OSImage").changes),
    meanwhile: ["PUT", maintenance(assignmentOf(cache, "mc-prod-nightly")), linkTo(cache, monday)],
    alike: ["PUT", maintenance(assignmentOf(cache, "mc-prod-nightly")), linkTo(cache, nightly)],
  },
  {
    what: "the association that is to go",
    change: async (lab) => one((await lab.azure.assignmentsOf(set, never)).map(dissociate)),
    meanwhile: ["PUT", maintenance(assignmentOf(set, "mc-prod-nightly")), linkTo(set, monday)],
  },
  {
    what: "a configuration of its name",
    change: async () => createConfiguration(configuration("mc-new"), body),
    meanwhile: [
      "PUT",
      maintenance(configuration("mc-new")),
      {
        ...body,
        tags: { owner: "someone" },
        properties: { ...body.properties, maintenanceWindow: { ...window, duration: "08:00" } },
      },
    ],
    alike: ["PUT", maintenance(configuration("mc-new")), body],
  },
  {
    what: "a resource group of its name in another region",
    change: async () => createResourceGroup(resourceGroupId(fleet.shared, "rg-new"), "westeurope"),
    meanwhile: [
      "PUT",
      `${resourceGroupId(fleet.shared, "rg-new")}?api-version=2021-04-01`,
      { location: "northeurope" },
    ],
    alike: [
      "PUT",
      `${resourceGroupId(fleet.shared, "rg-new")}?api-version=2021-04-01`,
      { location: "westeurope" },
    ],
  },
  {
    what: "the value of a policy",
    change: async (lab) =>
      setUpgradePolicy(
        { id: cache, resource: await lab.azure.read(cache, never) },
        { rollingUpgradePolicy: { maxBatchInstancePercent: 40 } },
      ),
    meanwhile: ["PATCH", `${cache}?api-version=2024-07-01`, policy(55)],
    alike: ["PATCH", `${cache}?api-version=2024-07-01`, policy(40)],
  },
];

function maintenance(id: string): string {
  return `${id}?api-version=2023-04-01`;
}

function one<T>([first]: readonly T[]): T {
  assert.ok(first !== undefined);
  return first;
}

describe("right before a change is sent", () => {
  for (const { what, change, meanwhile, alike } of kinds) {
    it(`leaves ${what} alone that others have changed since the review, and shows both values`, async () => {
      const lab = createLab();
      const planned = await change(lab);
      await others(lab, ...meanwhile);
      const [result] = await apply(lab, planned);
      assert.ok(result?.outcome.status === "changedBySomeoneElse", result?.outcome.status);
      assert.equal(result.outcome.wasSent, false);
      assert.ok(result.outcome.problem.compare !== undefined);
      assert.deepEqual(writesOf(lab), []);
    });

    if (alike !== undefined) {
      it(`takes it for done where others have made the same of ${what}`, async () => {
        const lab = createLab();
        const planned = await change(lab);
        await others(lab, ...alike);
        assert.deepEqual(statuses(await apply(lab, planned)), ["done"]);
        assert.deepEqual(writesOf(lab), []);
      });
    }
  }

  it("takes nothing for a conflict that Azure or others change beside what is written", async () => {
    const lab = createLab();
    const resource = await lab.azure.read(cache, never);
    const planned = setUpgradePolicy(
      { id: cache, resource },
      { rollingUpgradePolicy: { maxBatchInstancePercent: 40 } },
    );
    await others(lab, "PATCH", `${cache}?api-version=2024-07-01`, { tags: { owner: "someone" } });
    assert.deepEqual(statuses(await apply(lab, planned)), ["done"]);
  });

  it("deletes no configuration that has got an association which the review did not show", async () => {
    const lab = createLab();
    await others(lab, "PUT", maintenance(configuration("mc-new")), body);
    const resource = await lab.azure.read(configuration("mc-new"), never);
    const planned = deleteConfiguration(resource, [], []);
    await others(
      lab,
      "PUT",
      maintenance(assignmentOf(cache, "mc-new")),
      linkTo(cache, configuration("mc-new")),
    );
    const [result] = await apply(lab, planned);
    assert.ok(result?.outcome.status === "changedBySomeoneElse", result?.outcome.status);
    assert.match(
      inEnglish(result.outcome.problem.summary),
      /^mc-new has scale sets that weren't in your review: vmss-cache-prod\.$/,
    );
    assert.deepEqual(
      writesOf(lab).filter((write) => !write.startsWith("POST")),
      [],
    );
  });

  it("enables in the window that was reviewed, or not at all", async () => {
    const lab = createLab();
    const resource = await lab.azure.read(cache, never);
    const held = { associationId: assignmentOf(cache, "mc-prod-nightly"), configurationId: nightly };
    const { changes } = setAutomaticUpgrades({ id: cache, resource }, true, {}, held);
    const [result] = await apply(lab, ...changes);
    assert.ok(result?.outcome.status === "changedBySomeoneElse");
    assert.match(inEnglish(result.outcome.problem.summary), /association .*mc-prod-nightly no longer exists/);
    assert.deepEqual(writesOf(lab), []);
    const confirmed = setAutomaticUpgrades({ id: cache, resource }, true, {}, "none");
    assert.deepEqual(statuses(await apply(lab, ...confirmed.changes)), ["done"]);
  });

  it("sends a scale set's ETag, and after 412 only what still is as it was reviewed", async () => {
    for (const [isChanged, expected, patches] of [
      [false, "done", 2],
      [true, "changedBySomeoneElse", 1],
    ] as const) {
      const lab = createLab();
      const resource = await lab.azure.read(cache, never);
      const planned = setUpgradePolicy(
        { id: cache, resource },
        { rollingUpgradePolicy: { maxBatchInstancePercent: 40 } },
      );
      let isRefused = false;
      lab.fault = async (request, sandbox) => {
        if (request.method === "PATCH" && !isRefused) {
          isRefused = true;
          assert.equal(request.headers.get("if-match"), "1");
          if (isChanged) await others(lab, "PATCH", `${cache}?api-version=2024-07-01`, policy(55));
          return answer(request, 412, { error: { code: "PreconditionFailed", message: "It has changed." } });
        }
        const response = await sandbox.sendRequest(request);
        if (request.method !== "GET" || !request.url.includes(`${cache}?`)) return response;
        return {
          ...response,
          bodyAsText: JSON.stringify({
            ...JSON.parse(response.bodyAsText ?? ""),
            etag: isRefused ? "2" : "1",
          }),
        };
      };
      assert.deepEqual(statuses(await apply(lab, planned)), [expected]);
      assert.equal(lab.sent.filter(({ method }) => method === "PATCH").length, patches);
    }
  });
});

describe("where Azure says yes and nothing is written", () => {
  for (const { what, change } of kinds) {
    it(`confirms nothing of ${what}, and sends nothing that needs it`, async () => {
      const lab = createLab();
      const planned = await change(lab);
      lab.fault = (request) =>
        request.method === "GET" || request.url.includes("ResourceGraph")
          ? undefined
          : answer(request, 200, {});
      const after = createConfiguration(configuration("mc-after"), body);
      const changes = [planned, { ...after, needs: [planned.id] }];
      const results = await lab.azure.apply(
        { title: verbatim("plan"), changes, leftOut: [], warnings: [] },
        { signal: never },
      );
      assert.deepEqual(statuses(results), ["notConfirmed", "skipped"]);
    });
  }

  it("confirms nothing of a health extension either", async () => {
    const lab = createLab();
    const resource = await lab.azure.read(cache, never);
    const planned = addHealthExtension({ id: cache, resource }, { protocol: "tcp", port: 22 });
    lab.fault = (request) => (request.method === "PUT" ? answer(request, 200, {}) : undefined);
    assert.deepEqual(statuses(await apply(lab, planned ?? assert.fail())), ["notConfirmed"]);
  });
});
