import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Body,
  compute,
  configuration,
  createLab,
  type Lab,
  maintenance,
  production,
  scaleSet,
  shared,
} from "../support.ts";

/** 8 instances, upgrades on, in a nightly window from 22:00 to 03:00 of its zone: 21:00 to 02:00 UTC in November. */
const api = scaleSet(production, "rg-web-prod-weu", "vmss-api-prod");
/** The image of `api`. */
const image = {
  publisher: "MicrosoftWindowsServer",
  offer: "WindowsServer",
  sku: "2022-datacenter-azure-edition",
};
const closed = "RollingUpgradeBatchStartTimeNotWithinScheduledWindows";

const order = async (lab: Lab, control: string, body: Body): Promise<void> => {
  const answer = await lab.ask("POST", `/sandbox/${control}`, body);
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
};
const history = async (lab: Lab): Promise<Body[]> =>
  (await lab.ask("GET", `${api}/osUpgradeHistory?${compute}`)).body.value.map((one: Body) => one.properties);
const counts = ({ progress }: Body) => [
  progress.successfulInstanceCount,
  progress.failedInstanceCount,
  progress.inProgressInstanceCount,
  progress.pendingInstanceCount,
];
const startOf = (attempt: Body): string => attempt.runningStatus.startTime.slice(0, 16);

async function slowly(): Promise<Lab> {
  const lab = createLab(); // at 09:00 UTC
  await order(lab, "upgrades", { batch: "PT3H", patience: "PT5M" });
  await order(lab, "images", { ...image, version: "20348.9999.261201" });
  return lab;
}

test("no batch begins outside a window: the rest stays as it is, and the next window goes on with it", async () => {
  const lab = await slowly();
  const before = (await history(lab)).length;
  for (let turn = 0; turn < 4; turn++) await lab.advance("PT12H");
  const [second, first, ...older] = (await history(lab)) as [Body, Body, ...Body[]];
  assert.equal(older.length, before);
  assert.deepEqual([startOf(first), startOf(second)], ["2026-11-23T21:00", "2026-11-24T21:00"]);
  // The batches begin at 21:00 and midnight; the third would begin at 03:00, an hour after the window.
  assert.deepEqual(counts(first), [2, 0, 0, 6]);
  assert.deepEqual(counts(second), [2, 0, 0, 4]);
  for (const attempt of [first, second]) {
    assert.equal(attempt.startedBy, "Platform");
    assert.equal(attempt.runningStatus.code, "Faulted");
    assert.deepEqual(attempt.error, {
      code: closed,
      message:
        "Rolling Upgrade failed because the current time is no longer within any of the Automatic OS Upgrade scheduled windows.",
    });
    assert.equal(new Date(attempt.runningStatus.endTime).getUTCHours(), 3);
  }
  const { value } = (await lab.ask("GET", `${api}/virtualMachines?${compute}`)).body;
  const versions = value.map((one: Body) => one.properties.storageProfile.imageReference.exactVersion);
  assert.equal(versions.filter((one: string) => one === "20348.9999.261201").length, 4);
});

test("attempts of several windows are the same however the clock is turned, and end with the upgrade", async () => {
  const [whole, stepwise] = [await slowly(), await slowly()];
  await whole.advance("P5D");
  for (let hour = 0; hour < 120; hour++) {
    await stepwise.advance("PT1H");
    await history(stepwise);
  }
  const attempts = (await history(whole)).slice(0, 4);
  assert.deepEqual((await history(stepwise)).slice(0, 4), attempts);
  assert.deepEqual(attempts.map(counts), [
    [2, 0, 0, 0],
    [2, 0, 0, 2],
    [2, 0, 0, 4],
    [2, 0, 0, 6],
  ]);
  assert.equal(attempts[0]?.runningStatus.code, "Completed");
});

test("a closed window is ordered as any other failure, and waits for the next one too", async () => {
  const lab = await slowly();
  await order(lab, "upgrades", { scaleSet: api, batch: "PT10M", fail: closed });
  await lab.advance("PT12H20M");
  const [attempt] = await history(lab);
  assert.equal(attempt.error.code, closed);
  assert.deepEqual(counts(attempt), [1, 0, 0, 7]);
  await lab.advance("PT4H");
  assert.deepEqual((await history(lab))[0], attempt, "not in the window that is open still");
  await lab.advance("PT24H");
  const [next] = await history(lab);
  assert.equal(next.runningStatus.code, "Completed");
  assert.deepEqual(counts(next), [7, 0, 0, 0]);
});

const nightly = `${configuration(shared, "rg-maintenance", "mc-prod-nightly")}?${maintenance}`;
const associations = `${api}/providers/Microsoft.Maintenance/configurationAssignments`;
const unending: Readonly<Record<string, (lab: Lab) => Promise<unknown>>> = {
  "its window lasts all day by then": (lab) =>
    lab.ask("PATCH", nightly, { properties: { maintenanceWindow: { duration: "24:00" } } }),
  "it is assigned to nothing by then": (lab) =>
    lab.ask("DELETE", `${associations}/mc-prod-nightly?${maintenance}`),
};
for (const [what, change] of Object.entries(unending)) {
  test(`an attempt that was cut short goes on though no window closes any more: ${what}`, async () => {
    const lab = await slowly();
    await lab.advance("PT20H"); // until 05:00 UTC
    await change(lab);
    await lab.advance("P3D");
    const [next, first] = (await history(lab)) as [Body, Body];
    assert.deepEqual(counts(first), [2, 0, 0, 6]);
    assert.equal(next.runningStatus.code, "Completed");
    assert.deepEqual(counts(next), [6, 0, 0, 0]);
  });
}

test("what a user starts, or is ordered to start, goes on outside the windows", async () => {
  for (const startedBy of ["User", "Platform"]) {
    const lab = await slowly();
    if (startedBy === "User") await lab.ask("POST", `${api}/osRollingUpgrade?${compute}`);
    else await order(lab, "upgrades", { scaleSet: api, start: "Platform" });
    await lab.advance("P2D");
    const [attempt] = await history(lab);
    assert.equal(attempt.startedBy, startedBy);
    assert.equal(attempt.runningStatus.code, "Completed");
    assert.deepEqual(counts(attempt), [8, 0, 0, 0]);
  }
});
