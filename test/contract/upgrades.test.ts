import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ComputeManagementClient } from "@azure/arm-compute";
import { at } from "../../src/core/json.ts";
import { sandboxEndpoint } from "../../src/sandbox/sandbox.ts";
import { differences } from "./support/model.ts";
import { credential, recordedSandbox } from "./support/recorder.ts";

const production = "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";
const shared = "4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002";
const web = "rg-web-prod-weu";
const idOf = (name: string) =>
  `/subscriptions/${production}/resourceGroups/${web}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
const path = `${idOf("vmss-cache-prod")}?api-version=2026-04-01`;

/** Microsoft's client over a sandbox whose upgrades take no time, unless a test wants them to. */
async function lab(batch = "PT0S", subscriptionId = production) {
  const recorded = recordedSandbox();
  const { httpClient, ask } = recorded;
  const client = new ComputeManagementClient(credential, subscriptionId, {
    endpoint: sandboxEndpoint,
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
  const order = async (control: string, body: object): Promise<void> => {
    const { status } = await ask("POST", `/sandbox/${control}`, body);
    assert.ok(status < 300, `${control} answers ${status}`);
  };
  await order("upgrades", { batch, patience: "PT0S" });
  const wire = (): unknown => JSON.parse(recorded.exchanges.at(-1)?.body ?? "null");
  return { ...recorded, client, order, wire };
}

async function drained<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

describe("rolling upgrades as the SDK drives them in the sandbox", () => {
  it("starts one, follows it to its end and reads how it went", async () => {
    const { client, wire, exchanges } = await lab();
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetRollingUpgrades: upgrades } = client;
    await upgrades.startOSUpgrade(web, "vmss-cache-prod");
    const start = exchanges.find(({ method, url }) => method === "POST" && /osRollingUpgrade/.test(url));
    assert.equal(start?.status, 202);
    assert.ok(exchanges.filter(({ url }) => /\/operations\//.test(url)).length > 0, "nothing was polled");
    const latest = await upgrades.getLatest(web, "vmss-cache-prod");
    assert.deepEqual(differences(wire(), latest), []);
    assert.equal(latest.runningStatus?.code, "Completed");
    assert.equal(latest.progress?.successfulInstanceCount, 4);
    const history = await drained(sets.listOSUpgradeHistory(web, "vmss-cache-prod"));
    assert.deepEqual(differences(at(wire(), "value"), history), []);
    assert.equal(history[0]?.properties?.startedBy, "User");
    assert.equal(history[0]?.properties?.targetImageReference?.sku, "22_04-lts-gen2");
  });

  it("gives the error of a failed one to whoever follows its operation", async () => {
    const { client, order, wire } = await lab();
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetRollingUpgrades: upgrades } = client;
    const scaleSet = idOf("vmss-cache-prod");
    const fail = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
    await order("upgrades", { scaleSet, fail });
    await assert.rejects(async () => upgrades.startOSUpgrade(web, "vmss-cache-prod"), /after being upgraded/);
    const latest = await upgrades.getLatest(web, "vmss-cache-prod");
    assert.deepEqual(differences(wire(), latest), []);
    assert.equal(latest.error?.code, fail);
    assert.equal(latest.error?.details?.[0]?.code, "RollingUpgradeInstanceUnhealthyError");
    const history = await drained(sets.listOSUpgradeHistory(web, "vmss-cache-prod"));
    assert.deepEqual(differences(at(wire(), "value"), history), []);
  });

  it("cancels one that runs, and says where none does", async () => {
    const { client } = await lab("PT1H");
    const { virtualMachineScaleSetRollingUpgrades: upgrades } = client;
    const name = "vmss-cache-prod";
    await assert.rejects(async () => upgrades.cancel(web, name), {
      statusCode: 409,
      message: "There is no ongoing Rolling Upgrade to cancel.",
    });
    const started = upgrades.startOSUpgrade(web, name);
    await started.submitted();
    await upgrades.cancel(web, name);
    const latest = await upgrades.getLatest(web, name);
    assert.equal(latest.runningStatus?.code, "Cancelled");
    assert.equal(latest.runningStatus?.lastAction, "Cancel");
    await assert.rejects(async () => started);
  });

  it("approves a deferred one", async () => {
    const { client } = await lab();
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetRollingUpgrades: upgrades } = client;
    const automaticOSUpgradePolicy = { osRollingUpgradeDeferral: true };
    await sets.update(web, "vmss-cache-prod", { upgradePolicy: { automaticOSUpgradePolicy } });
    const started = upgrades.startOSUpgrade(web, "vmss-cache-prod");
    await started.submitted();
    await sets.approveRollingUpgrade(web, "vmss-cache-prod", { vmInstanceIDs: { instanceIds: ["1"] } });
    const waiting = await upgrades.getLatest(web, "vmss-cache-prod");
    assert.equal(waiting.progress?.pendingInstanceCount, 3);
    await sets.approveRollingUpgrade(web, "vmss-cache-prod");
    await started;
    assert.equal((await upgrades.getLatest(web, "vmss-cache-prod")).runningStatus?.code, "Completed");
  });
});

describe("instances, extensions and images as the SDK reads them from the sandbox", () => {
  it("loses nothing of instances with their views, while they are upgraded and unhealthy", async () => {
    const { client, order, wire } = await lab("PT1H");
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: machines } = client;
    const scaleSet = idOf("vmss-web-prod");
    await order("images", {
      publisher: "Canonical",
      offer: "0001-com-ubuntu-server-jammy",
      sku: "22_04-lts-gen2",
    });
    await order("instances", { scaleSet, instanceIds: ["7"], health: "unhealthy" });
    await order("upgrades", { scaleSet, start: "Platform" });
    const listed = await drained(machines.list(web, "vmss-web-prod", { expand: "instanceView" }));
    assert.deepEqual(differences(at(wire(), "value"), listed), []);
    const codes = new Set(listed.map((one) => one.instanceView?.vmHealth?.status?.code));
    assert.deepEqual(codes, new Set(["HealthState/healthy", "HealthState/unhealthy"]));
    assert.match(listed[0]?.storageProfile?.imageReference?.exactVersion ?? "", /^22\.04\.\d{9}$/);
    const view = await machines.getInstanceView(web, "vmss-web-prod", "7");
    assert.deepEqual(differences(wire(), view), []);
    const summary = await sets.getInstanceView(web, "vmss-web-prod");
    assert.deepEqual(differences(wire(), summary), []);
    assert.ok(
      summary.virtualMachine?.statusesSummary?.some((one) => one.code === "ProvisioningState/updating"),
    );
  });

  it("adds, reads, changes and removes an extension, and brings the instances to the model", async () => {
    const { client, wire, ask } = await lab();
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: machines } = client;
    const { virtualMachineScaleSetExtensions: extensions } = client;
    const name = "vmss-cache-prod";
    const listed = await drained(extensions.list(web, name));
    assert.deepEqual(differences(at(wire(), "value"), listed), []);
    const settings = { protocol: "tcp", port: 22 };
    const changed = await extensions.update(web, name, "HealthExtension", { settings });
    assert.equal(changed.settings?.["protocol"], "tcp");
    await extensions.delete(web, name, "HealthExtension");
    const made = await extensions.createOrUpdate(web, name, "Health", {
      publisher: "Microsoft.ManagedServices",
      typePropertiesType: "ApplicationHealthLinux",
      typeHandlerVersion: "2.0",
      autoUpgradeMinorVersion: true,
      settings,
    });
    const read = await extensions.get(web, name, "Health");
    assert.deepEqual(differences(wire(), read), []);
    assert.deepEqual(made, read);
    const applied = async () => {
      const all = await drained(machines.list(web, name));
      return all.map((one) => one.latestModelApplied);
    };
    assert.deepEqual(await applied(), [false, false, false, false]);
    await sets.updateInstances(web, name, { instanceIds: ["0", "1"] });
    assert.deepEqual(await applied(), [true, true, false, false]);
    assert.equal((await ask("GET", path)).status, 200);
  });

  it("loses nothing of gallery image versions with their replication", async () => {
    const { client, wire } = await lab("PT0S", shared);
    const { galleryImageVersions: versions } = client;
    const image = ["rg-build-shared", "galContoso", "build-agent-linux"] as const;
    const listed = await drained(versions.listByGalleryImage(...image));
    assert.deepEqual(differences(at(wire(), "value"), listed), []);
    assert.equal(listed.length, 4);
    const one = await versions.get(...image, "1.5.0", { expand: "ReplicationStatus" });
    assert.deepEqual(differences(wire(), one), []);
    assert.equal(one.publishingProfile?.excludeFromLatest, true);
    assert.equal(one.replicationStatus?.summary?.[1]?.state, "Replicating");
  });
});
