/** Sets in mode Rolling: Azure works on them for as long as their instances get a changed model. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type JsonObject, objectAt } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Change, ChangeResult, Plan } from "../../../../src/core/plans/plan.ts";
import { addHealthExtension } from "../../../../src/core/plans/upgradePlans.ts";
import { createLab, type Lab, never, scaleSet } from "../support.ts";

const set = scaleSet("vmss-cache-prod");
const change: Change = {
  id: "policy",
  kind: "setUpgradePolicy",
  target: set,
  title: verbatim("policy"),
  before: { properties: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 20 } } } },
  after: { properties: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 35 } } } },
  needs: [],
};
const plan: Plan = { title: verbatim("plan"), changes: [change], leftOut: [], warnings: [] };

/** Azure shows the set in this mode, and works on it where `isBusy` says so of the read, from 0. */
function worksOnSet(lab: Lab, mode: string, isBusy: (read: number) => boolean): void {
  let reads = 0;
  lab.fault = async (request, sandbox) => {
    const response = await sandbox.sendRequest(request);
    if (request.method !== "GET" || !request.url.includes(`${set}?`)) return response;
    const model = JSON.parse(response.bodyAsText ?? "") as JsonObject;
    const properties = objectAt(model, "properties") ?? {};
    const provisioningState = isBusy(reads++) ? "Updating" : "Succeeded";
    const upgradePolicy = { ...objectAt(properties, "upgradePolicy"), mode };
    const shown = { ...model, properties: { ...properties, provisioningState, upgradePolicy } };
    return { ...response, bodyAsText: JSON.stringify(shown) };
  };
}

const writes = (lab: Lab) => lab.sent.filter(({ method }) => method === "PATCH").length;

describe("a change of a set in mode Rolling", () => {
  it("is done once the model shows it, and says that its upgrade goes on", async () => {
    const lab = createLab();
    worksOnSet(lab, "Rolling", (read) => read > 0);
    const [result] = await lab.azure.apply(plan, { signal: never });
    assert.ok(result?.outcome.status === "done");
    assert.equal(result.outcome.isRollingOut, true);
  });

  it("is done once the set has a health extension, and says that its upgrade goes on", async () => {
    const lab = createLab();
    worksOnSet(lab, "Rolling", () => lab.sent.some(({ method }) => method === "PUT"));
    const resource = await lab.azure.read(set, never);
    const extension = addHealthExtension({ id: set, resource }, { protocol: "tcp", port: 22 });
    assert.ok(extension);
    const [result] = await lab.azure.apply({ ...plan, changes: [extension] }, { signal: never });
    assert.ok(result?.outcome.status === "done");
    assert.equal(result.outcome.isRollingOut, true);
  });

  it("waits with a health extension until Azure has ended the work before", async () => {
    const lab = createLab();
    const resource = await lab.azure.read(set, never);
    const extension = addHealthExtension({ id: set, resource }, { protocol: "tcp", port: 22 });
    assert.ok(extension);
    worksOnSet(lab, "Rolling", (read) => read < 3);
    const waiting: string[] = [];
    const [result] = await lab.azure.apply(
      { ...plan, changes: [extension] },
      { signal: never, onWaiting: ({ kind }) => waiting.push(kind) },
    );
    assert.deepEqual(waiting, Array(3).fill("addHealthExtension"));
    assert.equal(result?.outcome.status, "done");
  });

  it("says nothing of an upgrade where Azure has ended its work", async () => {
    const lab = createLab();
    worksOnSet(lab, "Rolling", () => false);
    const [result] = await lab.azure.apply(plan, { signal: never });
    assert.ok(result?.outcome.status === "done");
    assert.equal(result.outcome.isRollingOut, undefined);
  });

  it("waits until Azure has ended the work before, and says so", async () => {
    const lab = createLab();
    worksOnSet(lab, "Rolling", (read) => read < 3);
    const waiting: string[] = [];
    const [result] = await lab.azure.apply(plan, {
      signal: never,
      onWaiting: ({ id }) => waiting.push(`${id}, ${writes(lab)} sent`),
    });
    assert.deepEqual(waiting, Array(3).fill("policy, 0 sent"));
    assert.equal(result?.outcome.status, "done");
  });

  it("can be left while it waits: it was not sent then", async () => {
    const lab = createLab();
    worksOnSet(lab, "Rolling", () => true);
    const controller = new AbortController();
    const results: ChangeResult[] = [];
    await lab.azure.apply(plan, {
      signal: controller.signal,
      onWaiting: () => controller.abort(),
      onOutcome: (result) => results.push(result),
    });
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      [{ status: "notStarted" }],
    );
    assert.equal(writes(lab), 0);
  });
});

describe("another look", () => {
  it("is one, and doesn't say that a window was closed", async () => {
    const lab = createLab();
    const outcome = await lab.azure.outcomeOf(change, never, { isOnce: true });
    assert.ok(outcome.status === "notConfirmed");
    assert.equal(
      inEnglish(outcome.problem.summary),
      "Not confirmed: vmss-cache-prod still doesn't show the change.",
    );
    assert.equal(lab.sent.filter(({ url }) => url.includes(`${set}?`)).length, 1);
  });
});
