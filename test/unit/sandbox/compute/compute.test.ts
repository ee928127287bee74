import assert from "node:assert/strict";
import { test } from "node:test";
import { ComputeManagementClient, type VirtualMachineScaleSet } from "@azure/arm-compute";
import { sandboxEndpoint, sandboxHttpClient } from "../../../../src/sandbox/sandbox.ts";
import {
  type Body,
  compute,
  createLab,
  type Lab,
  maintenance,
  production,
  scaleSet,
  shared,
  staging,
} from "../support.ts";

const cache = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
const worker = scaleSet(production, "rg-web-prod-weu", "vmss-worker-prod");
const enable = {
  properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } },
};
const patch = (lab: Lab, id: string, body: Body = enable) => lab.ask("PATCH", `${id}?${compute}`, body);
const relative = (url: string | undefined): string => (url ?? "").replace(sandboxEndpoint, "");

/** Microsoft's own client over the sandbox's transport. */
function client(lab: Lab, subscription: string): ComputeManagementClient {
  const credential = {
    getToken: async () => ({ token: lab.sandbox.token, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  return new ComputeManagementClient(credential, subscription.split("/")[2] ?? "", {
    endpoint: sandboxEndpoint,
    httpClient: sandboxHttpClient(lab.sandbox),
  });
}

test("Microsoft's client lists, reads in any casing, updates with polling, and reads history", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const { virtualMachineScaleSets: sets } = client(lab, production);
  const all: VirtualMachineScaleSet[] = [];
  for await (const one of sets.listAll()) all.push(one);
  assert.equal(all.length, 15);
  const read = await sets.get("RG-WEB-PROD-WEU", "VMSS-Cache-Prod");
  assert.equal(read.id, cache);
  assert.equal(read.virtualMachineProfile?.storageProfile?.imageReference?.version, "latest");
  assert.equal(read.upgradePolicy?.automaticOSUpgradePolicy, undefined);
  const automaticOSUpgradePolicy = { enableAutomaticOSUpgrade: true };
  const updated = await sets.update("rg-web-prod-weu", "vmss-cache-prod", {
    upgradePolicy: { automaticOSUpgradePolicy },
  });
  assert.equal(updated.provisioningState, "Succeeded");
  assert.equal(updated.upgradePolicy?.automaticOSUpgradePolicy?.enableAutomaticOSUpgrade, true);
  assert.equal(updated.upgradePolicy?.mode, "Manual", "a PATCH leaves the rest alone");
  const history: (string | undefined)[] = [];
  for await (const one of sets.listOSUpgradeHistory("rg-web-prod-weu", "vmss-api-prod")) {
    history.push(one.properties?.runningStatus?.code);
  }
  assert.deepEqual(history, ["Completed", "Faulted"]);
});

test("Microsoft's client creates, replaces and deletes a scale set", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const { virtualMachineScaleSets: sets } = client(lab, production);
  const model = await sets.get("rg-web-prod-weu", "vmss-worker-prod");
  const made = await sets.createOrUpdate("rg-web-prod-weu", "vmss-copy", { ...model, tags: { copy: "yes" } });
  assert.equal(made.name, "vmss-copy");
  assert.equal(made.provisioningState, "Succeeded");
  assert.notEqual(made.uniqueId, model.uniqueId);
  await sets.delete("rg-web-prod-weu", "vmss-copy");
  await assert.rejects(() => sets.get("rg-web-prod-weu", "vmss-copy"), {
    statusCode: 404,
    code: "ResourceNotFound",
  });
});

test("Microsoft's client shows the service's refusal whole", async () => {
  const { virtualMachineScaleSets: sets } = client(createLab(), production);
  const upgradePolicy = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } };
  await assert.rejects(async () => sets.update("rg-data-prod-weu", "vmss-payments-prod", { upgradePolicy }), {
    statusCode: 400,
    code: "BadRequest",
    message:
      "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because a health probe or health extension was not specified.",
  });
});

test("an aborted request never reaches the sandbox", async () => {
  const lab = createLab();
  const { virtualMachineScaleSets: sets } = client(lab, production);
  const abortSignal = AbortSignal.abort();
  await assert.rejects(() => sets.get("rg-web-prod-weu", "vmss-cache-prod", { abortSignal }), {
    name: "AbortError",
  });
});

test("a PATCH runs for a while: Updating until its operation has succeeded", async () => {
  const lab = createLab({ operationSeconds: 3 });
  const accepted = await patch(lab, cache);
  assert.equal(accepted.status, 200);
  assert.equal(accepted.body.properties.provisioningState, "Updating");
  assert.equal(accepted.headers["retry-after"], "1");
  const operation = relative(accepted.headers["azure-asyncoperation"]);
  const location = relative(accepted.headers["location"]);
  const running = await lab.ask("GET", operation);
  assert.equal(running.body.status, "InProgress");
  assert.equal(running.headers["retry-after"], "1");
  assert.equal((await lab.ask("GET", location)).status, 202);
  assert.equal((await lab.ask("GET", `${cache}?${compute}`)).body.properties.provisioningState, "Updating");
  await lab.advance("PT3S");
  const done = await lab.ask("GET", operation);
  assert.equal(done.body.status, "Succeeded");
  assert.equal(done.body.endTime, "2026-11-23T09:00:03.000Z");
  const after = (await lab.ask("GET", `${cache}?${compute}`)).body;
  assert.equal(after.properties.provisioningState, "Succeeded");
  assert.equal(after.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade, true);
  assert.deepEqual((await lab.ask("GET", location)).body, after);
});

test("a DELETE is accepted, leaves the assignments, which are to be removed by their ids, and answers 204 where nothing is", async () => {
  const lab = createLab({ operationSeconds: 3 });
  const archive = scaleSet(production, "rg-media-prod-neu", "vmss-archive-prod");
  const accepted = await lab.ask("DELETE", `${archive}?${compute}`);
  assert.equal(accepted.status, 202);
  assert.equal((await lab.ask("GET", `${archive}?${compute}`)).body.properties.provisioningState, "Deleting");
  await lab.advance("PT3S");
  assert.equal((await lab.ask("GET", relative(accepted.headers["location"]))).status, 204);
  assert.equal((await lab.ask("GET", `${archive}?${compute}`)).status, 404);
  assert.equal((await lab.ask("DELETE", `${archive}?${compute}`)).status, 204);
  const left = async () => {
    const query = "maintenanceresources | where id contains 'vmss-archive-prod' | project id";
    const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    return (await lab.ask("POST", graph, { query })).body.data;
  };
  const [{ id }] = await left();
  const listed = `${archive}/providers/Microsoft.Maintenance/configurationAssignments?${maintenance}`;
  assert.equal((await lab.ask("GET", listed)).status, 404);
  assert.equal((await lab.ask("PUT", `${id}?${maintenance}`, {})).status, 404);
  assert.equal((await lab.ask("GET", `${id}?${maintenance}`)).status, 200);
  assert.equal((await lab.ask("DELETE", `${id}?${maintenance}`)).status, 200);
  assert.deepEqual(await left(), []);
  assert.equal((await lab.ask("DELETE", `${id}?${maintenance}`)).status, 404);
});

const because = "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because";
const notLatest =
  "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to 'latest'.";
const blockers: readonly (readonly [what: string, id: string, message: string])[] = [
  ["a pinned image", scaleSet(production, "rg-data-prod-weu", "vmss-orders-prod"), notLatest],
  ["a pinned gallery image", scaleSet(shared, "rg-build-shared", "vmss-build-agents-canary"), notLatest],
  [
    "no health source",
    scaleSet(production, "rg-data-prod-weu", "vmss-payments-prod"),
    `${because} a health probe or health extension was not specified.`,
  ],
  [
    "two health sources",
    scaleSet(production, "rg-media-prod-neu", "vmss-transcode-prod"),
    `${because} both a health probe and a health extension were provided. Remove the health probe or health extension prior to enabling automatic OS upgrade.`,
  ],
  [
    "patches by the platform",
    scaleSet(production, "rg-data-prod-weu", "vmss-batch-prod"),
    `${because} patchSettings.patchMode is AutomaticByPlatform.`,
  ],
];

for (const [what, id, message] of blockers) {
  test(`refuses automatic OS upgrades with ${what}, and changes nothing`, async () => {
    const lab = createLab();
    const before = (await lab.ask("GET", `${id}?${compute}`)).body;
    const refused = await patch(lab, id);
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.body.error, { code: "BadRequest", message });
    assert.deepEqual((await lab.ask("GET", `${id}?${compute}`)).body, before);
  });
}

test("refuses two health sources of a Flexible set too, where the probe alone would count for nothing", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const { body } = await lab.ask(
    "GET",
    `${scaleSet(production, "rg-media-prod-neu", "vmss-transcode-prod")}?${compute}`,
  );
  const id = scaleSet(production, "rg-media-prod-neu", "vmss-flexible");
  const properties = { ...body.properties, orchestrationMode: "Flexible" };
  assert.equal((await lab.ask("PUT", `${id}?${compute}`, { ...body, properties })).status, 201);
  const refused = await patch(lab, id);
  assert.match(
    refused.body.error.message,
    /because both a health probe and a health extension were provided/,
  );
});

test("refuses a platform image that has no automatic OS upgrades", async () => {
  const imageReference = { publisher: "Debian", offer: "debian-12", sku: "12-gen2", version: "latest" };
  const refused = await patch(createLab(), cache, {
    properties: { ...enable.properties, virtualMachineProfile: { storageProfile: { imageReference } } },
  });
  assert.equal(
    refused.body.error.message,
    "Automatic OS Upgrade cannot be enabled on virtualMachineScaleSets configured with a Platform Image.",
  );
});

test("refuses mode Rolling without a health source", async () => {
  const id = scaleSet(production, "rg-data-prod-weu", "vmss-payments-prod");
  const refused = await patch(createLab(), id, { properties: { upgradePolicy: { mode: "Rolling" } } });
  assert.equal(
    refused.body.error.message,
    "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.",
  );
});

test("enabling switches Windows' own updates off; a request that still says true is refused", async () => {
  const lab = createLab();
  const id = scaleSet(production, "rg-data-prod-weu", "vmss-reporting-prod");
  const windowsConfiguration = (body: Body) =>
    body.properties.virtualMachineProfile.osProfile.windowsConfiguration;
  const { body: model } = await lab.ask("GET", `${id}?${compute}`);
  assert.equal(windowsConfiguration(model).enableAutomaticUpdates, true);
  model.properties.upgradePolicy = { ...model.properties.upgradePolicy, ...enable.properties.upgradePolicy };
  const refused = await lab.ask("PUT", `${id}?${compute}`, model);
  assert.equal(refused.status, 400);
  assert.equal(
    refused.body.error.message,
    "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
  );
  const accepted = await patch(lab, id);
  assert.equal(accepted.status, 200);
  assert.equal(windowsConfiguration(accepted.body).enableAutomaticUpdates, false);
});

test("enables a Flexible set with the extension; its instance view is refused", async () => {
  const lab = createLab();
  const id = scaleSet(shared, "rg-build-shared", "vmss-jumphosts");
  assert.equal((await patch(lab, id)).status, 200);
  assert.equal((await lab.ask("GET", `${id}/instanceView?${compute}`)).status, 400);
});

test("a PUT never gives a password back and keeps what only the service sets", async () => {
  const lab = createLab();
  const { body: model } = await lab.ask("GET", `${worker}?${compute}`);
  const sent = structuredClone(model);
  sent.properties.virtualMachineProfile.osProfile.adminPassword = "Pa$$w0rd";
  sent.properties.uniqueId = "mine";
  const { status, body } = await lab.ask("PUT", `${worker}?${compute}`, sent);
  assert.equal(status, 200);
  assert.equal(body.properties.virtualMachineProfile.osProfile.adminPassword, undefined);
  assert.equal(body.properties.uniqueId, model.properties.uniqueId);
  const moved = await lab.ask("PUT", `${worker}?${compute}`, { ...sent, location: "eastus" });
  assert.equal(moved.body.error.code, "InvalidResourceLocation");
});

test("lists in a subscription, a group and a region", async () => {
  const lab = createLab();
  const type = "providers/Microsoft.Compute";
  const count = async (path: string) => (await lab.ask("GET", `${path}?${compute}`)).body.value.length;
  assert.equal(await count(`${production}/${type}/virtualMachineScaleSets`), 15);
  assert.equal(
    await count(`${production}/resourceGroups/RG-media-prod-NEU/${type}/virtualMachineScaleSets`),
    2,
  );
  assert.equal(await count(`${staging}/${type}/locations/EastUS2/virtualMachineScaleSets`), 1);
});

test("shows instances, instance view and the latest rolling upgrade", async () => {
  const lab = createLab();
  const api = scaleSet(production, "rg-web-prod-weu", "vmss-api-prod");
  const instances = (await lab.ask("GET", `${api}/virtualMachines?${compute}`)).body.value;
  assert.equal(instances.length, 8);
  assert.deepEqual((await lab.ask("GET", `${instances[3].id}?${compute}`)).body, instances[3]);
  assert.equal((await lab.ask("GET", `${api}/virtualMachines/99?${compute}`)).status, 404);
  const view = (await lab.ask("GET", `${api}/instanceView?${compute}`)).body;
  assert.deepEqual(view.virtualMachine.statusesSummary[0], { code: "ProvisioningState/succeeded", count: 8 });
  const latest = (await lab.ask("GET", `${api}/rollingUpgrades/latest?${compute}`)).body;
  assert.equal(latest.properties.runningStatus.code, "Completed");
  assert.equal((await lab.ask("GET", `${worker}/rollingUpgrades/latest?${compute}`)).status, 404);
  assert.deepEqual((await lab.ask("GET", `${worker}/osUpgradeHistory?${compute}`)).body, { value: [] });
});

test("tells of a platform image whether it supports automatic OS upgrades", async () => {
  const lab = createLab();
  const base = `${production}/providers/Microsoft.Compute/locations/westeurope/publishers/Canonical/artifacttypes/vmimage/offers`;
  const versions = (offer: string, sku: string) => `${base}/${offer}/skus/${sku}/versions`;
  const jammy = versions("0001-com-ubuntu-server-jammy", "22_04-LTS");
  const newest = (await lab.ask("GET", `${jammy}?$top=1&$orderby=name%20desc&${compute}`)).body;
  assert.deepEqual(
    newest.map((one: Body) => one.name),
    ["22.04.202610100"],
  );
  const supported = async (path: string) =>
    (await lab.ask("GET", `${path}?${compute}`)).body.properties.automaticOSUpgradeProperties
      .automaticOSUpgradeSupported;
  assert.equal(await supported(`${jammy}/22.04.202610100`), true);
  assert.equal(await supported(`${versions("ubuntu-24_04-lts", "server")}/latest`), false);
  // Images of the second generation say no, though Microsoft lists them.
  assert.equal(
    await supported(`${versions("0001-com-ubuntu-server-jammy", "22_04-lts-gen2")}/latest`),
    false,
  );
  for (const [offer, flag] of [
    ["MicrosoftWindowsServer/WindowsServer/2022-datacenter-azure-edition", false],
    ["MicrosoftWindowsServer/WindowsServer/2022-datacenter-g2", false],
    ["MicrosoftSQLServer/sql2022-ws2022/enterprise-gen2", false],
    ["MicrosoftWindowsServer/WindowsServer/2016-Datacenter", true],
  ] as const) {
    const [publisher = "", name = "", sku = ""] = offer.split("/");
    const path = versions(name, sku).replace("/Canonical/", `/${publisher}/`);
    assert.equal(await supported(`${path}/latest`), flag, offer);
  }
  assert.equal((await lab.ask("GET", `${versions("ubuntu-99", "x")}?${compute}`)).status, 404);
});

test("enables upgrades on an image that Microsoft lists and whose own flag says no", async () => {
  const lab = createLab();
  const { imageReference } = (await lab.ask("GET", `${cache}?${compute}`)).body.properties
    .virtualMachineProfile.storageProfile;
  assert.equal(imageReference.sku, "22_04-lts-gen2");
  assert.equal((await patch(lab, cache)).status, 200);
});
