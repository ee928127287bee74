/** Dissociations that clean up: what they are provided with is looked at right before they are sent. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { Outcome } from "../../../../src/core/plans/plan.ts";
import { dissociateWhile } from "../../../../src/core/plans/kinds/dissociate.ts";
import type { Condition } from "../../../../src/core/plans/change.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { answer, configuration, createLab, fleet, never, scaleSet, type Lab } from "../support.ts";

const api = scaleSet("vmss-api-prod");
const ledger = scaleSet("vmss-ledger-prod", "rg-data-prod-weu");
const retired = configuration("mc-ledger-retired");
const nightly = configuration("mc-prod-nightly");
const assignmentOf = (set: string, name: string) =>
  `${set}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;

async function clean(lab: Lab, set: string, configurationId: string, provided: Condition): Promise<Outcome> {
  const assignment: JsonObject = {
    id: assignmentOf(set, nameOf(configurationId)),
    properties: { maintenanceConfigurationId: configurationId },
  };
  const plan = planOf(message("Clean up"), [dissociateWhile(assignment, provided)]);
  const [result] = await lab.azure.apply(plan, { signal: never });
  return result?.outcome ?? assert.fail();
}

const deletions = ({ sent }: Lab) => sent.filter(({ method }) => method === "DELETE").map(({ path }) => path);
const summaryOf = (outcome: Outcome) =>
  "problem" in outcome ? inEnglish(outcome.problem.summary) : outcome.status;

describe("an association whose configuration is gone", () => {
  it("is removed after Azure has said once more that it is", async () => {
    const lab = createLab();
    assert.equal((await clean(lab, ledger, retired, { id: retired, is: "gone" })).status, "done");
    const order = lab.sent.map(({ method, path }) => `${method} ${nameOf(path)}`);
    assert.ok(order.indexOf("GET mc-ledger-retired") < order.indexOf("DELETE mc-ledger-retired"));
    assert.equal((await lab.azure.assignmentsOf(ledger, never)).length, 0);
  });

  it("is left alone where the configuration is back, and says so", async () => {
    const lab = createLab();
    const outcome = await clean(lab, api, nightly, { id: nightly, is: "gone" });
    assert.match(summaryOf(outcome), /^mc-prod-nightly exists again\.$/);
    assert.deepEqual(deletions(lab), []);
  });

  it("is left alone where Azure does not say", async () => {
    for (const [status, code] of [
      [403, "AuthorizationFailed"],
      [404, "SubscriptionNotFound"],
      [400, "BadRequest"],
    ] as const) {
      const lab = createLab();
      lab.fault = (request) =>
        request.url.includes("maintenanceConfigurations/mc-ledger-retired")
          ? answer(request, status, { error: { code, message: "no" } })
          : undefined;
      assert.equal((await clean(lab, ledger, retired, { id: retired, is: "gone" })).status, "failed", code);
      assert.deepEqual(deletions(lab), []);
    }
  });

  it("is left alone where the configuration would be in a subscription that the accounts do not reach", async () => {
    const lab = createLab();
    const elsewhere = retired.replace(fleet.shared, "00000000-0000-0000-0000-00000000000a");
    const found = { name: nameOf(retired), properties: { maintenanceConfigurationId: elsewhere } };
    lab.fault = (request) =>
      request.url.includes("/configurationAssignments")
        ? answer(request, 200, { value: [found] })
        : undefined;
    const outcome = await clean(lab, ledger, elsewhere, { id: elsewhere, is: "gone" });
    assert.match(summaryOf(outcome), /Your accounts have no access to subscription/);
    assert.deepEqual(deletions(lab), []);
  });
});

it("an association of a set that is there again is left alone", async () => {
  const lab = createLab();
  const outcome = await clean(lab, api, nightly, { id: api, is: "gone" });
  assert.match(summaryOf(outcome), /^vmss-api-prod exists again\.$/);
  assert.deepEqual(deletions(lab), []);
});

it("an association of a set that is gone is removed by its own id", async () => {
  const lab = createLab();
  const deleted = scaleSet("vmss-gone");
  let isRemoved = false;
  lab.fault = (request) => {
    if (!request.url.toLowerCase().includes(assignmentOf(deleted, "mc-prod-nightly").toLowerCase()))
      return undefined;
    isRemoved ||= request.method === "DELETE";
    if (request.method === "DELETE") return answer(request, 200, {});
    const found = { properties: { maintenanceConfigurationId: nightly } };
    return isRemoved
      ? answer(request, 400, { Message: "Invalid configurationAssignmentName" })
      : answer(request, 200, found);
  };
  assert.equal((await clean(lab, deleted, nightly, { id: deleted, is: "gone" })).status, "done");
  const removed = assignmentOf(deleted, "mc-prod-nightly");
  assert.deepEqual(deletions(lab).map(idKey), [idKey(removed)]);
});

it("an association of a set that is gone counts as removed only once it is not there any more", async () => {
  const lab = createLab();
  await lab.ask("DELETE", `${api}?api-version=2024-07-01`);
  lab.fault = (request) =>
    request.method === "DELETE"
      ? answer(request, 500, { error: { code: "InternalServerError" } })
      : undefined;
  const lost = await clean(lab, api, nightly, { id: api, is: "gone" });
  assert.equal(lost.status, "notConfirmed");
  lab.fault = undefined;
  assert.equal((await clean(lab, api, nightly, { id: api, is: "gone" })).status, "done");
  const { status } = await lab.ask("GET", `${assignmentOf(api, "mc-prod-nightly")}?api-version=2023-04-01`);
  assert.notEqual(status, 200);
});

describe("one of two associations", () => {
  const gateway = scaleSet("vmss-gateway-prod");
  const stays = assignmentOf(gateway, "mc-shared-fourth-monday");

  it("is removed while the other is there", async () => {
    const lab = createLab();
    assert.equal((await clean(lab, gateway, nightly, { id: stays, is: "there" })).status, "done");
    assert.deepEqual(
      (await lab.azure.assignmentsOf(gateway, never)).map(({ name }) => name),
      ["mc-shared-fourth-monday"],
    );
  });

  it("is left alone where the other one has gone meanwhile", async () => {
    const lab = createLab();
    await lab.ask("DELETE", `${stays}?api-version=2023-04-01`);
    const outcome = await clean(lab, gateway, nightly, { id: stays, is: "there" });
    assert.match(summaryOf(outcome), /mc-shared-fourth-monday no longer exists/);
    assert.deepEqual(deletions(lab), []);
  });
});
