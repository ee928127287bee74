import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { idKey } from "../../src/core/resources/ids.ts";
import { textAt } from "../../src/core/resources/json.ts";
import { inEnglish, message } from "../../src/core/text/message.ts";
import type { Change } from "../../src/core/plans/plan.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { attemptOf } from "../../src/core/upgrades/attempts.ts";
import { isRunning } from "../../src/core/upgrades/upgrade.ts";
import { cancelUpgrade, repairs, startUpgrade } from "../../src/core/plans/upgradePlans.ts";
import { isRefusedForWindowsUpdate } from "../../src/core/plans/windowsUpdate.ts";
import { followInterrupted } from "../../src/fleet/plans/interrupted.ts";
import { folderInMemory } from "../../src/fleet/plans/planFolder.ts";
import { UpgradeWatch } from "../../src/fleet/upgrades/upgradeWatch.ts";
import type { EndedUpgrade } from "../../src/fleet/upgrades/upgradeWatch.ts";
import { eventually } from "../support/eventually.ts";
import { turnedClock } from "../support/turnedClock.ts";
import { TestClock } from "../support/watchClock.ts";
import { silentLog } from "../unit/fleet/fakes.ts";
import { journalOver, Kept } from "./support/kept.ts";
import { enable, setNamed } from "./support/plans.ts";
import { createWorld, type Recorded, trustSandbox, type World, writeCounts } from "./support/world.ts";

trustSandbox();

const never = new AbortController().signal;
const name = "vmss-cache-prod";
const start = (world: World) => startUpgrade(setNamed(world, name));
const only = (change: Change) => planOf(message("Upgrade"), [change]);
const isUpgrading = (world: World) => isRunning(setNamed(world, name).upgrade);

/** What the window's watch told, with the calls that it made since. */
function watching(world: World, storage: Kept) {
  const clock = new TestClock("2026-11-23T09:00:00Z");
  const ended: EndedUpgrade[] = [];
  const watch = new UpgradeWatch({
    store: world.store,
    storage,
    azure: () => ({ endpoint: world.url, isLasting: true }),
    clock,
    log: silentLog,
  });
  watch.onDidEnd((end) => ended.push(end));
  /** Turns the clocks of the watch and of Azure until the condition holds. */
  const until = (condition: () => boolean, azureMinutes = 0) =>
    eventually(async () => {
      if (azureMinutes > 0) await world.ask("POST", "/sandbox/clock", { advance: `PT${azureMinutes}M` });
      await clock.pass(10_000);
      assert.ok(condition());
    });
  return { watch, ended, until };
}

describe("starting an upgrade", { concurrency: true }, () => {
  for (const [how, fault] of [
    ["the connection breaks", { reset: "after" }],
    ["a gateway fails", { status: 502, body: {}, applied: true }],
  ] as const) {
    test(`when ${how} after Azure has begun it: it is told as done, shows as running, and was begun once`, async () => {
      await using world = await createWorld();
      await world.order({ match: { method: "POST", path: "/osRollingUpgrade" }, times: 1, do: fault });
      const { outcomes } = await world.apply(only(start(world)));
      assert.deepEqual(outcomes, ["done"]);
      assert.ok(isUpgrading(world));
      assert.deepEqual(writeCounts(await world.requests()), { [`POST ${name}/osRollingUpgrade`]: [1, 1] });
    });
  }

  test("when the connection breaks before Azure has it: it is told as not confirmed, with the way out", async () => {
    await using world = await createWorld();
    await world.order({ match: { method: "POST", path: "/osRollingUpgrade" }, do: { reset: "before" } });
    const { outcomes, report } = await world.apply(only(start(world)));
    assert.deepEqual(outcomes, ["notConfirmed"]);
    assert.match(report, /\? Not confirmed · .*\nStart an OS upgrade of scale set vmss-cache-prod now/);
    assert.match(report, /Check again in a minute\./);
    assert.doesNotMatch(report, /Not done/);
    assert.ok(!isUpgrading(world));
    assert.equal(Object.keys(writeCounts(await world.requests())).length, 1, "it is not sent again");
  });

  test("when Azure asks to wait: it is begun once, after that", async () => {
    await using world = await createWorld();
    await world.order({
      match: { method: "POST", path: "/osRollingUpgrade" },
      times: 1,
      do: {
        status: 429,
        headers: { "retry-after": "1" },
        body: { error: { code: "TooManyRequests", message: "m" } },
      },
    });
    const { outcomes } = await world.apply(only(start(world)));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), { [`POST ${name}/osRollingUpgrade`]: [2, 1] });
  });

  test("without the permission: Azure's refusal is shown whole, with the action to ask for", async () => {
    await using world = await createWorld();
    const { id } = setNamed(world, name);
    await world.ask("POST", "/sandbox/denials", {
      scope: id,
      action: "Microsoft.Compute/virtualMachineScaleSets/osRollingUpgrade/action",
    });
    const { outcomes, report } = await world.apply(only(start(world)));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /AuthorizationFailed/);
  });

  test("on a set that Azure does not allow it for: its words, and what to do", async () => {
    await using world = await createWorld();
    const { outcomes, report } = await world.apply(only(startUpgrade(setNamed(world, "vmss-payments-prod"))));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /Operation 'osRollingUpgrade' is not allowed on Virtual Machine Scale Set/);
    assert.match(report, /Explain Why It Didn't Upgrade/);
  });

  test("that Azure gives up before its first batch: told by its cause, with each detail's code and target", async () => {
    await using world = await createWorld();
    const details = [
      { code: "RollingUpgradeInstanceUnhealthyError", message: "It is unhealthy.", target: "3" },
      { code: "RollingUpgradeInstanceUnhealthyError", message: "It is unhealthy.", target: "7" },
    ];
    const cause = {
      code: "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
      message: "25% of instances are in an unhealthy state.",
      details,
    };
    const error = { code: "ResourceDeploymentFailure", message: "The operation failed.", details: [cause] };
    await world.order({
      match: { method: "GET", path: "/locations/[^/]+/operations/" },
      times: "always",
      do: { status: 200, body: { status: "Failed", error } },
    });
    const { outcomes, report } = await world.apply(only(start(world)));
    assert.deepEqual(outcomes, ["failed"]);
    for (const part of [
      /couldn't finish it\. Azure didn't start the upgrade: more instances were unhealthy than the policy allows/,
      /Repair or reimage the unhealthy instances/,
      /Azure answered: 200 ResourceDeploymentFailure\nThe operation failed\.\n/,
      /25% of instances are in an unhealthy state\. \(MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade\)/,
      /It is unhealthy\. \(RollingUpgradeInstanceUnhealthyError, 3\)\nIt is unhealthy\. \(RollingUpgradeInstanceUnhealthyError, 7\)/,
    ])
      assert.match(report, part);
    assert.deepEqual(Object.values(writeCounts(await world.requests())), [[1, 1]]);
  });
});

describe("cancelling an upgrade", { concurrency: true }, () => {
  test("that is over meanwhile: it is told, nothing is sent, and the set shows how it ended", async () => {
    await using world = await createWorld();
    await world.apply(only(start(world)));
    const change = cancelUpgrade(setNamed(world, name));
    await world.ask("POST", "/sandbox/clock", { advance: "PT12H" });
    const { outcomes, report } = await world.apply(only(change));
    assert.deepEqual(outcomes, ["changedBySomeoneElse"]);
    assert.match(report, /No rolling upgrade of vmss-cache-prod is running any more\./);
    assert.deepEqual(Object.keys(writeCounts(await world.requests())), [`POST ${name}/osRollingUpgrade`]);
    assert.equal(textAt(setNamed(world, name).upgrade, "properties", "runningStatus", "code"), "Completed");
  });

  test("when the answer is lost: told by what the upgrade shows", async () => {
    await using world = await createWorld();
    await world.apply(only(start(world)));
    await world.order({
      match: { method: "POST", path: "/rollingUpgrades/cancel" },
      times: 1,
      do: { reset: "after" },
    });
    const { outcomes } = await world.apply(only(cancelUpgrade(setNamed(world, name))));
    assert.deepEqual(outcomes, ["done"]);
    assert.equal(textAt(setNamed(world, name).upgrade, "properties", "runningStatus", "code"), "Cancelled");
    await world.assertTreeIsTrue();
  });
});

describe("repairs", { concurrency: true }, () => {
  test("of which one fails: those that need it are skipped, those before it stay done, nothing is sent twice", async () => {
    await using world = await createWorld();
    const set = setNamed(world, "vmss-payments-prod");
    await world.order({
      match: { method: "PUT", path: "/extensions/" },
      do: { status: 409, body: { error: { code: "OperationNotAllowed", message: "It is busy." } } },
    });
    const changes = repairs(set, {
      patchMode: "AutomaticByPlatform",
      healthExtension: { protocol: "tcp", port: 22 },
      upgradeMode: "Rolling",
    });
    const { outcomes, report } = await world.apply(planOf(message("Repair"), changes));
    assert.deepEqual(outcomes, ["done", "failed", "skipped"]);
    assert.match(report, /It is busy\./);
    assert.deepEqual(Object.values(writeCounts(await world.requests())), [
      [1, 1],
      [1, 0],
    ]);
    await world.assertTreeIsTrue();
  });
});

describe("facts", { concurrency: true }, () => {
  test("of which some cannot be read: each is told with its reason, and the others are judged by", async () => {
    await using world = await createWorld();
    await world.order(
      {
        match: { path: "/loadBalancers/" },
        do: { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } },
      },
      { match: { path: "/osUpgradeHistory" }, do: { truncate: "short" } },
      { match: { path: "/rollingUpgrades/latest" }, do: { status: 409, body: {} } },
    );
    const set = setNamed(world, "vmss-api-prod");
    await world.store.readEligibilityFacts([idKey(set.id)], never);
    const { eligibilityFacts, findings } = setNamed(world, "vmss-api-prod");
    assert.ok(eligibilityFacts);
    const reasons = Object.fromEntries(
      Object.entries(eligibilityFacts.unread).map(([fact, problem]) => [fact, problem.kind]),
    );
    assert.deepEqual(reasons, {
      loadBalancer: "forbidden",
      upgradeHistory: "malformed",
      rollingUpgrade: "conflict",
    });
    const verdict = (rule: string) => findings.find((finding) => finding.rule === rule)?.status;
    assert.equal(verdict("image-supported"), "fail", "the image, of the second generation, says no itself");
    assert.equal(verdict("instance-health"), "pass");
  });

  test("of many sets, cancelled on the way: what was read is kept, and nothing more is asked", async () => {
    await using world = await createWorld();
    const controller = new AbortController();
    const keys = [...world.store.snapshot.scaleSets.keys()];
    const reading = world.store.readEligibilityFacts(keys, controller.signal, ({ done }) => {
      if (done === 3) controller.abort();
    });
    await assert.rejects(reading, { name: "AbortError" });
    const read = [...world.store.snapshot.scaleSets.values()].filter(
      ({ eligibilityFacts }) => eligibilityFacts !== undefined,
    );
    assert.equal(read.length, 3);
    await world.requests();
    // The newest version of an image is asked for once for all who want to know it: that goes on.
    const more: Recorded[] = [];
    await eventually(async () => {
      const asked = await world.requests();
      more.push(...asked);
      assert.deepEqual(asked, []);
    });
    assert.deepEqual(
      more.filter(({ path }) => path.includes("/virtualMachineScaleSets/")),
      [],
    );
  });
});

describe("an upgrade that is watched", { concurrency: true }, () => {
  test("and fails: its end is told once, with Azure's error, and the set shows what it is like afterwards", async () => {
    await using world = await createWorld();
    const { id } = setNamed(world, name);
    await world.ask("POST", "/sandbox/upgrades", {
      scaleSet: id,
      fail: "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    });
    await world.apply(only(start(world)));
    const { watch, ended, until } = watching(world, new Kept());
    watch.follow(id);
    await until(() => ended.length > 0, 2);
    assert.equal(ended.length, 1);
    assert.equal(
      textAt(ended[0]?.upgrade, "properties", "error", "code"),
      "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    );
    await until(() => setNamed(world, name).eligibilityFacts !== undefined);
    assert.equal(textAt(setNamed(world, name).resource, "properties", "provisioningState"), "Succeeded");
    assert.equal(setNamed(world, name).eligibilityFacts?.facts.upgradeHistory?.length, 1);
    watch.dispose();
  });

  test("and outlasts its window: Azure ends it there and goes on in the next one, and both ends are told", async () => {
    await using world = await createWorld({ clock: turnedClock("2026-11-23T09:00:00Z") });
    const { id } = setNamed(world, "vmss-api-prod"); // 8 instances; its window is from 21:00 to 02:00 UTC
    const turn = (advance: string) => world.ask("POST", "/sandbox/clock", { advance });
    await world.ask("POST", "/sandbox/upgrades", { scaleSet: id, batch: "PT55M" });
    await world.ask("POST", "/sandbox/images", {
      publisher: "MicrosoftWindowsServer",
      offer: "WindowsServer",
      sku: "2022-datacenter-azure-edition",
    });
    const { watch, ended, until } = watching(world, new Kept());
    for (const expected of [
      {
        code: "Faulted",
        error: "RollingUpgradeBatchStartTimeNotWithinScheduledWindows",
        done: 6,
        pending: 2,
      },
      { code: "Completed", error: undefined, done: 2, pending: 0 },
    ]) {
      await turn(expected.pending > 0 ? "PT12H30M" : "PT19H");
      await world.refresh();
      watch.follow(id);
      await until(() => isRunning(setNamed(world, "vmss-api-prod").upgrade));
      await until(() => ended.length > 0, 20);
      const [end] = ended.splice(0);
      const { status, progress, error } = attemptOf(end?.upgrade ?? {});
      assert.deepEqual(
        [status, error?.code, progress.successful, progress.pending],
        [expected.code, expected.error, expected.done, expected.pending],
      );
      await until(() => setNamed(world, "vmss-api-prod").eligibilityFacts !== undefined);
    }
    watch.dispose();
  });

  test("while Azure fails to answer for a while: it goes on afterwards, and tells no end that there was not", async () => {
    await using world = await createWorld();
    const { id } = setNamed(world, name);
    await world.apply(only(start(world)));
    const { watch, ended, until } = watching(world, new Kept());
    await world.order({
      match: { path: "/rollingUpgrades/latest" },
      times: 9,
      do: { status: 403, body: {} },
    });
    watch.follow(id);
    await world.requests();
    let asked = 0;
    await until(() => asked > 0 || (void world.requests().then((all) => (asked += all.length)), false));
    assert.equal(ended.length, 0);
    await world.ask("DELETE", "/sandbox/faults");
    await until(() => ended.length > 0, 30);
    assert.equal(textAt(ended[0]?.upgrade, "properties", "runningStatus", "code"), "Completed");
    watch.dispose();
  });

  test("goes on in the next window, which tells the end of what the one before had begun", async () => {
    await using world = await createWorld();
    const { id } = setNamed(world, name);
    const storage = new Kept();
    await world.apply(only(start(world)));
    const first = watching(world, storage);
    first.watch.follow(id);
    await first.until(() => first.watch.followed[0]?.start !== undefined);
    first.watch.dispose();
    assert.doesNotMatch(storage.everything.join("\n"), /s3cr3t|Bearer/);

    await world.ask("POST", "/sandbox/clock", { advance: "PT6H" });
    const second = watching(world, new Kept(storage.texts));
    assert.deepEqual(
      second.watch.followed.map(({ scaleSetId }) => scaleSetId),
      [id],
    );
    await world.refresh();
    await second.until(() => second.ended.length > 0);
    assert.deepEqual(
      second.ended.map(({ upgrade, isFollowed }) => [
        textAt(upgrade, "properties", "runningStatus", "code"),
        isFollowed,
      ]),
      [["Completed", true]],
    );
    second.watch.dispose();
  });

  test("was being started when the window closed: the next one finds it by comparing, and sends nothing", async () => {
    await using world = await createWorld();
    const match = { method: "POST", path: "/osRollingUpgrade" };
    await world.order({ match, do: { status: 500, applied: true } });
    const held = world.hold(match);
    const files = new Map<string, string>();
    const controller = new AbortController();
    const plan = only(start(world));
    const run = await journalOver(folderInMemory(files)).begin(plan, "sandbox");
    const applying = world.apply(plan, { run, signal: controller.signal });
    await held.reached();
    const [kept] = await journalOver(folderInMemory(new Map(files))).plans();
    controller.abort();
    held.release();
    await applying;
    await world.requests();
    assert.ok(kept);
    const [result] = await followInterrupted(world.azure, world.store, kept, never);
    assert.equal(result?.outcome.status, "done");
    assert.ok(isUpgrading(world));
    assert.deepEqual(writeCounts(await world.requests()), {});
    assert.match(inEnglish(kept.plan.title), /Upgrade/);
  });
});

describe("enabling upgrades of a set with Windows Update on", { concurrency: true }, () => {
  const windows = "vmss-reporting-prod";

  test("is one PATCH that does not name it, and the results say that Azure turned it off", async () => {
    await using world = await createWorld();
    await world.requests();
    const { outcomes, report } = await world.apply(enable(world, windows));
    assert.deepEqual(outcomes, ["done"]);
    assert.match(report, /Azure turned off Windows Update\./);
    const writes = (await world.requests()).filter(({ method }) => method !== "GET");
    assert.deepEqual(
      writes.map(({ method }) => method),
      ["PATCH"],
    );
    assert.doesNotMatch(JSON.stringify(writes[0]?.body), /enableAutomaticUpdates/);
  });

  test("when Azure refuses in the known words: they are told whole, with the way out", async () => {
    await using world = await createWorld();
    // Word for word as reported in Azure/aks-engine #1795.
    const refusal =
      "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01";
    const body = { error: { code: "BadRequest", message: refusal } };
    await world.order({ match: { method: "PATCH" }, times: 1, do: { status: 400, body } });
    const { results, report } = await world.apply(enable(world, windows));
    assert.deepEqual(results.map(isRefusedForWindowsUpdate), [true]);
    assert.ok(report.includes(refusal));
    assert.match(report, /use “Turn Windows Update Off and Retry”/);
  });
});
