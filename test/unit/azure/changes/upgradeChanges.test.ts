import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RestError } from "@azure/core-rest-pipeline";
import { at, type JsonObject, textAt } from "../../../../src/core/resources/json.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import { change } from "../../../../src/core/plans/change.ts";
import { comparedByUndo } from "../../../../src/core/plans/inverses.ts";
import { nested } from "../../../../src/core/plans/merging.ts";
import { inverseOf } from "../../../../src/core/plans/undo.ts";
import type { Change, Outcome } from "../../../../src/core/plans/plan.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  repairs,
  setUpgradePolicy,
  startUpgrade,
  updateInstances,
} from "../../../../src/core/plans/upgradePlans.ts";
import {
  answer,
  createLab,
  type Fault,
  fleet,
  type Lab,
  never,
  scaleSet,
  standingClock,
} from "../support.ts";

const cache = scaleSet("vmss-cache-prod");
const reporting = scaleSet("vmss-reporting-prod", "rg-data-prod-weu");
const payments = scaleSet("vmss-payments-prod", "rg-data-prod-weu");
const gallery = scaleSet("vmss-build-agents-canary", "rg-build-shared", fleet.shared);

const read = async (lab: Lab, id: string) => ({ id, resource: await lab.azure.read(id, never) });
const control = async (lab: Lab, path: string, body: JsonObject) => {
  const { status, body: text } = await lab.sandbox.handle({
    method: "POST",
    url: `https://sandbox.invalid${path}`,
    headers: { authorization: "Bearer s3cr3t.token.value" },
    body: JSON.stringify(body),
  });
  assert.ok(status < 300, text);
};
const apply = async (lab: Lab, ...changes: readonly (Change | undefined)[]): Promise<readonly Outcome[]> => {
  const plan = planOf(
    verbatim("plan"),
    changes.filter((change) => change !== undefined),
  );
  return (await lab.azure.apply(plan, { signal: never })).map(({ outcome }) => outcome);
};
const model = (id: string, lab: Lab) => lab.ask("GET", `${id}?api-version=2024-07-01`);
const writes = (lab: Lab) =>
  lab.sent
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);

/** A lab whose clock goes on at each look: upgrades are told apart by when they began. */
function tickingLab(): Lab {
  let nowMs = standingClock().getTime();
  return createLab(() => new Date(nowMs++));
}

/** The answer to a call does not come; `applied`: Azure has taken it all the same. */
function lose(last: string, applied: boolean): Fault {
  return async (request, sandbox) => {
    if (!new URL(request.url).pathname.endsWith(last) || request.method === "GET") return undefined;
    if (applied) await sandbox.sendRequest(request);
    throw new RestError("socket hang up", { code: "ECONNRESET", request });
  };
}

describe("changes that repair a scale set", () => {
  it("preview the exact requests, the smallest there are", async () => {
    const lab = createLab();
    const broken = await read(lab, reporting);
    const all = [
      ...repairs(broken, { automaticUpdatesOff: true, upgradeMode: "Rolling" }),
      ...repairs(await read(lab, scaleSet("vmss-orders-prod", "rg-data-prod-weu")), { imageLatest: true }),
      ...repairs(await read(lab, gallery), { imageLatest: true }),
      ...repairs(await read(lab, payments), { healthExtension: { protocol: "http", port: 80, path: "/up" } }),
      ...repairs(await read(lab, scaleSet("vmss-batch-prod", "rg-data-prod-weu")), {
        patchMode: "ImageDefault",
      }),
      startUpgrade({ id: cache, resource: {} }),
      cancelUpgrade({ id: cache, resource: {} }),
      approveUpgrade({ id: cache, resource: {} }, ["1"]),
      updateInstances({ id: cache, resource: {} }, ["*"]),
    ];
    lab.sandbox.handle = () => assert.fail("a preview sends nothing");
    const requests = await lab.azure.preview(planOf(verbatim("plan"), all));
    const shown = [...requests.values()].map(({ method, url, body }) => [
      `${method} ${new URL(url).pathname.split("/").slice(8).join("/")}`,
      body,
    ]);
    const inProfile = (profile: JsonObject) => ({ properties: { virtualMachineProfile: profile } });
    assert.deepEqual(shown, [
      [
        "PATCH vmss-reporting-prod",
        inProfile({
          osProfile: {
            windowsConfiguration: { enableAutomaticUpdates: false, patchSettings: { patchMode: "Manual" } },
          },
        }),
      ],
      ["PATCH vmss-reporting-prod", { properties: { upgradePolicy: { mode: "Rolling" } } }],
      [
        "PATCH vmss-orders-prod",
        inProfile({
          storageProfile: {
            imageReference: {
              publisher: "Canonical",
              offer: "0001-com-ubuntu-server-jammy",
              sku: "22_04-lts-gen2",
              version: "latest",
            },
          },
        }),
      ],
      [
        "PATCH vmss-build-agents-canary",
        inProfile({
          storageProfile: {
            imageReference: {
              id: `/subscriptions/${fleet.shared}/resourceGroups/rg-build-shared/providers/Microsoft.Compute/galleries/galContoso/images/build-agent-linux`,
            },
          },
        }),
      ],
      [
        "PUT vmss-payments-prod/extensions/ApplicationHealthLinux",
        {
          properties: {
            publisher: "Microsoft.ManagedServices",
            type: "ApplicationHealthLinux",
            typeHandlerVersion: "1.0",
            autoUpgradeMinorVersion: true,
            settings: { protocol: "http", port: 80, requestPath: "/up" },
          },
        },
      ],
      [
        "PATCH vmss-batch-prod",
        inProfile({ osProfile: { linuxConfiguration: { patchSettings: { patchMode: "ImageDefault" } } } }),
      ],
      ["POST vmss-cache-prod/osRollingUpgrade", undefined],
      ["POST vmss-cache-prod/rollingUpgrades/cancel", undefined],
      ["POST vmss-cache-prod/approveRollingUpgrade", { instanceIds: ["1"] }],
      ["POST vmss-cache-prod/manualupgrade", { instanceIds: ["*"] }],
    ]);
  });

  it("are applied, and read back with all else as it was", async () => {
    const lab = createLab();
    const before = await read(lab, reporting);
    const outcomes = await apply(
      lab,
      ...repairs(before, { automaticUpdatesOff: true, upgradeMode: "Rolling" }),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["done", "done"],
    );
    const { json } = await model(reporting, lab);
    const windows = ["properties", "virtualMachineProfile", "osProfile", "windowsConfiguration"];
    assert.equal(at(json, ...windows, "enableAutomaticUpdates"), false);
    assert.equal(textAt(json, "properties", "upgradePolicy", "mode"), "Rolling");
    const network = ["properties", "virtualMachineProfile", "networkProfile"];
    assert.deepEqual(at(json, ...network), at(before.resource, ...network));
    const last = outcomes.at(-1);
    assert.deepEqual(last?.status === "done" && last.readBack, json);
  });

  it("take away what goes with the patch mode, on the wire and back", async () => {
    const lab = createLab();
    const windows = ["properties", "virtualMachineProfile", "osProfile", "windowsConfiguration"];
    const settings = async () => at((await model(reporting, lab)).json, ...windows, "patchSettings");
    const patchSettings: JsonObject = {
      patchMode: "AutomaticByPlatform",
      enableHotpatching: true,
      automaticByPlatformSettings: { rebootSetting: "IfRequired" },
    };
    const made = change("setPatchSettings", reporting, verbatim("made"), {
      after: nested(windows, { patchSettings }),
      before: nested(windows, { patchSettings: { patchMode: "AutomaticByOS" } }),
    });
    assert.deepEqual(
      (await apply(lab, made)).map(({ status }) => status),
      ["done"],
    );
    const before = await settings();
    const [repair] = repairs(await read(lab, reporting), { patchMode: "Manual" });
    assert.ok(repair);
    const [outcome] = await apply(lab, repair);
    assert.ok(outcome?.status === "done" && outcome.readBack);
    assert.deepEqual(lab.sent.findLast(({ method }) => method === "PATCH")?.body, repair.after);
    const { automaticByPlatformSettings: _, ...kept } = before as JsonObject;
    assert.deepEqual(await settings(), { ...kept, patchMode: "Manual", enableHotpatching: false });
    const now = { resource: await lab.azure.read(reporting, never) };
    const left = comparedByUndo(repair, outcome.readBack);
    const inverse = inverseOf(repair, left, now, { usedBy: () => [], moment: "" });
    assert.ok("change" in inverse && !("changed" in inverse));
    assert.deepEqual(
      (await apply(lab, inverse.change)).map(({ status }) => status),
      ["done"],
    );
    assert.deepEqual(await settings(), before);
  });

  it("add the health extension, so that upgrades can be enabled", async () => {
    const lab = createLab();
    const set = await read(lab, payments);
    const on = setUpgradePolicy(set, { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } });
    const [refused] = await apply(lab, on);
    assert.ok(refused?.status === "failed");
    assert.match(refused.problem.detail ?? "", /health probe or health extension was not specified/);
    const wanted = { healthExtension: { protocol: "http", port: 80, path: "/up" } } as const;
    const outcomes = await apply(lab, ...repairs(set, wanted), on);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["done", "done"],
    );
    assert.equal(
      outcomes[0]?.status === "done" && textAt(outcomes[0].readBack, "properties", "type"),
      "ApplicationHealthLinux",
    );
  });

  it("are read back where their answers were lost, each by what it has written", async () => {
    for (const applied of [true, false]) {
      const expected = applied ? "done" : "notConfirmed";
      const lab = createLab();
      const extension = repairs(await read(lab, payments), {
        healthExtension: { protocol: "tcp", port: 22 },
      });
      lab.fault = lose("/extensions/ApplicationHealthLinux", applied);
      assert.equal((await apply(lab, ...extension))[0]?.status, expected);
      const image = repairs(await read(lab, gallery), { imageLatest: true });
      lab.fault = lose("/vmss-build-agents-canary", applied);
      assert.equal((await apply(lab, ...image))[0]?.status, expected);
      const updates = repairs(await read(lab, reporting), { automaticUpdatesOff: true });
      lab.fault = lose("/vmss-reporting-prod", applied);
      assert.equal((await apply(lab, ...updates))[0]?.status, expected);
      assert.equal(writes(lab).length, 3, "nothing is sent twice");
    }
  });

  it("bring instances to the latest model, and ask the instances where the answer was lost", async () => {
    for (const applied of [true, false]) {
      const lab = createLab();
      const set = await read(lab, cache);
      await apply(lab, setUpgradePolicy(set, { mode: "Manual" }));
      await apply(lab, ...repairs(set, { patchMode: "AutomaticByPlatform" }));
      const instances = async () =>
        (await lab.ask("GET", `${cache}/virtualMachines?api-version=2024-07-01`)).json as {
          value: JsonObject[];
        };
      const applies = async () =>
        (await instances()).value.map((one) => at(one, "properties", "latestModelApplied"));
      assert.ok((await applies()).includes(false), "the model has changed");
      lab.fault = lose("/manualupgrade", applied);
      const [outcome] = await apply(lab, updateInstances(set, ["*"]));
      assert.equal(outcome?.status, applied ? "done" : "notConfirmed");
      lab.fault = undefined;
      assert.equal((await apply(lab, updateInstances(set, ["*"])))[0]?.status, "done");
      assert.ok(!(await applies()).includes(false));
    }
  });
});

describe("actions on upgrades", () => {
  const set = { id: cache, resource: {} };

  it("start an upgrade, done when its first seconds went well, with the upgrade that it began", async () => {
    const lab = createLab();
    const [outcome] = await apply(lab, startUpgrade(set));
    assert.ok(outcome?.status === "done");
    assert.equal(textAt(outcome.readBack, "properties", "runningStatus", "code"), "RollingForward");
    assert.equal(textAt(await lab.azure.read(cache, never), "properties", "provisioningState"), "Updating");
    assert.deepEqual(writes(lab), ["POST osRollingUpgrade"]);
    const looks = lab.sent.filter(({ path }) => /operations/i.test(path)).length;
    assert.ok(looks > 1 && looks < 10, "its operation is followed for some seconds");
  });

  it("tell whether a start took effect whose answer was lost, by the upgrade that is there", async () => {
    for (const applied of [true, false]) {
      for (const isFirst of [true, false]) {
        const lab = tickingLab();
        if (!isFirst) {
          await apply(lab, startUpgrade(set));
          await apply(lab, cancelUpgrade(set));
        }
        const sent = writes(lab).length;
        lab.fault = lose("/osRollingUpgrade", applied);
        const [outcome] = await apply(lab, startUpgrade(set));
        assert.equal(
          outcome?.status,
          applied ? "done" : "notConfirmed",
          `applied ${applied}, first ${isFirst}`,
        );
        if (outcome?.status === "notConfirmed") assert.equal(outcome.problem.kind, "network");
        assert.equal(writes(lab).length, sent + 1, "it is not sent again");
      }
    }
  });

  it("do not take an upgrade of before a closed window for the one that it began", async () => {
    const lab = tickingLab();
    await apply(lab, startUpgrade(set));
    await apply(lab, cancelUpgrade(set));
    const before = await lab.azure.latestUpgrade(cache, never);
    const change = startUpgrade({ ...set, upgrade: before });
    assert.equal((await lab.azure.outcomeOf(change, never)).status, "notConfirmed");
    lab.turn(1000); // upgrades are told apart by when they began
    await apply(lab, startUpgrade(set));
    assert.equal((await lab.azure.outcomeOf(change, never)).status, "done");
  });

  it("are not sent while another upgrade runs", async () => {
    const lab = createLab();
    await apply(lab, startUpgrade(set));
    const [outcome] = await apply(lab, startUpgrade(set));
    assert.ok(outcome?.status === "changedBySomeoneElse");
    assert.deepEqual(writes(lab), ["POST osRollingUpgrade"]);
  });

  it("repeat a start that Azure refused for asking too much, once it may", async () => {
    const lab = createLab();
    let refusals = 0;
    lab.fault = (request) => {
      if (!request.url.includes("/osRollingUpgrade") || refusals > 0) return undefined;
      refusals += 1;
      return answer(
        request,
        429,
        { error: { code: "TooManyRequests", message: "slow down" } },
        { "retry-after": "0" },
      );
    };
    assert.equal((await apply(lab, startUpgrade(set)))[0]?.status, "done");
    assert.deepEqual(writes(lab), ["POST osRollingUpgrade", "POST osRollingUpgrade"]);
  });

  it("send nothing where it cannot be told which upgrade is there", async () => {
    const lab = createLab();
    await lab.azure.read(cache, never);
    lab.fault = (request) =>
      request.url.includes("/rollingUpgrades/latest")
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : undefined;
    const [outcome] = await apply(lab, startUpgrade(set));
    assert.ok(outcome?.status === "failed" && outcome.problem.kind === "forbidden");
    assert.deepEqual(writes(lab), []);
  });

  it("cancel an upgrade and see it cancelled, also where the answer was lost", async () => {
    for (const lost of [false, true]) {
      const lab = createLab();
      await apply(lab, startUpgrade(set));
      if (lost) lab.fault = lose("/rollingUpgrades/cancel", true);
      const [outcome] = await apply(lab, cancelUpgrade(set));
      assert.ok(outcome?.status === "done");
      assert.equal(textAt(outcome.readBack, "properties", "runningStatus", "code"), "Cancelled");
    }
  });

  it("say so where there is nothing to cancel, or a cancellation did not arrive", async () => {
    const lab = createLab();
    const [refused] = await apply(lab, cancelUpgrade(set));
    assert.ok(refused?.status === "changedBySomeoneElse");
    assert.deepEqual(writes(lab), []);
    await apply(lab, startUpgrade(set));
    lab.fault = lose("/rollingUpgrades/cancel", false);
    const [unheard] = await apply(lab, cancelUpgrade(set));
    assert.equal(unheard?.status, "notConfirmed");
  });

  it("approve what waits for it", async () => {
    const lab = createLab();
    const policy = { automaticOSUpgradePolicy: { osRollingUpgradeDeferral: true } };
    await apply(lab, setUpgradePolicy(await read(lab, cache), policy));
    await apply(lab, startUpgrade(set));
    const waits = await lab.azure.latestUpgrade(cache, never);
    assert.equal(at(waits, "properties", "progress", "inProgressInstanceCount"), 0);
    lab.fault = lose("/approveRollingUpgrade", true);
    const [outcome] = await apply(lab, approveUpgrade({ ...set, upgrade: waits }));
    assert.equal(outcome?.status, "done");
    lab.fault = lose("/approveRollingUpgrade", false);
    const [unheard] = await apply(lab, approveUpgrade(set));
    assert.equal(unheard?.status, "notConfirmed");
  });

  it("fail with what Azure says when an upgrade fails, read from the upgrade itself", async () => {
    const lab = createLab();
    await control(lab, "/sandbox/upgrades", {
      scaleSet: cache,
      fail: "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
    });
    const [outcome] = await apply(lab, startUpgrade(set));
    assert.ok(outcome?.status === "failed", "its operation fails within a second");
    assert.equal(outcome.problem.code, "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade");
    const latest = await lab.azure.latestUpgrade(cache, never);
    assert.equal(textAt(latest, "properties", "runningStatus", "code"), "Faulted");
    assert.equal(
      textAt(latest, "properties", "error", "code"),
      "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
    );
  });
});
