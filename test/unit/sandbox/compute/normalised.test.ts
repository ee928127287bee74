import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, type Body, compute, createLab, type Lab, production, scaleSet } from "../support.ts";

/** A Windows set whose own updates are on, as Azure makes them; upgrades were never set. */
const reporting = scaleSet(production, "rg-data-prod-weu", "vmss-reporting-prod");

const windows = ({ body }: Answer): Body =>
  body.properties.virtualMachineProfile.osProfile.windowsConfiguration;
const read = (lab: Lab): Promise<Answer> => lab.ask("GET", `${reporting}?${compute}`);
const enabled = (enableAutomaticOSUpgrade: boolean): Body => ({
  upgradePolicy: { mode: "Manual", automaticOSUpgradePolicy: { enableAutomaticOSUpgrade } },
});

/** The whole set as it is read, with another policy and without what Windows is told. */
async function withoutWindows(lab: Lab, isOn: boolean): Promise<Body> {
  const { body } = await read(lab);
  delete body.properties.virtualMachineProfile.osProfile.windowsConfiguration;
  Object.assign(body.properties, enabled(isOn));
  return body;
}

test("a PUT that enables upgrades and says nothing of Windows keeps its configuration, with the updates off for good", async () => {
  const lab = createLab({ operationSeconds: 0 });
  assert.equal(windows(await read(lab)).enableAutomaticUpdates, true);
  const known = windows(await read(lab));
  const put = await lab.ask("PUT", `${reporting}?${compute}`, await withoutWindows(lab, true));
  assert.equal(put.status, 200);
  for (const answer of [put, await read(lab)]) {
    assert.deepEqual(windows(answer), { ...known, enableAutomaticUpdates: false });
    assert.equal(windows(answer).provisionVMAgent, true);
    assert.deepEqual(answer.body.properties.upgradePolicy, {
      mode: "Manual",
      rollingUpgradePolicy: {
        maxBatchInstancePercent: 20,
        maxUnhealthyInstancePercent: 20,
        maxUnhealthyUpgradedInstancePercent: 20,
        pauseTimeBetweenBatches: "PT0S",
      },
      automaticOSUpgradePolicy: { useRollingUpgradePolicy: false, enableAutomaticOSUpgrade: true },
    });
  }
  const off = await lab.ask("PUT", `${reporting}?${compute}`, await withoutWindows(lab, false));
  assert.equal(off.status, 200);
  assert.equal(windows(await read(lab)).enableAutomaticUpdates, false);
});

test("a PATCH that enables upgrades does the same where the updates were never named", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const { body } = await read(lab);
  delete body.properties.virtualMachineProfile.osProfile.windowsConfiguration;
  const copy = scaleSet(production, "rg-data-prod-weu", "vmss-copy-prod");
  const made = await lab.ask("PUT", `${copy}?${compute}`, body);
  assert.equal(made.status, 201);
  assert.deepEqual(windows(made), { provisionVMAgent: true, enableAutomaticUpdates: true });
  const on = await lab.ask("PATCH", `${copy}?${compute}`, { properties: enabled(true) });
  assert.deepEqual(windows(on), { provisionVMAgent: true, enableAutomaticUpdates: false });
  assert.equal(on.body.properties.upgradePolicy.rollingUpgradePolicy.maxBatchInstancePercent, 20);
  assert.equal(on.body.properties.upgradePolicy.automaticOSUpgradePolicy.useRollingUpgradePolicy, false);
  const off = await lab.ask("PATCH", `${copy}?${compute}`, { properties: enabled(false) });
  assert.equal(windows(off).enableAutomaticUpdates, false);
});

test("a body that says true itself is refused, by PUT and by PATCH", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const { body } = await read(lab);
  Object.assign(body.properties, enabled(true));
  const virtualMachineProfile = { osProfile: { windowsConfiguration: { enableAutomaticUpdates: true } } };
  const answers = [
    await lab.ask("PUT", `${reporting}?${compute}`, body),
    await lab.ask("PATCH", `${reporting}?${compute}`, {
      properties: { ...enabled(true), virtualMachineProfile },
    }),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 400);
    assert.match(answer.body.error.message, /^windowsConfiguration\.enableAutomaticUpdates cannot be set/);
  }
  assert.equal(windows(await read(lab)).enableAutomaticUpdates, true);
});

test("a Linux set is told nothing of Windows", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const cache = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
  const { body } = await lab.ask("GET", `${cache}?${compute}`);
  Object.assign(body.properties, enabled(true));
  assert.equal(windows(await lab.ask("PUT", `${cache}?${compute}`, body)), undefined);
});

test("a Windows set without an OS profile, as of a specialized image, gets none", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const { body } = await read(lab);
  delete body.properties.virtualMachineProfile.osProfile;
  const copy = scaleSet(production, "rg-data-prod-weu", "vmss-copy-prod");
  assert.equal((await lab.ask("PUT", `${copy}?${compute}`, body)).status, 201);
  const on = await lab.ask("PATCH", `${copy}?${compute}`, { properties: enabled(true) });
  assert.equal(on.status, 200);
  assert.equal(on.body.properties.virtualMachineProfile.osProfile, undefined);
});

test("patching without a restart needs the platform's patches: the one is not changed without the other", async () => {
  const lab = createLab({ operationSeconds: 0 });
  const set = (patchSettings: Body) =>
    lab.ask("PATCH", `${reporting}?${compute}`, {
      properties: { virtualMachineProfile: { osProfile: { windowsConfiguration: { patchSettings } } } },
    });
  assert.equal((await set({ patchMode: "AutomaticByPlatform", enableHotpatching: true })).status, 200);
  const refused = await set({ patchMode: "Manual" });
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /enableHotpatching/);
  assert.equal((await set({ patchMode: "Manual", enableHotpatching: false })).status, 200);
});
