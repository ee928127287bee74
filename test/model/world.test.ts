/** What is on record of Azure, held against the model's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHttpHeaders, createPipelineRequest, type HttpMethods } from "@azure/core-rest-pipeline";
import { turnedClock } from "../support/turnedClock.ts";
import { beginningOf } from "./beginning.ts";
import type { FleetPlan } from "./scenario.ts";
import { ModelAzure } from "./world/azure.ts";
import { assignmentId, configurationId, endpoint, scaleSetId } from "./world/ids.ts";
import { valueAt } from "./world/state.ts";

const web = scaleSetId("web");
const nightly = configurationId("nightly");
const usual: FleetPlan = {
  scaleSets: [
    { name: "web", enabled: false, system: "Windows", isPinned: false, isUpgrading: false, isRolling: false },
  ],
  configurations: ["nightly"],
  associations: [{ scaleSet: "web", as: "nightly", configuration: "nightly" }],
  operationMs: 5000,
};

test("configurations: 200 on create, defaults filled in, tags' keys in lower case", async () => {
  const { ask } = opened();
  const body = {
    location: "westeurope",
    tags: { Team: "Web" },
    properties: { maintenanceScope: "OSImage", maintenanceWindow: { duration: "05:00" } },
  };
  const id = configurationId("Fresh");
  const made = await ask("PUT", id, body);
  assert.deepEqual([made.status, made.json.id], [200, id], "the id as it was asked for");
  const { json } = await ask("GET", id);
  assert.match(json.id, /\/providers\/microsoft\.maintenance\/maintenanceconfigurations\/Fresh$/);
  assert.deepEqual(json.tags, { team: "Web" });
  assert.equal(json.properties.configurationType, "Regular");
  assert.deepEqual(json.properties.extensionProperties, {});
  assert.equal(json.properties.maintenanceWindow.expirationDateTime, "9999-12-31 23:59:59");
});

test("associations: ids in lower case, neither region nor resource in lists, 400 for one that is missing", async () => {
  const { ask } = opened();
  const put = await ask("PUT", assignmentId(web, "second"), {
    properties: { maintenanceConfigurationId: nightly },
  });
  assert.equal(put.status, 200);
  assert.equal(put.json.location, "westeurope");
  assert.equal(put.json.properties.maintenanceConfigurationId, nightly.toLowerCase());
  const list = await ask("GET", `${web}/providers/Microsoft.Maintenance/configurationAssignments`);
  assert.deepEqual(list.json.value[0], {
    id: assignmentId(web, "nightly").toLowerCase(),
    name: "nightly",
    type: "Microsoft.Maintenance/configurationAssignments",
    properties: { maintenanceConfigurationId: nightly.toLowerCase() },
  });
  const missing = await ask("GET", assignmentId(web, "none"));
  assert.equal(missing.status, 400);
  assert.match(missing.json.Message, /^Invalid configurationAssignmentName/);
});

test("deletions: empty bodies, associations go along, and the name is refused for a while", async () => {
  const { ask, clock, world } = opened();
  const deleted = await ask("DELETE", nightly);
  assert.deepEqual([deleted.status, deleted.text], [200, ""]);
  assert.equal(world.history.state.assignments.size, 0);
  const again = () => ask("PUT", nightly, { location: "westeurope", properties: {} });
  assert.equal((await again()).status, 409);
  await clock.wait(20 * 60_000);
  assert.equal((await again()).status, 200);
});

test("enabling turns Windows' updates off and fills the rolling policy in, as an operation that is followed", async () => {
  const { ask, clock } = opened();
  const enable = enabling(true);
  const patched = await ask("PATCH", web, enable);
  assert.equal(patched.status, 200);
  const operation = new URL(patched.headers["azure-asyncoperation"] ?? "").pathname;
  assert.equal((await ask("GET", operation)).json.status, "InProgress");
  assert.equal((await ask("GET", web)).json.properties.provisioningState, "Updating");
  assert.equal((await ask("PATCH", web, enabling(false))).status, 409, "a set that is updated");
  await clock.wait(5000);
  assert.equal((await ask("GET", operation)).json.status, "Succeeded");
  const { json } = await ask("GET", web);
  const windows = ["virtualMachineProfile", "osProfile", "windowsConfiguration", "enableAutomaticUpdates"];
  assert.equal(valueAt(json.properties, ...windows), false);
  assert.equal(json.properties.upgradePolicy.rollingUpgradePolicy.maxBatchInstancePercent, 20);
  await ask("PATCH", web, enabling(false));
  await clock.wait(5000);
  const off = (await ask("GET", web)).json.properties;
  assert.equal(valueAt(off, ...windows), false, "they stay off");
});

test("a scale set's etag: another one than it has is 412", async () => {
  const { ask } = opened();
  const { etag } = (await ask("GET", web)).json;
  assert.equal((await ask("PATCH", web, enabling(true), { "if-match": '"0"' })).status, 412);
  assert.equal((await ask("PATCH", web, enabling(true), { "if-match": etag })).status, 200);
  assert.notEqual((await ask("GET", web)).json.etag, etag);
});

test("upgrades: started and cancelled", async () => {
  const { ask } = opened();
  assert.equal((await ask("GET", `${web}/rollingUpgrades/latest`)).status, 404);
  assert.equal((await ask("POST", `${web}/osRollingUpgrade`)).status, 202);
  assert.equal((await ask("POST", `${web}/osRollingUpgrade`)).status, 409, "one runs");
  assert.equal((await ask("POST", `${web}/rollingUpgrades/cancel`)).status, 202);
  const { json } = await ask("GET", `${web}/rollingUpgrades/latest`);
  assert.equal(json.properties.runningStatus.code, "Cancelled");
  assert.equal(json.properties.error.code, "RollingUpgradeCanceled");
});

test("a changed model in mode Rolling keeps the set busy until its instances have it", async () => {
  const [set] = usual.scaleSets;
  assert.ok(set);
  const { ask, clock } = opened({ ...usual, scaleSets: [{ ...set, isRolling: true }] });
  const image = { virtualMachineProfile: { storageProfile: { imageReference: { version: "2.0.0" } } } };
  await ask("PATCH", web, { properties: image });
  await clock.wait(60_000);
  assert.equal((await ask("GET", web)).json.properties.provisioningState, "Updating");
  assert.equal((await ask("PATCH", web, enabling(true))).status, 409);
  await clock.wait(30 * 60_000);
  assert.equal((await ask("GET", web)).json.properties.provisioningState, "Succeeded");
});

test("a write that comes late is not there before, and then is", async () => {
  const { ask, clock, world } = opened();
  world.disturb([{ kind: "write", write: 0, fault: "late" }]);
  assert.equal((await ask("DELETE", assignmentId(web, "nightly"))).status, 200);
  const list = `${web}/providers/Microsoft.Maintenance/configurationAssignments`;
  assert.equal((await ask("GET", list)).json.value.length, 1);
  await clock.wait(10_000);
  assert.equal((await ask("GET", list)).json.value.length, 0);
});

const enabling = (on: boolean) => ({
  properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: on } } },
});

function opened(fleet: FleetPlan = usual) {
  const clock = turnedClock("2026-11-26T12:00:00Z");
  const world = new ModelAzure(beginningOf(fleet, clock.now()), clock, fleet);
  const ask = async (
    method: HttpMethods,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const request = createPipelineRequest({
      method,
      url: `${endpoint}${path}?api-version=model`,
      headers: createHttpHeaders(headers),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await world.httpClient.sendRequest(request);
    const text = response.bodyAsText ?? "";
    // oxlint-disable-next-line typescript/no-explicit-any -- an answer is read by written-out paths
    const json: any = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, text, json, headers: response.headers.toJSON() };
  };
  return { clock, world, ask };
}
