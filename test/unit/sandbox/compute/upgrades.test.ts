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

/** 12 instances in three zones, upgrades on, in a nightly window; all run the newest image. */
const web = scaleSet(production, "rg-web-prod-weu", "vmss-web-prod");
/** 4 instances, upgrades off, with the image of a month ago. */
const cache = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
/** 30 instances in mode Rolling, half of them with an old image. */
const loadtest = scaleSet(staging, "rg-loadtest-staging", "vmss-loadtest-staging");
const jammy = { publisher: "Canonical", offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts-gen2" };

const get = async (lab: Lab, path: string): Promise<Body> => {
  const separator = path.includes("?") ? "&" : "?";
  return (await lab.ask("GET", `${path}${separator}${compute}`)).body;
};
const latest = async (lab: Lab, id: string): Promise<Body> =>
  (await get(lab, `${id}/rollingUpgrades/latest`)).properties;
const history = async (lab: Lab, id: string): Promise<Body[]> =>
  (await get(lab, `${id}/osUpgradeHistory`)).value;
const instances = async (lab: Lab, id: string): Promise<Body[]> =>
  (await get(lab, `${id}/virtualMachines?$expand=instanceView`)).value;
const versions = async (lab: Lab, id: string): Promise<string[]> =>
  (await instances(lab, id)).map((one) => one.properties.storageProfile.imageReference.exactVersion);
const start = (lab: Lab, id: string) => lab.ask("POST", `${id}/osRollingUpgrade?${compute}`);
const relative = (url = ""): string => url.replace(/^https:\/\/[^/]+/, "");
const operation = async (lab: Lab, headers: Readonly<Record<string, string>>): Promise<Body> =>
  (await lab.ask("GET", relative(headers["azure-asyncoperation"]))).body;
const order = async (lab: Lab, control: string, body: Body): Promise<Body> => {
  const answer = await lab.ask("POST", `/sandbox/${control}`, body);
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return answer.body;
};
/** Everybody runs the image of today from now on, save those who have to be upgraded to it. */
const publish = (lab: Lab): Promise<Body> => order(lab, "images", jammy);
const counts = ({ progress }: Body) => [
  progress.successfulInstanceCount,
  progress.failedInstanceCount,
  progress.inProgressInstanceCount,
  progress.pendingInstanceCount,
];

test("an upgrade goes batch by batch, a fifth at a time and in one zone, until all have the newest image", async () => {
  const lab = createLab();
  const { version } = await publish(lab);
  assert.equal(version, "22.04.202611230");
  const accepted = await start(lab, web);
  assert.equal(accepted.status, 202);
  assert.ok(accepted.headers["location"]);
  let running = await latest(lab, web);
  assert.equal(running.runningStatus.code, "RollingForward");
  assert.equal(running.runningStatus.lastAction, "Start");
  assert.equal(running.policy.maxBatchInstancePercent, 20);
  assert.deepEqual(counts(running), [0, 0, 2, 10]);
  assert.equal((await get(lab, web)).properties.provisioningState, "Updating");
  const working = (await instances(lab, web)).filter(
    (one) => one.properties.provisioningState === "Updating",
  );
  assert.deepEqual(
    working.map(({ zones }) => zones),
    [["1"], ["1"]],
  );
  await lab.advance("PT1M");
  running = await latest(lab, web);
  assert.deepEqual(counts(running), [2, 0, 2, 8]);
  assert.equal((await versions(lab, web)).filter((one) => one === version).length, 2);
  assert.equal((await operation(lab, accepted.headers)).status, "InProgress");
  await lab.advance("PT5M");
  const done = await latest(lab, web);
  assert.equal(done.runningStatus.code, "Completed");
  assert.deepEqual(counts(done), [12, 0, 0, 0]);
  assert.ok((await versions(lab, web)).every((one) => one === version));
  assert.equal((await operation(lab, accepted.headers)).status, "Succeeded");
  assert.equal((await get(lab, web)).properties.provisioningState, "Succeeded");
  const [newest] = await history(lab, web);
  assert.equal(newest.properties.startedBy, "User");
  assert.equal(newest.properties.targetImageReference.version, version);
  assert.equal(newest.properties.runningStatus.endTime, "2026-11-23T09:06:00.0000000+00:00");
});

test("batches and pauses follow the rolling upgrade policy, and orders say how long they take", async () => {
  const lab = createLab();
  const rollingUpgradePolicy = {
    maxBatchInstancePercent: 50,
    maxUnhealthyInstancePercent: 60,
    pauseTimeBetweenBatches: "PT2M",
    enableCrossZoneUpgrade: true,
  };
  await lab.ask("PATCH", `${loadtest}?${compute}`, {
    properties: { upgradePolicy: { rollingUpgradePolicy } },
  });
  await lab.advance("PT2S");
  await order(lab, "upgrades", { scaleSet: loadtest, batch: "PT10S" });
  await start(lab, loadtest);
  assert.deepEqual(counts(await latest(lab, loadtest)), [0, 0, 15, 0], "15 have an old image");
  await publish(lab);
  await lab.advance("PT10S");
  assert.equal((await latest(lab, loadtest)).runningStatus.code, "Completed");
  await start(lab, loadtest);
  assert.deepEqual(counts(await latest(lab, loadtest)), [0, 0, 15, 15]);
  await lab.advance("PT129S");
  assert.deepEqual(counts(await latest(lab, loadtest)), [15, 0, 0, 15], "the pause");
  await lab.advance("PT11S");
  assert.equal((await latest(lab, loadtest)).runningStatus.code, "Completed");
});

test("where every instance has the newest image a start succeeds, does nothing and is in no history", async () => {
  const lab = createLab();
  const before = (await history(lab, web)).length;
  const accepted = await start(lab, web);
  assert.equal(accepted.status, 202);
  assert.equal((await operation(lab, accepted.headers)).status, "Succeeded");
  assert.deepEqual(counts(await latest(lab, web)), [0, 0, 0, 0]);
  assert.equal((await history(lab, web)).length, before);
});

const because = "Virtual Machine Scale Set";
const refusals: readonly (readonly [what: string, id: string, message: string])[] = [
  [
    "a pinned image",
    scaleSet(production, "rg-data-prod-weu", "vmss-orders-prod"),
    `The OS Rolling Upgrade API cannot be used on a ${because} unless the ${because} has some unprotected instances which have imageReference.version set to latest.`,
  ],
  [
    "no health source",
    scaleSet(production, "rg-data-prod-weu", "vmss-payments-prod"),
    `Operation 'osRollingUpgrade' is not allowed on ${because} 'vmss-payments-prod'.`,
  ],
];
for (const [what, id, message] of refusals) {
  test(`a start is refused with ${what}`, async () => {
    const { status, body } = await start(createLab(), id);
    assert.equal(status, 409);
    assert.deepEqual(body.error, { code: "OperationNotAllowed", message });
  });
}

test("a second start is refused while an upgrade runs, and so is a cancel while none does", async () => {
  const lab = createLab();
  const none = await lab.ask("POST", `${cache}/rollingUpgrades/cancel?${compute}`);
  assert.equal(none.status, 409);
  assert.equal(none.body.error.message, "There is no ongoing Rolling Upgrade to cancel.");
  await start(lab, cache);
  const second = await start(lab, cache);
  assert.equal(second.status, 409);
  assert.match(
    second.body.error.message,
    /^Operation 'osRollingUpgrade' is not allowed on .*'vmss-cache-prod'/,
  );
});

test("a cancelled upgrade keeps what is done, and its own operation ends as cancelled", async () => {
  const lab = createLab();
  await publish(lab);
  const accepted = await start(lab, web);
  await lab.advance("PT90S");
  const cancel = await lab.ask("POST", `${web}/rollingUpgrades/cancel?${compute}`);
  assert.equal(cancel.status, 202);
  assert.equal((await latest(lab, web)).runningStatus.lastAction, "Cancel");
  assert.equal((await operation(lab, cancel.headers)).status, "InProgress");
  await lab.advance("PT1H");
  assert.equal((await operation(lab, cancel.headers)).status, "Succeeded");
  assert.equal((await operation(lab, accepted.headers)).status, "Canceled");
  const ended = await latest(lab, web);
  assert.equal(ended.runningStatus.code, "Cancelled");
  assert.deepEqual(counts(ended), [2, 0, 0, 10]);
  assert.equal(ended.error.code, "RollingUpgradeCanceled");
  for (const one of [ended.error, ...ended.error.details]) {
    assert.ok(one.code.length > 0 && one.message.length > 0 && one.target.length > 0);
  }
  assert.deepEqual(Object.keys(ended.runningStatus), ["code", "startTime", "lastAction", "lastActionTime"]);
  assert.match(ended.runningStatus.lastActionTime, /^2026-11-23T09:01:30\.\d{7}\+00:00$/);
  assert.equal((await lab.ask("GET", relative(cancel.headers["location"]))).body, undefined);
  const [newest] = await history(lab, web);
  assert.equal(newest.properties.runningStatus.code, "Cancelled");
  assert.match(newest.properties.runningStatus.endTime, /^2026-11-23T09:01:32\.\d{7}\+00:00$/);
  assert.deepEqual(newest.properties.error, ended.error);
});

test("too many unhealthy instances stop an upgrade before its first batch, with the recorded words", async () => {
  const lab = createLab();
  await publish(lab);
  await order(lab, "instances", { scaleSet: web, instanceIds: ["1", "4", "9"], health: "unhealthy" });
  const accepted = await start(lab, web);
  const { error, runningStatus, progress } = await latest(lab, web);
  assert.equal(runningStatus.code, "Faulted");
  assert.equal(progress.successfulInstanceCount, 0);
  assert.equal(error.code, "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade");
  assert.equal(
    error.message,
    "Rolling Upgrade failed due to exceeding the MaxUnhealthyInstancePercent value (defined in the RollingUpgradePolicy) before any batch was attempted. 25% of instances are in an unhealthy state, more than the threshold of 20% configured in the RollingUpgradePolicy. The most impactful error is:  Instance found to be unhealthy or unreachable. For details on rolling upgrades, use http://aka.ms/AzureVMSSRollingUpgrade",
  );
  assert.deepEqual(error.details[0], {
    code: "RollingUpgradeInstanceUnhealthyError",
    target: "vmss-web-prod/virtualMachines/1",
    message: "Instance found to be unhealthy or unreachable.",
  });
  const failed = await operation(lab, accepted.headers);
  assert.equal(failed.status, "Failed");
  assert.equal(failed.error.code, error.code);
});

test("instances that fall ill meanwhile stop it between batches", async () => {
  const lab = createLab();
  await publish(lab);
  await start(lab, web);
  await lab.advance("PT30S");
  await order(lab, "instances", { scaleSet: web, instanceIds: ["9", "10", "11"], health: "unhealthy" });
  await lab.advance("PT30S");
  const { error, runningStatus } = await latest(lab, web);
  assert.equal(runningStatus.code, "Faulted");
  assert.equal(error.code, "MaxUnhealthyInstancePercentExceededInRollingUpgrade");
});

const ways: readonly (readonly [code: string, batches: number, ended: string, counts: number[]])[] = [
  ["MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade", 1, "Faulted", [2, 2, 0, 8]],
  ["MaxUnhealthyInstancePercentExceededInRollingUpgrade", 2, "Faulted", [4, 0, 0, 8]],
  ["MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade", 0, "Faulted", [0, 0, 0, 12]],
  ["InternalExecutionError", 3, "Faulted", [6, 0, 0, 6]],
  ["RollingUpgradeTimeoutError", 1, "Faulted", [2, 0, 0, 10]],
  ["RollingUpgradeBatchStartTimeNotWithinScheduledWindows", 2, "Faulted", [4, 0, 0, 8]],
  ["RollingUpgradeInProgressWithFailedUpgradedVMs", 1, "Completed", [11, 1, 0, 0]],
];
for (const [code, afterBatches, ended, expected] of ways) {
  test(`an upgrade is ordered to fail with ${code}; the next one does not`, async () => {
    const lab = createLab();
    await publish(lab);
    await order(lab, "upgrades", { scaleSet: web, fail: code, afterBatches });
    await start(lab, web);
    await lab.advance("PT1H");
    const { error, ...status } = await latest(lab, web);
    assert.equal(error.code, code);
    assert.equal(status.runningStatus.code, ended);
    assert.deepEqual(counts(status), expected);
    assert.equal((await history(lab, web))[0].properties.error.code, code);
    await order(lab, "instances", { scaleSet: web, health: "healthy" });
    await start(lab, web);
    await lab.advance("PT1H");
    assert.equal((await latest(lab, web)).runningStatus.code, "Completed");
  });
}

test("a user's upgrade leaves failed instances as they are; the policy can say otherwise", async () => {
  const code = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
  for (const rollbackFailedInstancesOnPolicyBreach of [false, true]) {
    const lab = createLab();
    const { version } = await publish(lab);
    const rollingUpgradePolicy = { rollbackFailedInstancesOnPolicyBreach };
    await lab.ask("PATCH", `${web}?${compute}`, { properties: { upgradePolicy: { rollingUpgradePolicy } } });
    await order(lab, "upgrades", { scaleSet: web, fail: code, afterBatches: 0 });
    await start(lab, web);
    await lab.advance("PT5M");
    const { code: status } = (await latest(lab, web)).runningStatus;
    assert.equal(status, rollbackFailedInstancesOnPolicyBreach ? "RollingBack" : "Faulted");
    await lab.advance("PT1M");
    const [{ properties }] = (await history(lab, web)) as [Body];
    assert.equal(properties.runningStatus.code, "Faulted");
    const restored = properties.rollbackInfo.successfullyRolledbackInstanceCount;
    assert.equal(restored, rollbackFailedInstancesOnPolicyBreach ? 2 : 0);
    const upgraded = (await versions(lab, web)).filter((one) => one === version).length;
    assert.equal(upgraded, rollbackFailedInstancesOnPolicyBreach ? 0 : 2);
  }
});

test("the platform upgrades in the set's window when a newer image is published, and only there", async () => {
  const lab = createLab(); // 10:00 in the zone of the window, which opens at 22:00
  const { version } = await publish(lab);
  const before = (await history(lab, web)).length;
  await lab.advance("PT11H59M");
  assert.equal((await history(lab, web)).length, before);
  await lab.advance("PT6M");
  const [begun] = await history(lab, web);
  assert.equal(begun.properties.startedBy, "Platform");
  assert.equal(begun.properties.runningStatus.startTime.slice(0, 13), "2026-11-23T21");
  assert.equal(begun.properties.targetImageReference.version, version);
  await lab.advance("PT1H");
  assert.ok((await versions(lab, web)).every((one) => one === version));
  assert.ok(!(await versions(lab, cache)).includes(version), "upgrades are off");
});

test("the platform takes a set without a configuration at once, and one with an expired window never", async () => {
  const lab = createLab();
  await publish(lab);
  const checkout = scaleSet(production, "rg-web-prod-weu", "vmss-checkout-prod");
  assert.equal((await latest(lab, checkout)).runningStatus.code, "RollingForward");
  const archive = scaleSet(production, "rg-media-prod-neu", "vmss-archive-prod");
  await order(lab, "images", {
    publisher: "MicrosoftCblMariner",
    offer: "azure-linux",
    sku: "azure-linux-3",
  });
  await lab.advance("P3D");
  assert.deepEqual(await history(lab, archive), []);
});

test("nothing starts by itself that was not ordered", async () => {
  const lab = createLab();
  const before = await history(lab, web);
  await lab.advance("P10D");
  assert.deepEqual(await history(lab, web), before);
});

test("the platform gives failed instances their old disks back, and says where it could not", async () => {
  for (const rollbackFails of [false, true]) {
    const lab = createLab();
    const { version } = await publish(lab);
    const fail = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
    const patience = "PT1M";
    await order(lab, "upgrades", { scaleSet: web, start: "Platform", fail, patience, rollbackFails });
    await lab.advance("PT2M");
    assert.equal((await latest(lab, web)).runningStatus.code, "RollingBack");
    await lab.advance("PT1M");
    const [{ properties }] = (await history(lab, web)) as [Body];
    const { successfullyRolledbackInstanceCount, failedRolledbackInstanceCount, rollbackError } =
      properties.rollbackInfo;
    assert.equal(properties.runningStatus.code, "Faulted");
    assert.equal(successfullyRolledbackInstanceCount, rollbackFails ? 0 : 2);
    assert.equal(failedRolledbackInstanceCount, rollbackFails ? 2 : 0);
    assert.equal(rollbackError !== undefined, rollbackFails);
    const upgraded = (await versions(lab, web)).filter((one) => one === version).length;
    assert.equal(upgraded, rollbackFails ? 4 : 2);
  }
});

test("an upgrade ends though instances are taken away or the set is changed meanwhile", async () => {
  const lab = createLab();
  await publish(lab);
  await start(lab, web);
  await lab.ask("PATCH", `${web}?${compute}`, { sku: { capacity: 5 } });
  await lab.advance("PT3S");
  assert.equal((await get(lab, web)).properties.provisioningState, "Updating");
  await lab.advance("PT1H");
  assert.equal((await latest(lab, web)).runningStatus.code, "Completed");
  assert.equal((await get(lab, web)).properties.provisioningState, "Succeeded");
});

test("deferred instances wait for their approval", async () => {
  const lab = createLab();
  await publish(lab);
  const automaticOSUpgradePolicy = { osRollingUpgradeDeferral: true };
  await lab.ask("PATCH", `${web}?${compute}`, {
    properties: { upgradePolicy: { automaticOSUpgradePolicy } },
  });
  const approve = (body?: Body) => lab.ask("POST", `${web}/approveRollingUpgrade?${compute}`, body);
  assert.equal((await approve()).status, 409, "nothing waits");
  await start(lab, web);
  await lab.advance("PT1H");
  assert.deepEqual(counts(await latest(lab, web)), [0, 0, 0, 12]);
  assert.equal((await approve({ instanceIds: ["99"] })).status, 400);
  assert.equal((await approve({ instanceIds: ["3"] })).status, 202);
  await lab.advance("PT1H");
  assert.deepEqual(counts(await latest(lab, web)), [1, 0, 0, 11]);
  await approve();
  await lab.advance("PT1H");
  assert.equal((await latest(lab, web)).runningStatus.code, "Completed");
});

test("the history has the last five attempts of two months", async () => {
  const lab = createLab();
  assert.deepEqual(
    (await history(lab, web)).map((one) => one.properties.runningStatus.startTime.slice(0, 10)),
    ["2026-11-19", "2026-10-20"],
    "the third is older",
  );
  for (let day = 0; day < 6; day++) {
    await order(lab, "images", { ...jammy, version: `22.04.9999${day}` });
    await start(lab, web);
    await lab.advance("PT1H");
  }
  assert.equal((await history(lab, web)).length, 5);
});

test("an upgrade of a gallery image takes the newest version that the region has and that counts as latest", async () => {
  const lab = createLab();
  const agents = scaleSet(shared, "rg-build-shared", "vmss-build-agents");
  const image = (await get(lab, agents)).properties.virtualMachineProfile.storageProfile.imageReference.id;
  const list = (await get(lab, `${image}/versions`)).value;
  assert.equal(list[0].properties.publishingProfile.excludeFromLatest, true);
  const one = await get(lab, `${image}/versions/1.5.0?$expand=ReplicationStatus`);
  assert.equal(one.properties.replicationStatus.aggregatedState, "InProgress");
  assert.deepEqual(new Set(await versions(lab, agents)), new Set(["1.4.2"]));
  await order(lab, "instances", { scaleSet: agents, instanceIds: ["3", "5"], version: "1.4.1" });
  await start(lab, agents);
  await lab.advance("PT1H");
  assert.deepEqual(new Set(await versions(lab, agents)), new Set(["1.4.2"]));
  await order(lab, "images", { galleryImage: image, version: "1.6.0", replicatingRegions: ["westeurope"] });
  await start(lab, agents);
  assert.equal((await latest(lab, agents)).runningStatus.code, "Completed", "1.6.0 is not there yet");
});

test("each action has a permission of its own", async () => {
  const lab = createLab();
  const calls = {
    "osRollingUpgrade/action": ["POST", "osRollingUpgrade"],
    "rollingUpgrades/action": ["POST", "rollingUpgrades/cancel"],
    "rollingUpgrades/read": ["GET", "rollingUpgrades/latest"],
    "osUpgradeHistory/read": ["GET", "osUpgradeHistory"],
    "instanceView/read": ["GET", "instanceView"],
    "virtualMachines/read": ["GET", "virtualMachines/0"],
    "manualupgrade/action": ["POST", "manualupgrade"],
    "extensions/write": ["PUT", "extensions/Health"],
  } as const;
  for (const [name, [method, child]] of Object.entries(calls)) {
    const action = `Microsoft.Compute/virtualMachineScaleSets/${name}`;
    assert.notEqual((await lab.ask(method, `${web}/${child}?${compute}`, {})).status, 403, name);
    await order(lab, "denials", { scope: web, action });
    const { status, body } = await lab.ask(method, `${web}/${child}?${compute}`, {});
    assert.equal(status, 403, name);
    assert.ok(body.error.message.includes(`'${action}'`), body.error.message);
  }
});

test("the controls refuse what they do not know", async () => {
  const lab = createLab();
  const bodies: readonly (readonly [string, Body])[] = [
    ["upgrades", { scaleSet: `${web}-gone` }],
    ["upgrades", { scaleSet: web, fail: "Bad" }],
    ["upgrades", { scaleSet: web, batch: "10s" }],
    ["upgrades", { start: "Platform" }],
    ["instances", { scaleSet: web }],
    ["images", { publisher: "Canonical" }],
  ];
  for (const [control, body] of bodies) {
    const answer = await lab.ask("POST", `/sandbox/${control}`, body);
    assert.equal(answer.body?.error.code, "SandboxControlInvalid", JSON.stringify(body));
  }
});
