/** What is looked at right before a removal and an association are sent. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createHttpHeaders } from "@azure/core-rest-pipeline";
import type { Condition } from "../../../../src/core/plans/change.ts";
import { dissociateWhile } from "../../../../src/core/plans/kinds/dissociate.ts";
import type { Outcome } from "../../../../src/core/plans/plan.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { associate, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { nameOf } from "../../../../src/core/resources/ids.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import { answer, assignment, configuration, createLab, never, scaleSet, type Lab } from "../support.ts";

const api = scaleSet("vmss-api-prod");
const nightly = configuration("mc-prod-nightly");
const link = assignment(api, "mc-prod-nightly");
const isList = (url: string) => /\/configurationAssignments\?/i.test(url);

async function remove(lab: Lab, ...provided: readonly Condition[]): Promise<Outcome> {
  const found = { id: link, properties: { maintenanceConfigurationId: nightly } };
  const plan = planOf(message("Remove"), [dissociateWhile(found, ...provided)]);
  const [result] = await lab.azure.apply(plan, { signal: never });
  return result?.outcome ?? assert.fail();
}

const removals = ({ sent }: Lab) => sent.filter(({ method }) => method === "DELETE").length;

describe("the association that is a set's last window", () => {
  const whileOff: Condition = { is: "off", id: api };

  it("stays while the set's upgrades are on", async () => {
    const lab = createLab();
    const outcome = await remove(lab, whileOff);
    assert.ok(outcome.status === "changedBySomeoneElse" && !outcome.wasSent);
    assert.match(inEnglish(outcome.problem.summary), /upgrades of vmss-api-prod are on/);
    assert.equal(removals(lab), 0);
  });

  it("goes once they are off", async () => {
    const lab = createLab();
    const set = { id: api, resource: await lab.azure.read(api, never) };
    const off = setAutomaticUpgrades(set, false).changes;
    await lab.azure.apply(planOf(message("Off"), off), { signal: never });
    assert.equal((await remove(lab, whileOff)).status, "done");
    assert.equal(removals(lab), 1);
  });
});

it("a removal that Azure refuses for its quota's sake is sent again after another look only", async () => {
  const lab = createLab();
  const other = configuration("mc-shared-fourth-monday");
  lab.fault = async (request, inner) => {
    if (request.method !== "DELETE") return undefined;
    const body = JSON.stringify({
      location: "westeurope",
      properties: { maintenanceConfigurationId: other, resourceId: api },
    });
    // Someone else re-points it while the quota is used up.
    const headers = createHttpHeaders({ ...request.headers.toJSON(), "content-type": "application/json" });
    await inner.sendRequest({ ...request, method: "PUT", body, headers });
    return answer(request, 429, {}, { "retry-after": "60" });
  };
  const outcome = await remove(lab);
  assert.ok(outcome.status === "changedBySomeoneElse" && !outcome.wasSent);
  assert.equal(removals(lab), 1);
});

describe("a list of associations", () => {
  it("that lags is not believed where it speaks against a removal", async () => {
    const lab = createLab();
    lab.fault = (request) =>
      isList(request.url) && removals(lab) === 0 ? answer(request, 200, { value: [] }) : undefined;
    assert.equal((await remove(lab)).status, "done");
    assert.equal(removals(lab), 1);
  });

  it("that lags is not believed where it shows what was associated before, either", async () => {
    const lab = createLab();
    await remove(lab);
    const body = {
      location: "westeurope",
      properties: { maintenanceConfigurationId: nightly, resourceId: api },
    };
    const [change] = associate({ id: api, resource: body }, { id: nightly }, [], () => "OSImage").changes;
    assert.ok(change);
    lab.fault = (request) => {
      if (isList(request.url))
        return answer(request, 200, { value: [{ ...body, id: link, name: nameOf(link) }] });
      return request.method === "PUT" ? answer(request, 200, body) : undefined;
    };
    const [result] = await lab.azure.apply(planOf(message("Associate"), [change]), { signal: never });
    assert.equal(result?.outcome.status, "notConfirmed");
    assert.equal(lab.sent.filter(({ method }) => method === "PUT").length, 1);
  });

  it("is read once for a removal and what it is provided with", async () => {
    const lab = createLab();
    await remove(lab, { is: "associated", id: link, configurationId: nightly });
    const before = lab.sent.slice(
      0,
      lab.sent.findIndex(({ method }) => method === "DELETE"),
    );
    assert.equal(before.filter(({ url }) => isList(url)).length, 1);
  });
});
