import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import type { Json, JsonObject } from "../../src/core/resources/json.ts";
import { runTask } from "../support/task.ts";
import { configurationIdOf, scaleSet } from "../unit/core/scaleSets.ts";

const explain = (args: readonly string[], input?: Json) =>
  runTask("explain", args, { input: typeof input === "string" ? input : JSON.stringify(input ?? {}) });

/** What a face prints for this input; with facts, they are in a file. */
async function answer(face: string, input: JsonObject, facts?: JsonObject, now = "2026-11-23T09:00:00Z") {
  await using scratch = scratchFolder("explain");
  const file = join(scratch.path, "facts.json");
  if (facts !== undefined) writeFileSync(file, JSON.stringify(facts));
  const options = facts === undefined ? [] : ["--facts", file, "--now", now];
  const { status, stdout, stderr } = explain([face, "-", ...options], input);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return JSON.parse(stdout) as Answer;
}

interface Answer {
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string; readonly status: string }[];
  readonly coverage?: { readonly state: string; readonly reasons: readonly string[] };
  readonly estimate: {
    readonly batches: number;
    readonly minutes: number;
    readonly inputs: { readonly batchSize: number };
  } | null;
  readonly whyNot: readonly {
    readonly kind: string;
    readonly rule: string | null;
    readonly message: string;
    readonly next: string | null;
    readonly told: string | null;
  }[];
  readonly lastWindows?: readonly JsonObject[];
  readonly changes: readonly JsonObject[] | null;
  readonly error: {
    readonly code: string | null;
    readonly meaning: string;
    readonly next: string;
    readonly details: readonly JsonObject[];
  } | null;
}

function refused(args: readonly string[], input: Json, says: RegExp) {
  const { status, stdout, stderr } = explain(args, input);
  assert.equal(status, 2, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, says);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
}

const jammy = { publisher: "Canonical", offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts" };
const latest = { ...jammy, version: "latest" };
const id =
  "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web";
const address = (path = "") => `https://management.azure.com${id}${path}?api-version=2026-04-01`;
const set = (wish: Parameters<typeof scaleSet>[0]) => ({ ...scaleSet(wish), id });

const nightly = (recurEvery = "Day") => ({
  id: configurationIdOf("nightly"),
  name: "nightly",
  properties: {
    maintenanceScope: "OSImage",
    maintenanceWindow: { startDateTime: "2026-01-01 22:00", duration: "05:00", timeZone: "UTC", recurEvery },
  },
});

/** As Azure keeps one whose window closed, https://github.com/MicrosoftDocs/azure-docs/issues/113861. */
const windowClosed = {
  properties: {
    runningStatus: { code: "Faulted", startTime: "2026-11-22T22:03:00Z", endTime: "2026-11-23T03:05:00Z" },
    progress: {
      successfulInstanceCount: 28,
      failedInstanceCount: 0,
      inProgressInstanceCount: 0,
      pendingInstanceCount: 12,
    },
    startedBy: "Platform",
    error: {
      code: "RollingUpgradeBatchStartTimeNotWithinScheduledWindows",
      message: "The window is over.",
    },
    targetImageReference: { version: "22.04.202611200" },
  },
  type: "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades",
};

describe("explain scale-set with facts", () => {
  it("tells coverage, estimate and why it did not upgrade, from the facts and the instant that are given", async () => {
    const facts = {
      newestImage: { name: "22.04.202611200", properties: {} },
      instances: [],
      instanceView: null,
      loadBalancer: null,
      rollingUpgrade: null,
      upgradeHistory: [windowClosed],
      configurations: [nightly()],
    };
    const said = await answer("scale-set", set({ image: latest, upgrades: true, capacity: 40 }), facts);
    assert.deepEqual(said.coverage, {
      state: "controlled",
      reasons: ["Upgrades run in the windows of nightly."],
    });
    assert.equal(said.estimate?.batches, 5);
    assert.equal(said.estimate.inputs.batchSize, 8);
    const failed = said.whyNot.find(({ kind }) => kind === "failed");
    assert.match(failed?.message ?? "", /28 of 40 instances upgraded, 12 not\.$/);
    assert.equal(
      failed?.next,
      "Lengthen the window, raise the batch size, or shorten the pause between batches.",
    );
    assert.equal(failed?.told, `${windowClosed.properties.error.code}: The window is over.`);
    assert.match(
      said.whyNot.map(({ message }) => message).join("\n"),
      /The next window of nightly starts at 2026-11-23 22:00 \(UTC\)/,
    );
    assert.deepEqual(said.lastWindows, [
      {
        id: nightly().id,
        configuration: "nightly",
        start: "2026-11-22T22:00:00Z",
        end: "2026-11-23T03:00:00Z",
        localStart: "2026-11-22 22:00",
        localEnd: "2026-11-23 03:00",
        outcome: "upgraded",
        reason: null,
        message:
          "Open: an OS upgrade to 22.04.202611200 ran. The maintenance window closed before all batches had started: 28 of 40 instances upgraded, 12 not.",
      },
    ]);
    assert.deepEqual(said.changes, []);
    const rule = said.findings.find((finding) => finding.rule === "maintenance-configuration");
    assert.equal(rule?.status, "pass");
  });

  it("tells no coverage without configurations, and that it has none where there are none", async () => {
    const model = set({ image: latest, upgrades: true });
    const unknown = await answer("scale-set", model, {});
    assert.deepEqual([unknown.coverage, unknown.lastWindows], [undefined, undefined]);
    assert.equal((await answer("scale-set", model, { configurations: [] })).coverage?.state, "uncontrolled");
    assert.equal(
      (await answer("scale-set", model, { configurations: null })).coverage?.state,
      "uncontrolled",
    );
    const both = [nightly(), { ...nightly(), id: undefined, name: "weekly" }];
    assert.equal((await answer("scale-set", model, { configurations: both })).coverage?.state, "broken");
  });

  it("tells of what blocks by its rule, and knows no estimate where the instances are not counted", async () => {
    const said = await answer("scale-set", set({ image: { ...jammy, version: "1.2.3" }, capacity: null }));
    assert.equal(said.estimate, null);
    assert.deepEqual(
      said.whyNot.slice(0, 2).map(({ kind, rule }) => [kind, rule]),
      [
        ["blocked", "image-version-latest"],
        ["off", null],
      ],
    );
  });

  it("tells the requests of enabling, repairs of what blocks first, as the clients send them", async () => {
    const pinned = { ...jammy, version: "22.04.202601010" };
    const wish = {
      image: pinned,
      extensions: [],
      upgradeMode: "Automatic",
      rollingPolicy: { maxBatchInstancePercent: 0 },
    };
    const { changes } = await answer("scale-set", set(wish));
    const settings = { protocol: "http", port: 80, requestPath: "/" };
    const ofImage = (imageReference: JsonObject) => ({
      properties: { virtualMachineProfile: { storageProfile: { imageReference } } },
    });
    assert.deepEqual(changes, [
      {
        kind: "setImageReference",
        method: "PATCH",
        url: address(),
        body: ofImage(latest),
        before: ofImage(pinned),
      },
      {
        kind: "addHealthExtension",
        method: "PUT",
        url: address("/extensions/ApplicationHealthLinux"),
        body: {
          properties: {
            publisher: "Microsoft.ManagedServices",
            type: "ApplicationHealthLinux",
            typeHandlerVersion: "1.0",
            autoUpgradeMinorVersion: true,
            settings,
          },
        },
        before: null,
      },
      {
        kind: "setUpgradePolicy",
        method: "PATCH",
        url: address(),
        body: {
          properties: {
            upgradePolicy: {
              rollingUpgradePolicy: { maxBatchInstancePercent: 20 },
              automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
            },
          },
        },
        before: { properties: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 0 } } } },
      },
    ]);
  });

  it("changes no mode and updates no instance that nothing of Azure's needs", async () => {
    const instances = [{ instanceId: "0", properties: { latestModelApplied: false } }];
    const { changes } = await answer("scale-set", set({ image: latest, upgradeMode: "Manual" }), {
      instances,
    });
    assert.deepEqual(
      changes?.map(({ kind, body }) => [kind, body]),
      [
        [
          "setUpgradePolicy",
          { properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } } },
        ],
      ],
    );
  });

  it("knows no requests for a set without an id", async () => {
    assert.equal((await answer("scale-set", { ...scaleSet({ image: latest }), id: "web" })).changes, null);
  });

  it("ends with 2 and one line for facts that can't be used", async () => {
    await using scratch = scratchFolder("explain");
    const file = join(scratch.path, "facts.json");
    const model = set({ image: latest });
    const deep = `${'{"a":'.repeat(20_000)}{}${"}".repeat(20_000)}`;
    const unusable: readonly (readonly [facts: string, says: RegExp])[] = [
      ["{\n", /--facts .*Not JSON/],
      ["[]", /--facts .*Not a JSON object/],
      [`{"newestImage":${deep}}`, /--facts .*Nested more than 200 levels deep/],
      ['{"image":{}}', /"image" isn't a fact\. Use: newestImage, instances,/],
      ['{"toString":{}}', /"toString" isn't a fact/],
      ['{"instances":{"value":[]}}', /instances must be an array of objects/],
      ['{"configurations":3}', /configurations must be an array of objects, or null/],
      ['{"upgradeHistory":[null]}', /upgradeHistory must be an array of objects/],
      ['{"rollingUpgrade":[]}', /rollingUpgrade must be an object or null/],
      ['{"newestImage":"22.04"}', /newestImage must be an object or null/],
    ];
    for (const [facts, says] of unusable) {
      writeFileSync(file, facts);
      refused(["scale-set", "-", "--facts", file], model, says);
    }
    refused(["scale-set", "-"], `{"properties":${deep}}`, /^Nested more than 200 levels deep/);
    refused(
      ["scale-set", "-", "--facts", "/no/such/facts.json"],
      model,
      /Couldn't read .*facts\.json: ENOENT/,
    );
    refused(["scale-set", "-", "--now", "2026-11-01"], model, /--now must be an ISO instant/);
    refused(["scale-set", "-", "--now="], model, /--now must be an ISO instant/);
  });
});

describe("explain upgrade", () => {
  it("tells of a history item how it ended and what to do, with times in UTC", async () => {
    const { properties } = windowClosed;
    const runningStatus = {
      code: "Faulted",
      startTime: "2026-11-22T18:03:00.1234567-04:00",
      completedTime: "2026-11-23T03:05:00+00:00",
    };
    const item = { ...windowClosed, properties: { ...properties, runningStatus } };
    assert.deepEqual(await answer("upgrade", item), {
      state: "Faulted",
      startedBy: "Platform",
      started: "2026-11-22T22:03:00.123Z",
      ended: "2026-11-23T03:05:00Z",
      instances: { successful: 28, failed: 0, inProgress: 0, pending: 12 },
      error: {
        code: "RollingUpgradeBatchStartTimeNotWithinScheduledWindows",
        meaning:
          "The maintenance window closed before all batches had started: 28 of 40 instances upgraded, 12 not.",
        next: "Lengthen the window, raise the batch size, or shorten the pause between batches.",
        details: [],
      },
    });
  });

  it("tells of a cancelled one its details, and of one that says little only what it says", async () => {
    const error = {
      code: "RollingUpgradeCanceled",
      message: "It was cancelled.",
      details: [{ code: "RollingUpgradeCanceled", message: "Not upgraded.", target: "3" }, { code: "A" }],
    };
    const said = await answer("upgrade", { properties: { runningStatus: { code: "Cancelled" }, error } });
    assert.match(said.error?.meaning ?? "", /^Someone cancelled/);
    assert.deepEqual(said.error?.details, [error.details[0], { code: "A", message: null, target: null }]);
    const bare = { properties: { runningStatus: { startTime: "soon" }, progress: null, error: null } };
    assert.deepEqual(await answer("upgrade", bare), {
      state: null,
      startedBy: null,
      started: null,
      ended: null,
      instances: { successful: null, failed: null, inProgress: null, pending: null },
      error: null,
    });
  });

  it("explains error bodies of every shape: by their cause, by their words, by their code", async () => {
    const unhealthy = "MaxUnhealthyInstancePercentExceededInRollingUpgrade";
    const details = [{ code: unhealthy, message: "30% are unhealthy." }];
    const bodies: readonly (readonly [body: JsonObject, code: string | null, meaning: RegExp])[] = [
      [
        { error: { code: "ResourceDeploymentFailure", details } },
        unhealthy,
        /more instances of the scale set/,
      ],
      [{ code: "ResourceDeploymentFailure", details }, unhealthy, /more instances of the scale set/],
      [
        {
          error: {
            code: "OperationNotAllowed",
            message: "The set must have all VM instances upgraded to same Platform Image.",
          },
        },
        "OperationNotAllowed",
        /don't all run the same platform image/,
      ],
      [{ Error: { Code: "ScopeLocked", Message: "No." } }, "ScopeLocked", /A lock prevents this/],
      [{ Message: "Something else." }, null, /no error code/],
    ];
    for (const [body, code, meaning] of bodies) {
      const { error } = await answer("upgrade", body);
      assert.equal(error?.code, code);
      assert.match(error?.meaning ?? "", meaning);
      assert.notEqual(error?.next, "");
    }
  });

  it("ends with 2 and one line for anything else", () => {
    const unusable: readonly (readonly [input: Json, says: RegExp])[] = [
      ["{", /Not JSON/],
      ["[]", /Not a JSON object/],
      [{}, /Not a rolling upgrade/],
      [{ error: {} }, /Not a rolling upgrade/],
      [{ value: [windowClosed] }, /a list\. Use one item/],
      [set({ image: latest }), /Not an upgrade: type "Microsoft\.Compute\/virtualMachineScaleSets"/],
      [{ properties: { virtualMachineProfile: {} } }, /Not a rolling upgrade/],
      [{ runningStatus: { code: "Faulted" } }, /az vmss rolling-upgrade/],
      [{ properties: { progress: 3 } }, /properties\.progress isn't an object/],
    ];
    for (const [input, says] of unusable) refused(["upgrade", "-"], input, says);
    refused(["upgrade", "/no/such/upgrade.json"], "", /Couldn't read .*upgrade\.json: ENOENT/);
    refused(["upgrade", '{\n  "properties": {}\n}'], "", /Couldn't read .*: ENOENT/);
    refused(["upgrade"], "", /The JSON is missing/);
    refused(["upgrade", "-", "--facts", "x"], "", /Unknown option/);
  });
});
