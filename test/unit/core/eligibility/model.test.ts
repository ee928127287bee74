import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eligibility, eligibilityRules } from "../../../../src/core/eligibility/eligibility.ts";
import { blockers } from "../../../../src/core/eligibility/rule.ts";
import type { Finding } from "../../../../src/core/eligibility/rule.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { healthExtension, scaleSet, serviceFabric, ubuntu } from "../scaleSets.ts";
import type { Wish } from "../scaleSets.ts";

const gallery = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp/images/base";

function find(rule: string, wish: Wish): Finding {
  const finding = eligibility(scaleSet(wish)).find((one) => one.rule === rule);
  assert.ok(finding, `no rule ${rule}`);
  return finding;
}

const cases: readonly (readonly [
  rule: string,
  what: string,
  wish: Wish,
  status: Finding["status"],
  says?: RegExp,
])[] = [
  ["image-version-latest", "latest", {}, "pass"],
  ["image-version-latest", "Latest in another casing", { image: { ...ubuntu, version: "LATEST" } }, "pass"],
  [
    "image-version-latest",
    "a pinned platform image",
    { image: { ...ubuntu, version: "24.04.202601010" } },
    "fail",
    /need “latest”/,
  ],
  [
    "image-version-latest",
    "a platform image without a version",
    { image: { publisher: "Canonical", offer: "o", sku: "s" } },
    "fail",
  ],
  ["image-version-latest", "a gallery definition", { image: { id: gallery } }, "pass"],
  [
    "image-version-latest",
    "a pinned gallery image",
    { image: { id: `${gallery}/Versions/1.0.0` } },
    "fail",
    /pinned to 1\.0\.0/,
  ],
  [
    "image-version-latest",
    "a managed image",
    { image: { id: "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/images/i" } },
    "fail",
    /managed image/,
  ],
  ["image-version-latest", "no image", { image: null }, "fail"],

  ["health-source", "the extension of the set's system", {}, "pass"],
  ["health-source", "a probe", { extensions: [], probe: "/probe" }, "pass"],
  [
    "health-source",
    "nothing",
    { extensions: [] },
    "fail",
    /health probe or health extension was not specified/,
  ],
  ["health-source", "no extension profile", { extensions: null }, "fail"],
  [
    "health-source",
    "a probe and an extension",
    { probe: "/probe" },
    "fail",
    /both a health probe and a health extension/,
  ],
  [
    "health-source",
    "the extension of the other system",
    { extensions: [healthExtension("Windows")] },
    "fail",
    /is for Windows, but the scale set runs Linux/,
  ],
  [
    "health-source",
    "two extensions",
    { extensions: [healthExtension("Linux"), healthExtension("Windows", "w")] },
    "fail",
    /more than one/,
  ],
  ["health-source", "an extension where the system is not said", { os: undefined, osProfile: null }, "pass"],
  [
    "health-source",
    "a probe on a Flexible set",
    { mode: "Flexible", extensions: [], probe: "/probe" },
    "fail",
    /Uniform scale sets only/,
  ],
  ["health-source", "the extension on a Flexible set", { mode: "Flexible" }, "pass"],
  [
    "health-source",
    "Service Fabric Silver without a probe",
    { extensions: [serviceFabric("Silver")] },
    "pass",
  ],
  ["health-source", "Service Fabric gold in lower case", { extensions: [serviceFabric("gold")] }, "pass"],
  [
    "health-source",
    "Service Fabric Bronze without a probe",
    { extensions: [serviceFabric("Bronze")] },
    "fail",
  ],

  ["windows-automatic-updates", "Linux", {}, "pass"],
  ["windows-automatic-updates", "Windows with updates off", { os: "Windows" }, "pass"],
  [
    "windows-automatic-updates",
    "Windows with updates on",
    { os: "Windows", osProfile: { windowsConfiguration: { enableAutomaticUpdates: true } } },
    "pass",
    /^Windows Update is on\. Azure turns it off when you turn on automatic OS upgrades\.$/,
  ],
  [
    "windows-automatic-updates",
    "updates on, written as text",
    { os: "Windows", osProfile: { windowsConfiguration: { enableAutomaticUpdates: "True" } } },
    "pass",
    /^Windows Update is on\./,
  ],
  [
    "windows-automatic-updates",
    "Windows that does not say",
    { os: "Windows", osProfile: null },
    "pass",
    /^Windows Update is on\. Azure turns it off/,
  ],
  [
    "windows-automatic-updates",
    "a set that does not say what it runs",
    { os: undefined, osProfile: null },
    "unknown",
    /^Missing in the scale set's JSON: osType\.$/,
  ],

  ["patch-mode", "none", {}, "pass"],
  [
    "patch-mode",
    "ImageDefault",
    { osProfile: { linuxConfiguration: { patchSettings: { patchMode: "ImageDefault" } } } },
    "pass",
  ],
  [
    "patch-mode",
    "AutomaticByPlatform on Linux",
    { osProfile: { linuxConfiguration: { patchSettings: { patchMode: "automaticByPlatform" } } } },
    "fail",
  ],
  [
    "patch-mode",
    "AutomaticByPlatform on Windows",
    {
      os: "Windows",
      osProfile: { windowsConfiguration: { patchSettings: { patchMode: "AutomaticByPlatform" } } },
    },
    "fail",
  ],

  ["orchestration-mode", "Uniform", {}, "pass"],
  [
    "orchestration-mode",
    "Flexible",
    { mode: "flexible" },
    "fail",
    /comparison of orchestration modes.*page on maintenance configurations/,
  ],
  ["managed-by-other", "a user's own", {}, "pass"],
  [
    "managed-by-other",
    "a node pool",
    { tags: { "aks-managed-poolName": "np1" } },
    "fail",
    /Azure Kubernetes Service/,
  ],
];

describe("eligibility", () => {
  for (const [rule, what, wish, status, says] of cases) {
    it(`${rule}: ${status} for ${what}`, () => {
      const finding = find(rule, wish);
      assert.equal(finding.status, status);
      if (says) assert.match(inEnglish(finding.message), says);
      assert.equal(finding.fix !== undefined, status === "fail", "a failure, and it alone, has a way out");
      const blocks = finding.severity === "block" && status === "fail";
      assert.equal(
        finding.brief !== undefined,
        blocks,
        "a failure that blocks, and it alone, has a short form",
      );
      if (finding.brief) assert.ok(inEnglish(finding.brief).length <= 60, inEnglish(finding.brief));
      assert.ok(finding.sources.length > 0);
    });
  }

  it("answers every rule once, those that block first", () => {
    assert.deepEqual(
      eligibility(scaleSet()).map(({ rule }) => rule),
      eligibilityRules.map(({ id }) => id),
    );
    assert.deepEqual(
      eligibilityRules.map(({ id, severity }) => `${severity} ${id}`),
      [
        "block image-version-latest",
        "block image-supported",
        "block health-source",
        "block windows-automatic-updates",
        "block patch-mode",
        "block service-fabric-durability",
        "block load-balancer-sku",
        "block rolling-policy",
        "warn orchestration-mode",
        "warn managed-by-other",
        "warn provisioning-state",
        "warn latest-model",
        "warn instance-health",
        "warn protected-instances",
        "warn external-references",
        "warn maintenance-configuration",
        "warn window-length",
      ],
    );
  });

  it("breaks on no shape that a service may send", () => {
    for (const odd of [
      {},
      { properties: null },
      { properties: { virtualMachineProfile: "?" } },
      { properties: { virtualMachineProfile: { extensionProfile: { extensions: [null, 1, {}] } } } },
    ]) {
      assert.equal(eligibility(odd).length, eligibilityRules.length);
    }
  });

  it("lets only blocking failures block", () => {
    assert.deepEqual(blockers(eligibility(scaleSet({ mode: "Flexible" }))), []);
    assert.deepEqual(blockers(eligibility(scaleSet({ os: undefined, osProfile: null }))), []);
    assert.deepEqual(
      blockers(eligibility(scaleSet({ extensions: [] }))).map(({ rule }) => rule),
      ["health-source"],
    );
  });
});

describe("Windows Update in a body that is sent", () => {
  const finding = (
    updates: boolean | undefined,
    intent: "stored" | "body" | undefined,
    upgrades = true,
  ): Finding => {
    const windowsConfiguration = {
      provisionVMAgent: true,
      ...(updates !== undefined && { enableAutomaticUpdates: updates }),
    };
    const set = scaleSet({ os: "Windows", upgrades, osProfile: { windowsConfiguration } });
    const found = eligibility(set, {}, intent).find(({ rule }) => rule === "windows-automatic-updates");
    assert.ok(found);
    return found;
  };

  it("blocks where the body turns both on, with Azure's refusal of that", () => {
    const found = finding(true, "body");
    assert.equal(found.severity, "block");
    assert.equal(found.status, "fail");
    assert.match(inEnglish(found.message), /enableAutomaticUpdates cannot be set to true if/);
    assert.match(inEnglish(found.fix ?? found.message), /enableAutomaticUpdates to false, or omit it/);
  });

  it("passes where the body turns on one of them, or leaves Windows Update to Azure", () => {
    for (const found of [
      finding(true, "body", false),
      finding(false, "body"),
      finding(undefined, "body"),
      finding(true, "stored"),
      finding(true, undefined),
    ]) {
      assert.equal(found.status, "pass");
      assert.doesNotMatch(inEnglish(found.message), /refuse|cannot be set/);
    }
  });
});
