import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { Finding } from "../../../src/core/eligibility/rule.ts";
import { inEnglish, verbatim } from "../../../src/core/text/message.ts";
import type { FleetStore } from "../../../src/fleet/store.ts";
import type { Explanation } from "../../../src/report/upgrades/explanation.ts";
import { copySteps, primaryStep, secondarySteps, stepsOutOf } from "../../../src/report/steps.ts";
import type { Origin, Step } from "../../../src/report/steps.ts";
import { sandboxFleet } from "../tree/sandboxFleet.ts";
import { explainAll } from "./support.ts";

let store: FleetStore;
before(async () => {
  ({ store } = await sandboxFleet());
});

const explained = (name: string): Explanation => {
  const found = explainAll(store.snapshot).find(({ record }) => record.name === name);
  assert.ok(found, name);
  return found;
};
const inWords = (steps: readonly Step[]) =>
  steps.map(({ command, label }) => `${command}: ${inEnglish(label)}`);

describe("the way out of a condition that is not met", () => {
  const out = (name: string, failure: Partial<Finding>, origin: Origin = "azure") => {
    const finding: Finding = {
      rule: "x",
      status: "fail",
      severity: "block",
      message: verbatim(""),
      sources: [],
      ...failure,
    };
    return inWords(stepsOutOf(finding, explained(name), origin));
  };

  it("is the flow that mends what a plan of ours can mend", () => {
    const repair = "healthExtension";
    assert.deepEqual(out("vmss-payments-prod", { repair }), ["enableAutomaticUpgrades: Fix and Turn On…"]);
    const severity = "warn";
    assert.deepEqual(out("vmss-web-prod", { repair, severity }), ["enableAutomaticUpgrades: Fix…"]);
    assert.deepEqual(out("vmss-web-prod", { repair: "rollingPolicy", severity }), [
      "editUpgradePolicy: Edit Upgrade Policy…",
    ]);
  });

  it("is an association where none opens a window, and also to end one that opens none", () => {
    const rule = "maintenance-configuration";
    assert.deepEqual(out("vmss-cache-prod", { rule }), ["associate: Associate with a Configuration…"]);
    assert.deepEqual(out("vmss-archive-prod", { rule }), [
      "removeAssociation: Remove Association…",
      "associate: Associate with a Configuration…",
    ]);
  });

  it("is a longer window or larger batches where the window is too short", () => {
    assert.deepEqual(out("vmss-web-prod", { rule: "window-length", repair: "rollingPolicy" }), [
      "editConfiguration: Edit Configuration mc-prod-nightly…",
      "editUpgradePolicy: Edit Upgrade Policy…",
    ]);
  });

  it("is the portal for what nothing of ours mends, and there is none for what is met or unknown", () => {
    assert.deepEqual(out("vmss-web-prod", {}), ["openInPortal: Open in Portal"]);
    assert.deepEqual(out("vmss-web-prod", {}, "sandbox"), ["viewProperties: View Properties"]);
    assert.deepEqual(out("vmss-web-prod", { status: "unknown" }), []);
    assert.deepEqual(out("vmss-web-prod", { status: "pass" }), []);
  });
});

describe("the primary step", () => {
  const primary = (name: string) => {
    const step = primaryStep(explained(name));
    return step && `${step.command}: ${inEnglish(step.label)}`;
  };

  it("fixes what blocks and turns upgrades on, in one flow that offers the fixes at once", () => {
    assert.equal(primary("vmss-payments-prod"), "enableAutomaticUpgrades: Fix and Turn On…");
    const { id } = explained("vmss-payments-prod").record;
    assert.deepEqual(primaryStep(explained("vmss-payments-prod"))?.targets, [
      { kind: "scaleSet", resourceId: id, fix: true },
    ]);
  });

  it("associates before it turns upgrades on where no configuration opens a window", () => {
    assert.equal(primary("vmss-cache-prod"), "setUp: Set Up Maintenance Control…");
    assert.equal(primary("vmss-search-prod"), "enableAutomaticUpgrades: Turn On Automatic OS Upgrades…");
  });

  it("is not there where nothing is to fix, where Azure would refuse it all the same, or where it is not the user's to do", () => {
    assert.equal(primary("vmss-web-prod"), undefined); // under control
    assert.equal(primary("vmss-transcode-prod"), undefined); // a probe and an extension
    assert.equal(primary("vmss-gateway-prod"), undefined); // two configurations
    const aks = explainAll(store.snapshot).find(({ record }) => record.coverage.managedBy !== undefined);
    assert.ok(aks);
    assert.equal(primaryStep({ ...aks, upgradesOn: false }), undefined);
    const progress = { successful: 1, failed: 0, inProgress: 1, pending: 1 };
    const lastUpgrade = { status: "RollingForward", progress, rolledBack: 0 };
    assert.equal(primaryStep({ ...explained("vmss-payments-prod"), lastUpgrade }), undefined);
  });

  it("only fixes where upgrades are on", () => {
    const blocked = { ...explained("vmss-payments-prod"), upgradesOn: true };
    assert.deepEqual(inWords([primaryStep(blocked) ?? assert.fail()]), ["enableAutomaticUpgrades: Fix…"]);
  });
});

it("what the primary step would change can be copied as a script, and nothing where there is no such step", () => {
  const copied = copySteps(primaryStep(explained("vmss-payments-prod")));
  assert.deepEqual(inWords(copied), [
    "copyAsPowerShell: Copy as PowerShell",
    "copyAsAzureCli: Copy as Azure CLI",
  ]);
  const { id } = explained("vmss-payments-prod").record;
  for (const { targets } of copied)
    assert.deepEqual(targets, [
      { kind: "scaleSet", resourceId: id, fix: true, step: "enableAutomaticUpgrades" },
    ]);
  const [setUp] = copySteps(primaryStep(explained("vmss-cache-prod")));
  assert.equal(setUp?.targets[0]?.step, "setUp");
  assert.deepEqual(copySteps(primaryStep(explained("vmss-web-prod"))), []);
});

it("the first of the other steps is what brings a set under control, and none that waits for a fix made elsewhere", () => {
  const first = (name: string) => secondarySteps(explained(name), "azure")[0]?.command;
  assert.equal(first("vmss-checkout-prod"), "associate"); // upgrades at any hour
  assert.equal(first("vmss-gateway-prod"), "removeAssociation"); // two configurations
  assert.equal(first("vmss-identity-broker"), "checkImageVersions"); // whether it has one is not known
  assert.equal(first("vmss-web-prod"), "checkImageVersions"); // under control
  assert.equal(first("vmss-transcode-prod"), "openInPortal"); // a probe and an extension
  for (const explanation of explainAll(store.snapshot)) {
    const { record } = explanation;
    const findings = record.findings.filter(
      ({ status, severity }) => status === "fail" && severity === "block",
    );
    if (!findings.some(({ repair }) => repair === undefined)) continue;
    const steps = [
      ...secondarySteps(explanation, "azure"),
      ...explanation.findings.flatMap((finding) => stepsOutOf(finding, explanation, "azure")),
    ].map(({ command }) => command);
    assert.ok(!steps.some((step) => /^(associate|setUp|enable|startUpgrade)/.test(step)), record.name);
  }
});

it("an upgrade can be begun where instances are behind and nothing blocks, and one that runs can be ended", () => {
  const one = explained("vmss-web-prod");
  const commands = (over: Partial<Explanation>) =>
    secondarySteps({ ...one, ...over }, "azure").map(({ command }) => command);
  const behind = {
    ...one.record,
    freshness: { state: "behind", newest: "2", running: [], instancesBehind: 1, daysBehind: 1 } as const,
  };
  const progress = { successful: 1, failed: 0, inProgress: 1, pending: 1 };
  const lastUpgrade = { status: "RollingForward", progress, rolledBack: 0 };
  assert.ok(!commands({}).includes("startUpgrade"));
  assert.ok(commands({ record: behind }).includes("startUpgrade"));
  assert.ok(!commands({ record: behind, verdict: "blocked" }).includes("startUpgrade"));
  const whileRunning = commands({ record: behind, lastUpgrade });
  assert.ok(whileRunning.includes("cancelUpgrade") && !whileRunning.includes("startUpgrade"));
  assert.ok(commands({}).includes("upgradeHistory"));
});
