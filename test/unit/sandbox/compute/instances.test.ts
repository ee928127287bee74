import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Body,
  compute,
  createLab,
  type Lab,
  production,
  scaleSet,
  shared,
  staging,
} from "../support.ts";

const cache = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
const payments = scaleSet(production, "rg-data-prod-weu", "vmss-payments-prod");
const loadtest = scaleSet(staging, "rg-loadtest-staging", "vmss-loadtest-staging");
const collectors = scaleSet(
  shared,
  "rg-observability-shared",
  "vmss-telemetry-ingestion-and-aggregation-collectors-northeurope",
);

const get = async (lab: Lab, path: string): Promise<Body> =>
  (await lab.ask("GET", `${path}${path.includes("?") ? "&" : "?"}${compute}`)).body;
const patch = (lab: Lab, id: string, properties: Body) =>
  lab.ask("PATCH", `${id}?${compute}`, { properties });
const instances = async (lab: Lab, id: string): Promise<Body[]> =>
  (await get(lab, `${id}/virtualMachines?$expand=instanceView`)).value;
const exactVersion = (one: Body): string => one.properties.storageProfile.imageReference.exactVersion;
const health = (one: Body): string | undefined => one.properties.instanceView.vmHealth?.status.code;
const latestModel = async (lab: Lab, id: string): Promise<boolean[]> =>
  (await instances(lab, id)).map((one) => one.properties.latestModelApplied);
const update = (lab: Lab, id: string, instanceIds: readonly string[]) =>
  lab.ask("POST", `${id}/manualupgrade?${compute}`, { instanceIds });

const healthExtension = {
  properties: {
    publisher: "Microsoft.ManagedServices",
    type: "ApplicationHealthLinux",
    typeHandlerVersion: "2.0",
    autoUpgradeMinorVersion: true,
    settings: { protocol: "http", port: 8080, requestPath: "/healthz" },
  },
};

test("instances run versions of different months, each with its date in it", async () => {
  const lab = createLab();
  const worker = scaleSet(production, "rg-web-prod-weu", "vmss-worker-prod");
  const versions = new Set((await instances(lab, worker)).map(exactVersion));
  assert.equal(versions.size, 3);
  for (const version of versions) assert.match(version, /^20348\.\d+\.26(08|09|10)10$/);
  assert.match(exactVersion((await instances(lab, cache))[0]), /^22\.04\.202609100$/);
});

test("the instance view counts states and health; an unhealthy third is in the fleet", async () => {
  const lab = createLab();
  const view = await get(lab, `${collectors}/instanceView`);
  assert.deepEqual(view.virtualMachine.statusesSummary, [
    { code: "ProvisioningState/succeeded", count: 9 },
    { code: "HealthState/healthy", count: 6 },
    { code: "HealthState/unhealthy", count: 3 },
  ]);
  const sick = (await instances(lab, collectors)).filter((one) => health(one) === "HealthState/unhealthy");
  assert.deepEqual(
    sick.map((one) => one.instanceId),
    ["1", "4", "7"],
  );
  const one = await get(lab, `${collectors}/virtualMachines/1/instanceView`);
  assert.equal(one.vmHealth.status.code, "HealthState/unhealthy");
});

test("an instance's view is there only where it is asked for", async () => {
  const lab = createLab();
  const plain = (await get(lab, `${cache}/virtualMachines`)).value[0];
  assert.equal(plain.properties.instanceView, undefined);
  const expanded = await get(lab, `${cache}/virtualMachines/0?$expand=instanceView`);
  assert.equal(expanded.properties.instanceView.statuses[1].code, "PowerState/running");
});

test("in mode Manual instances keep their model, and tell of no health, until they are updated", async () => {
  const lab = createLab();
  const path = `${payments}/extensions/Health?${compute}`;
  assert.equal((await lab.ask("GET", path)).status, 404);
  const made = await lab.ask("PUT", path, healthExtension);
  assert.equal(made.status, 201);
  assert.equal(made.body.id, `${payments}/extensions/Health`);
  await lab.advance("PT2S");
  assert.equal((await lab.ask("GET", path)).body.properties.settings.requestPath, "/healthz");
  assert.equal((await get(lab, `${payments}/extensions`)).value.length, 2);
  assert.ok((await latestModel(lab, payments)).every((applied) => !applied));
  assert.ok((await instances(lab, payments)).every((one) => health(one) === undefined));
  const before = (await instances(lab, payments)).map(exactVersion);
  assert.equal((await update(lab, payments, ["0", "2"])).status, 202);
  await lab.advance("PT2S");
  assert.deepEqual(await latestModel(lab, payments), [true, false, true, false, false, false]);
  const after = await instances(lab, payments);
  assert.equal(health(after[0]), "HealthState/healthy");
  assert.equal(health(after[1]), undefined);
  assert.deepEqual(after.map(exactVersion), before, "the image was not what changed");
  await update(lab, payments, ["*"]);
  await lab.advance("PT2S");
  assert.ok((await latestModel(lab, payments)).every(Boolean));
});

test("an update of an instance that is not there is refused", async () => {
  const { status, body } = await update(createLab(), cache, ["0", "44"]);
  assert.equal(status, 400);
  assert.equal(
    body.error.message,
    "The provided instanceId 44 is not an active Virtual Machine Scale Set VM instanceId.",
  );
});

test("an instance that is brought to another image of the model gets its version", async () => {
  const lab = createLab();
  const orders = scaleSet(production, "rg-data-prod-weu", "vmss-orders-prod");
  assert.equal(exactVersion((await instances(lab, orders))[0]), "22.04.202509030");
  const version = { storageProfile: { imageReference: { version: "latest" } } };
  await patch(lab, orders, { virtualMachineProfile: version });
  await update(lab, orders, ["0"]);
  await lab.advance("PT2S");
  const [first, second] = (await instances(lab, orders)).map(exactVersion);
  assert.equal(first, "22.04.202610100");
  assert.equal(second, "22.04.202509030");
});

test("mode Automatic brings every instance to a changed model at once, mode Rolling batch by batch", async () => {
  const lab = createLab();
  const virtualMachineProfile = { diagnosticsProfile: { bootDiagnostics: { enabled: false } } };
  await patch(lab, cache, { upgradePolicy: { mode: "Automatic" }, virtualMachineProfile });
  assert.ok((await latestModel(lab, cache)).every((applied) => !applied));
  await lab.advance("PT2S");
  assert.ok((await latestModel(lab, cache)).every(Boolean));
  await patch(lab, loadtest, { virtualMachineProfile });
  await lab.advance("PT2S");
  const { runningStatus, progress } = (await get(lab, `${loadtest}/rollingUpgrades/latest`)).properties;
  assert.equal(runningStatus.code, "RollingForward");
  assert.equal(progress.inProgressInstanceCount, 6);
  const before = (await instances(lab, loadtest)).map(exactVersion);
  await lab.advance("PT1H");
  assert.ok((await latestModel(lab, loadtest)).every(Boolean));
  assert.deepEqual((await instances(lab, loadtest)).map(exactVersion), before);
  assert.deepEqual((await get(lab, `${loadtest}/osUpgradeHistory`)).value, [], "it was no OS upgrade");
});

test("a PATCH of anything but the model leaves the instances the latest one", async () => {
  const lab = createLab();
  await patch(lab, cache, { upgradePolicy: { mode: "Manual" }, virtualMachineProfile: {} });
  await lab.advance("PT2S");
  assert.ok((await latestModel(lab, cache)).every(Boolean));
});

test("more capacity is new instances with the newest image, less takes the last ones away", async () => {
  const lab = createLab();
  await lab.ask("PATCH", `${cache}?${compute}`, { sku: { capacity: 6 } });
  const grown = await instances(lab, cache);
  assert.equal(grown.length, 6);
  assert.equal(exactVersion(grown[5]), "22.04.202610100");
  await lab.ask("PATCH", `${cache}?${compute}`, { sku: { capacity: 2 } });
  assert.equal((await instances(lab, cache)).length, 2);
});

test("extensions are replaced whole, merged by PATCH, and never give their protected settings back", async () => {
  const lab = createLab();
  const path = `${cache}/extensions/healthextension?${compute}`;
  const merged = await lab.ask("PATCH", path, { properties: { settings: { port: 9090 } } });
  assert.deepEqual(merged.body.properties.settings, {
    protocol: "http",
    port: 9090,
    requestPath: "/healthz",
  });
  const protectedSettings = { secret: "value" };
  const sent = { properties: { ...healthExtension.properties, settings: {}, protectedSettings } };
  const replaced = await lab.ask("PUT", path, sent);
  assert.equal(replaced.status, 200);
  assert.deepEqual(replaced.body.properties.settings, {});
  assert.ok(!JSON.stringify(await get(lab, cache)).includes("protectedSettings"));
  const extensions = [{ name: "Only", properties: sent.properties }];
  const listed = await patch(lab, cache, { virtualMachineProfile: { extensionProfile: { extensions } } });
  const { extensionProfile } = listed.body.properties.virtualMachineProfile;
  assert.deepEqual(
    extensionProfile.extensions.map((one: Body) => one.name),
    ["Only"],
    "a PATCH of the set replaces the list",
  );
  assert.ok(!JSON.stringify(listed.body).includes("protectedSettings"));
});

test("the extension that the health comes from cannot be deleted while upgrades are on", async () => {
  const lab = createLab();
  const web = scaleSet(production, "rg-web-prod-weu", "vmss-web-prod");
  const refused = await lab.ask("DELETE", `${web}/extensions/HealthExtension?${compute}`);
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /health probe or health extension was not specified/);
  const accepted = await lab.ask("DELETE", `${cache}/extensions/HealthExtension?${compute}`);
  assert.equal(accepted.status, 202);
  await lab.advance("PT2S");
  assert.equal((await lab.ask("GET", `${cache}/extensions/HealthExtension?${compute}`)).status, 404);
  assert.equal((await lab.ask("DELETE", `${cache}/extensions/HealthExtension?${compute}`)).status, 204);
});

test("the load balancer of a probe is there, with its sku", async () => {
  const lab = createLab();
  const worker = scaleSet(production, "rg-web-prod-weu", "vmss-worker-prod");
  const set = await get(lab, worker);
  const probe: string = set.properties.virtualMachineProfile.networkProfile.healthProbe.id;
  const balancer = await lab.ask("GET", `${probe.split("/probes/")[0]}?api-version=2024-05-01`);
  assert.equal(balancer.body.sku.name, "Standard");
  assert.equal(balancer.body.properties.probes[0].id, probe);
  const missing = await lab.ask("GET", `${probe.split("/probes/")[0]}x?api-version=2024-05-01`);
  assert.equal(missing.status, 404);
});

test("what is set at creation cannot be changed", async () => {
  const lab = createLab();
  const changes = {
    "imageReference.sku": {
      virtualMachineProfile: { storageProfile: { imageReference: { sku: "22_04-lts" } } },
    },
    platformFaultDomainCount: { platformFaultDomainCount: 5 },
  };
  for (const [target, properties] of Object.entries(changes)) {
    const { status, body } = await patch(lab, cache, properties);
    assert.equal(status, 409);
    assert.deepEqual(body.error, {
      code: "PropertyChangeNotAllowed",
      message: `Changing property '${target}' is not allowed.`,
      target,
    });
  }
});

test("the view of a set with a probe tells no health, its instances do", async () => {
  const lab = createLab();
  const worker = scaleSet(production, "rg-web-prod-weu", "vmss-worker-prod");
  await lab.ask("POST", "/sandbox/instances", { scaleSet: worker, health: "unhealthy" });
  const view = await get(lab, `${worker}/instanceView`);
  assert.deepEqual(view.virtualMachine.statusesSummary, [{ code: "ProvisioningState/succeeded", count: 10 }]);
  const one = await get(lab, `${worker}/virtualMachines/3/instanceView`);
  assert.equal(one.vmHealth.status.code, "HealthState/unhealthy");
  const extended = await get(lab, `${cache}/instanceView`);
  assert.deepEqual(extended.virtualMachine.statusesSummary[1], { code: "HealthState/healthy", count: 4 });
});

test("protected instances get no upgrade and no model; with none left a start is refused", async () => {
  const lab = createLab();
  const protect = (instanceIds: readonly string[]) =>
    lab.ask("POST", "/sandbox/instances", { scaleSet: cache, instanceIds, protected: true });
  assert.equal((await protect(["0", "2"])).status, 204);
  const policies = (await instances(lab, cache)).map((one) => one.properties.protectionPolicy);
  assert.deepEqual(policies[0], { protectFromScaleIn: false, protectFromScaleSetActions: true });
  assert.equal(policies[1], undefined);
  const before = (await instances(lab, cache)).map(exactVersion);
  assert.equal((await lab.ask("POST", `${cache}/osRollingUpgrade?${compute}`)).status, 202);
  await lab.advance("PT1H");
  const after = (await instances(lab, cache)).map(exactVersion);
  assert.deepEqual(
    after.map((version, index) => version !== before[index]),
    [false, true, false, true],
  );
  const virtualMachineProfile = { diagnosticsProfile: { bootDiagnostics: { enabled: false } } };
  await patch(lab, cache, { upgradePolicy: { mode: "Automatic" }, virtualMachineProfile });
  await lab.advance("PT2S");
  assert.deepEqual(await latestModel(lab, cache), [false, true, false, true]);
  await protect(["1", "3"]);
  const refused = await lab.ask("POST", `${cache}/osRollingUpgrade?${compute}`);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.error.code, "OperationNotAllowed");
  assert.match(refused.body.error.message, /has some unprotected instances which have/);
});

test("the list of a Flexible set holds ids only; each is a virtual machine that is read by its id", async () => {
  const lab = createLab();
  const jumphosts = scaleSet(shared, "rg-build-shared", "vmss-jumphosts");
  const listed = await instances(lab, jumphosts);
  assert.equal(listed.length, 2);
  for (const { id, name, ...rest } of listed) {
    assert.equal(rest.properties, undefined);
    assert.equal(id, `${jumphosts.replace(/virtualMachineScaleSets.*$/, "virtualMachines")}/${name}`);
    const machine = await get(lab, id);
    assert.equal(machine.type, "Microsoft.Compute/virtualMachines");
    assert.equal(machine.properties.virtualMachineScaleSet.id, jumphosts);
    assert.equal(machine.properties.latestModelApplied, undefined);
    assert.equal(machine.properties.instanceView, undefined);
    assert.match(exactVersion(machine), /^20348\./);
    const expanded = await get(lab, `${id}?$expand=instanceView`);
    assert.equal(health(expanded), "HealthState/healthy");
    assert.deepEqual(await get(lab, `${id}/instanceView`), expanded.properties.instanceView);
  }
  assert.equal((await lab.ask("GET", `${listed[0].id}x?${compute}`)).status, 404);
  const wrong = await lab.ask("GET", `${jumphosts}/virtualMachines/${listed[0].name}?${compute}`);
  assert.equal(wrong.body.error.message, "Virtual Machine Scale Set VM instanceId must be a number.");
  assert.equal((await update(lab, jumphosts, [listed[1].instanceId])).status, 202);
  assert.equal((await update(lab, jumphosts, ["0"])).status, 400);
});
