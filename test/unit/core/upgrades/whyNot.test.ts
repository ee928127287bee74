import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coverageOf } from "../../../../src/core/associations/coverage.ts";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import { decodedError } from "../../../../src/core/upgrades/upgradeErrors.ts";
import { whyNotUpgraded } from "../../../../src/core/upgrades/whyNot.ts";
import type { Reason } from "../../../../src/core/upgrades/reason.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import { pauseTag } from "../../../../src/core/windows/pause.ts";
import { configurationIdOf, scaleSet } from "../scaleSets.ts";
import type { Wish } from "../scaleSets.ts";

const now = "2026-11-23T09:00:00Z";
const newest = "24.04.202611200";

/** Opens every day from 22:00 to 03:00 UTC. */
function nightly(window: JsonObject = {}, tags: JsonObject = {}): JsonObject {
  const maintenanceWindow = {
    startDateTime: "2026-01-01 22:00",
    duration: "05:00",
    timeZone: "UTC",
    recurEvery: "Day",
  };
  return {
    id: configurationIdOf("nightly"),
    name: "nightly",
    tags,
    properties: { maintenanceScope: "OSImage", maintenanceWindow: { ...maintenanceWindow, ...window } },
  };
}

const held = (resource: JsonObject, at = now): EligibilityFacts => ({
  configurations: [{ resource, schedule: scheduleFacts(resource, at) }],
});
const instancesOn = (...versions: readonly string[]): EligibilityFacts => ({
  newestImage: {
    name: newest,
    properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: true } },
  },
  instances: versions.map((exactVersion) => ({
    properties: {
      latestModelApplied: true,
      storageProfile: { imageReference: { version: "latest", exactVersion } },
    },
  })),
});
const upgrade = (code: string, more: JsonObject = {}): JsonObject => ({
  properties: {
    runningStatus: { code, startTime: "2026-11-21T22:03:00Z", endTime: "2026-11-21T22:40:00Z" },
    progress: {
      successfulInstanceCount: 2,
      failedInstanceCount: 1,
      inProgressInstanceCount: 1,
      pendingInstanceCount: 6,
    },
    startedBy: "Platform",
    targetImageReference: { version: newest },
    ...more,
  },
});

/** The parts of the answer as `kind: message`. */
function answer(wish: Wish, facts: EligibilityFacts, at = now): readonly string[] {
  return reasons(wish, facts, at).map(({ kind, message }) => `${kind}: ${inEnglish(message)}`);
}

function reasons(wish: Wish, facts: EligibilityFacts, at = now): readonly Reason[] {
  const set = scaleSet({ upgrades: true, ...wish });
  const assignments = (facts.configurations ?? []).map(({ resource }) => ({
    properties: { maintenanceConfigurationId: resource["id"] ?? "" },
  }));
  const coverage = coverageOf({
    scaleSet: set,
    assignments: { known: assignments },
    configurationOf: () => facts.configurations?.[0] ?? "unknown",
    findings: eligibility(set, facts),
  });
  return whyNotUpgraded({ scaleSet: set, facts, coverage, now: at });
}

const behind = instancesOn("24.04.202610200", newest);

describe("why it did not upgrade", () => {
  it("an upgrade is under way: nothing else counts", () => {
    const facts = { ...behind, ...held(nightly()), rollingUpgrade: upgrade("RollingForward") };
    assert.deepEqual(answer({ extensions: [] }, facts), [
      "running: An upgrade is running: 2 of 10 instances upgraded, 1 in progress, 1 failed.",
    ]);
    assert.match(
      answer({}, { rollingUpgrade: upgrade("RollingBack") })[0] ?? "",
      /^running: .*being rolled back/,
    );
  });

  it("there is nothing to upgrade to", () => {
    const [first, ...others] = answer({}, { ...instancesOn(newest, newest), ...held(nightly()) });
    assert.match(first ?? "", /^current: All instances run the latest image, 24\.04\.202611200/);
    assert.ok(!others.some((line) => /^(behind|failed|note)/.test(line)), others.join("\n"));
  });

  it("upgrades are off: what Azure would refuse to turn them on for comes first, then that they are to be turned on", () => {
    const [first, second] = reasons({ upgrades: false, extensions: [] }, behind);
    assert.equal(first?.kind, "blocked");
    assert.match(inEnglish(first.message), /^Azure can't tell whether instances are healthy/);
    assert.equal(second?.kind, "off");
    assert.match(inEnglish(second.next ?? second.message), /^Fix what blocks automatic OS upgrades/);
    const [alone] = reasons({ upgrades: false }, behind);
    assert.match(inEnglish(alone?.next ?? assert.fail()), /^Turn on automatic OS upgrades, or /);
  });

  it("nothing is to upgrade to, and no next upgrade is promised where upgrades are off or blocked", () => {
    const next = (wish: Wish) => reasons(wish, instancesOn(newest))[0]?.next;
    assert.match(inEnglish(next({}) ?? assert.fail()), /^Nothing to do\. The next upgrade/);
    assert.equal(next({ upgrades: false }), undefined);
    assert.equal(next({ extensions: [] }), undefined);
  });

  it("Azure refuses", () => {
    const [first] = reasons({ image: { publisher: "c", offer: "o", sku: "s", version: "1.0.0" } }, behind);
    assert.equal(first?.kind, "blocked");
    assert.equal(first.rule, "image-version-latest");
    assert.ok(first.next);
  });

  it("the last attempt failed: in plain words, what to do, and Azure's own", () => {
    const error = {
      code: "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
      message: "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value.",
    };
    const older = upgrade("Completed", {
      runningStatus: { code: "Completed", startTime: "2026-10-21T22:03:00Z" },
    });
    const [first] = reasons(
      {},
      { ...behind, ...held(nightly()), upgradeHistory: [older, upgrade("Faulted", { error })] },
    );
    assert.equal(first?.kind, "failed");
    assert.match(
      inEnglish(first.message),
      /\(2026-11-21 22:03 UTC, to version 24\.04\.202611200\) ended as Faulted: .*too many/,
    );
    assert.match(inEnglish(first.next ?? first.message), /health endpoint/);
    assert.equal(first.azureMessage && inEnglish(first.azureMessage), `${error.code}: ${error.message}`);
  });

  it("an attempt that was cancelled, and one that gave no error", () => {
    const [first] = answer({}, { ...behind, ...held(nightly()), upgradeHistory: [upgrade("Cancelled")] });
    assert.match(first ?? "", /^failed: .*ended as Cancelled: Azure gave no error/);
  });

  it("an attempt that was cancelled is told as running nowhere, though the history was read before", () => {
    const reasons = answer(
      {},
      { ...behind, rollingUpgrade: upgrade("Cancelled"), upgradeHistory: [upgrade("RollingForward")] },
    );
    assert.match(reasons.join("\n"), /ended as Cancelled/);
    assert.doesNotMatch(reasons.join("\n"), /RollingForward|is running/);
  });

  it("an attempt that is being cancelled says so", () => {
    const status = { code: "RollingForward", startTime: "2026-11-21T22:03:00Z", lastAction: "Cancel" };
    const rollingUpgrade = upgrade("RollingForward", { runningStatus: status });
    assert.deepEqual(answer({}, { ...behind, rollingUpgrade }), [
      "running: An upgrade is being cancelled: 2 of 10 instances upgraded.",
    ]);
  });

  it("no window has come since the image came out", () => {
    const facts = { ...instancesOn("24.04.202610200"), ...held(nightly({ recurEvery: "Week Saturday" })) };
    const lines = answer({}, facts);
    assert.deepEqual(lines.slice(0, 3), [
      "behind: 1 of 1 instances behind the latest image, 24.04.202611200, by up to 31 days.",
      "windows: 1 window of nightly has closed since the latest image was published on 2026-11-20.",
      "windows: The next window of nightly starts at 2026-11-28 22:00 (UTC).",
    ]);
    const later = { ...facts, ...held(nightly({ recurEvery: "Week Friday" })) };
    assert.match(answer({}, later)[1] ?? "", /^windows: No window of nightly has closed/);
  });

  it("a window is open now", () => {
    const lines = answer({}, { ...behind, ...held(nightly({ startDateTime: "2026-01-01 07:00" })) });
    assert.ok(
      lines.includes("windows: A window of nightly is open until 2026-11-23 12:00 (UTC)."),
      lines.join("\n"),
    );
  });

  it("the next window's start comes twice: which of the two counts stays open", () => {
    const twice = nightly({ startDateTime: "2026-01-01 02:30", timeZone: "W. Europe Standard Time" });
    const open = " The window's start occurs twice when clocks go back. Not documented: which one counts.";
    const said = (at: string) =>
      answer({}, { ...behind, ...held(twice, at) }, at).filter((line) => /(starts at|open until)/.test(line));
    assert.deepEqual(said("2026-10-24T12:00:00Z"), [
      `windows: The next window of nightly starts at 2026-10-25 02:30 (W. Europe Standard Time).${open}`,
    ]);
    assert.deepEqual(said("2026-10-25T01:00:00Z"), [
      `windows: A window of nightly may be open until 2026-10-25 06:30 (W. Europe Standard Time).${open}`,
    ]);
    assert.deepEqual(said("2026-10-25T02:00:00Z"), [
      "windows: A window of nightly is open until 2026-10-25 06:30 (W. Europe Standard Time).",
    ]);
  });

  it("the windows of a retired zone can't be told, and that is said once", () => {
    const lines = answer({}, { ...behind, ...held(nightly({ timeZone: "Kamchatka Standard Time" })) });
    const retired = lines.filter((line) => line.includes("is a retired Windows ID"));
    assert.equal(retired.length, 1, lines.join("\n"));
    assert.match(retired[0] ?? "", /^unknown: /);
  });

  it("the configuration is paused", () => {
    const paused = nightly({ startDateTime: "2026-12-10 22:00" }, { [pauseTag]: "2026-01-01 22:00" });
    const lines = answer({}, { ...behind, ...held(paused) });
    assert.ok(
      lines.includes("windows: nightly is paused: no window starts before 2026-12-10 22:00 (UTC)."),
      lines.join("\n"),
    );
  });

  it("the configuration opens no window any more", () => {
    const lines = answer({}, { ...behind, ...held(nightly({ expirationDateTime: "2026-02-01 00:00" })) });
    assert.ok(
      lines.some((line) => line.startsWith("windows: Its configuration nightly has no valid window")),
      lines.join("\n"),
    );
  });

  it("nothing holds it back: it may start at any hour", () => {
    const lines = answer({}, { ...behind, configurations: [] });
    assert.ok(
      lines.some((line) => line.startsWith("open: ")),
      lines.join("\n"),
    );
  });

  it("upgrades wait for an approval", () => {
    const wish: Wish = {
      properties: {
        upgradePolicy: {
          mode: "Manual",
          automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, osRollingUpgradeDeferral: true },
        },
      },
    };
    assert.ok(answer(wish, { ...behind, ...held(nightly()) }).some((line) => line.startsWith("waiting: ")));
  });

  it("what may hold it up comes after, what most likely does first; then how Azure goes about it", () => {
    const wish: Wish = {
      tags: { "aks-managed-poolName": "np1" },
      properties: { provisioningState: "Failed" },
    };
    const unhealthy: EligibilityFacts = {
      instanceView: {
        virtualMachine: {
          statusesSummary: [
            { code: "HealthState/healthy", count: 6 },
            { code: "HealthState/unhealthy", count: 4 },
          ],
        },
      },
    };
    const all = reasons(wish, { ...behind, ...held(nightly()), ...unhealthy });
    assert.deepEqual(
      all.flatMap(({ kind, rule }) => (kind === "risk" ? rule : [])),
      ["instance-health", "provisioning-state", "managed-by-other"],
    );
    assert.deepEqual(
      all.slice(-2).map(({ message }) => inEnglish(message)),
      [
        "The first upgrade can start up to 3 hours after you turn on automatic OS upgrades.",
        "Azure rolls out platform images in phases, never to paired regions at once. This region may get an image later than others.",
      ],
    );
  });

  it("no instance can be reached: all are protected from scale set actions", () => {
    const protectionPolicy = { protectFromScaleSetActions: true };
    const instances = (behind.instances ?? []).map((instance) => ({
      properties: { ...(instance["properties"] as JsonObject), protectionPolicy },
    }));
    const risks = reasons({}, { ...behind, instances, ...held(nightly()) }).filter(
      ({ rule }) => rule === "protected-instances",
    );
    assert.deepEqual(
      risks.map(({ message }) => /so upgrades skip/.test(inEnglish(message))),
      [true],
    );
  });

  it("nothing is known: it says so and never stays silent", () => {
    const lines = answer({}, {});
    assert.ok(lines.some((line) => line.startsWith("unknown: The latest image version is unknown")));
    assert.ok(lines.some((line) => line.startsWith("note: Nothing known prevents")));
  });
});

describe("errors of upgrades", () => {
  const codes = [
    "RollingUpgradeInProgressWithFailedUpgradedVMs",
    "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
    "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
    "InternalExecutionError",
    "RollingUpgradeTimeoutError",
    "PropertyChangeNotAllowed",
  ];
  const meaningOf = (error: JsonObject) => {
    const decoded = decodedError(error);
    assert.ok(decoded);
    assert.notEqual(inEnglish(decoded.next), "");
    return inEnglish(decoded.meaning);
  };

  for (const code of codes) {
    it(`${code} has words of its own and keeps its code`, () => {
      const error = { code, message: "Details." };
      assert.doesNotMatch(meaningOf(error), /Not documented/);
      assert.equal(decodedError(error)?.code, code);
      assert.equal(
        inEnglish(decodedError(error)?.azureMessage ?? { template: "", args: [] }),
        `${code}: Details.`,
      );
      assert.equal(meaningOf({ code: code.toLowerCase() }), meaningOf(error), "in any casing");
    });
  }

  it("no two codes mean the same", () =>
    assert.equal(new Set(codes.map((code) => meaningOf({ code }))).size, codes.length));

  it("an operation that is not allowed is known by its words", () => {
    const words = "Operation 'osRollingUpgrade' is not allowed on Virtual Machine Scale Set 'web'.";
    assert.match(meaningOf({ code: "BadRequest", message: words }), /doesn't allow this on the scale set/);
  });

  it("a set without an unprotected instance is known by the words, and both causes are named", () => {
    const words =
      "The OS Rolling Upgrade API cannot be used on a Virtual Machine Scale Set unless the Virtual Machine Scale Set has some unprotected instances which have imageReference.version set to latest.";
    for (const error of [{ code: "OperationNotAllowed", message: words }, { message: words }]) {
      const decoded = decodedError(error);
      assert.match(decoded ? inEnglish(decoded.meaning) : "", /isn't latest, or all instances are protected/);
    }
  });

  it("an unknown code is shown whole", () => {
    const error = { code: "SomethingNew", message: "Line one\nline {0} two" };
    assert.match(meaningOf(error), /^Not documented for upgrades: error code “SomethingNew”/);
    const azureMessage = decodedError(error)?.azureMessage;
    assert.equal(azureMessage && inEnglish(azureMessage), "SomethingNew: Line one\nline {0} two");
  });

  it("no error is none", () => {
    for (const none of [undefined, {}, { code: "", message: null }])
      assert.equal(decodedError(none), undefined);
  });
});
