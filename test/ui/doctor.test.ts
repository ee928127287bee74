/** A blocked scale set is explained, fixed and enabled; what comes of it is asked of the sandbox from outside. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const enable = "Enable Automatic OS Upgrades";

interface ScaleSet {
  readonly properties: {
    readonly upgradePolicy: {
      readonly mode: string;
      readonly rollingUpgradePolicy?: Readonly<Record<string, unknown>>;
      readonly automaticOSUpgradePolicy?: Readonly<Record<string, unknown>>;
    };
    readonly virtualMachineProfile: {
      readonly storageProfile: { readonly imageReference: { readonly version?: string } };
      readonly osProfile: {
        readonly windowsConfiguration?: { readonly enableAutomaticUpdates: boolean };
        readonly linuxConfiguration?: { readonly patchSettings: { readonly patchMode: string } };
      };
      readonly extensionProfile: {
        readonly extensions: readonly {
          readonly properties: { readonly type: string; readonly settings: unknown };
        }[];
      };
    };
  };
}

const production = (name: string, group = "rg-data-prod-weu") =>
  idIn(shared().sandbox, "Contoso Production", group, name);

async function held(id: string): Promise<ScaleSet["properties"]> {
  return (await get<ScaleSet>(shared().sandbox, `${id}?api-version=2024-07-01`)).properties;
}

test("a blocked set is explained, fixed and enabled in one flow", async () => {
  await shared().startOver();
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  const id = production("vmss-payments-prod");
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-payments-prod", "Explain Why It Didn't Upgrade…");
  const page = await workbench.webPage("Eligibility of vmss-payments-prod");
  const found = page.getByRole("row", { name: /health-source/ });
  await page.getByText(/Last checked: /).waitFor();
  assert.match(await found.innerText(), /Blocks.*health probe or health extension was not specified/s);
  await found.getByRole("link", { name: "Fix and Turn On… (vmss-payments-prod)" }).click();
  await quickInput.step("Fixes");
  assert.equal(await quickInput.placeholder(), "1 fix is required before upgrades can be turned on");
  assert.deepEqual(await quickInput.ticked(), ["Add the Application Health extension…"]);
  await picture("fixes");
  await quickInput.pickMany(["Set the upgrade mode…"]);
  await quickInput.step("Health protocol");
  await picture("health-protocol");
  await quickInput.pick("http");
  await quickInput.step("Health port");
  await quickInput.holds("80");
  await quickInput.type("99999");
  await quickInput.message(/whole number from 1 to 65535/);
  await picture("health-port");
  await quickInput.enter("8080");
  await quickInput.step("Health path");
  await quickInput.type("healthz");
  await quickInput.message(/starts with \//);
  await quickInput.enter("/healthz");
  await quickInput.step("Upgrade mode");
  await picture("upgrade-mode");
  await quickInput.pick("Rolling");
  await quickInput.step("Rolling upgrade policy");
  await picture("rolling-policy");
  await quickInput.pick("Azure's defaults");
  await quickInput.step("Review");
  await quickInput.shows(/protocol: http, port: 8080, requestPath: \/healthz/);
  await picture("review");
  await quickInput.apply(/\b2 changes\b/, "Apply");
  await workbench.toast("2 changes done");
  const now = await held(id);
  assert.deepEqual(now.upgradePolicy, {
    mode: "Rolling",
    automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, useRollingUpgradePolicy: false },
    rollingUpgradePolicy: {
      maxBatchInstancePercent: 20,
      maxUnhealthyInstancePercent: 20,
      maxUnhealthyUpgradedInstancePercent: 20,
      pauseTimeBetweenBatches: "PT0S",
    },
  });
  const [health] = now.virtualMachineProfile.extensionProfile.extensions.filter(({ properties }) =>
    properties.type.startsWith("ApplicationHealth"),
  );
  assert.equal(health?.properties.type, "ApplicationHealthLinux");
  assert.deepEqual(health.properties.settings, { protocol: "http", port: 8080, requestPath: "/healthz" });
  await eventually(async () => assert.equal(await found.count(), 0)); // it is met, and folded away
  await picture("explained-and-fixed");
  await workbench.clearToasts();
  await workbench.run("View: Close All Editors");
});

test("several sets are fixed at once, and those that can't be stay out with their reasons", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  await tree.expandPath("Contoso Production", "Scale sets");
  await workbench.run(`Scale Set Maintenance: ${enable}`);
  await quickInput.step("Choose scale sets");
  await quickInput.pickMany([
    "vmss-orders-prod",
    "vmss-reporting-prod",
    "vmss-batch-prod",
    "vmss-transcode-prod",
  ]);
  await quickInput.step("Conditions");
  assert.equal(await quickInput.placeholder(), "Upgrades of 3 of 4 scale sets are blocked");
  await picture("conditions-of-several");
  await quickInput.pick("Choose what to fix…");
  await quickInput.step("Fixes");
  assert.deepEqual(await quickInput.ticked(), ["Use the latest image", "Set the patch mode"]);
  await picture("fixes-of-several");
  await quickInput.accept();
  await quickInput.step("Review");
  await quickInput.shows(/version: 22\.04\.202509030 → latest/);
  await quickInput.shows(/Azure turns off Windows Update on vmss-reporting-prod with this change/);
  await picture("review-of-several");
  await quickInput.apply(/\b5 changes\b/);
  await workbench.toast("5 changes done");
  for (const name of ["vmss-orders-prod", "vmss-reporting-prod", "vmss-batch-prod"]) {
    const { upgradePolicy, virtualMachineProfile } = await held(production(name));
    assert.equal(upgradePolicy.automaticOSUpgradePolicy?.["enableAutomaticOSUpgrade"], true, name);
    assert.equal(virtualMachineProfile.storageProfile.imageReference.version, "latest", name);
    assert.notEqual(virtualMachineProfile.osProfile.windowsConfiguration?.enableAutomaticUpdates, true, name);
    assert.notEqual(
      virtualMachineProfile.osProfile.linuxConfiguration?.patchSettings.patchMode,
      "AutomaticByPlatform",
      name,
    );
  }
  const transcode = await held(production("vmss-transcode-prod", "rg-media-prod-neu"));
  assert.equal(transcode.upgradePolicy.automaticOSUpgradePolicy, undefined);
  await workbench.clearToasts();
});

test("a blocked set that is tried anyway is refused, and the results show Azure's whole answer", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  await tree.contextMenu("vmss-transcode-prod", enable);
  await quickInput.step("Conditions");
  await quickInput.pick("Skip blocked scale sets");
  await quickInput.step("Review");
  await picture("review-of-a-blocked-set");
  await quickInput.pick("Try vmss-transcode-prod anyway");
  await quickInput.shows(/is blocked, so Azure will probably refuse/);
  await picture("review-of-a-try");
  await quickInput.apply(/\b1 change\b/);
  await workbench.answerToast(/0 of 1 changes done, 1 failed/, "Show Results");
  await eventually(async () => {
    const page = await workbench.webPage("Results: Enable Automatic OS Upgrades");
    const report = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
    assert.match(report, /Azure answered: 400 BadRequest/);
    assert.match(report, /both a health probe and a health extension were provided/);
    assert.match(report, /Request ID: /);
  });
  await picture("results-of-a-try");
  const { upgradePolicy } = await held(production("vmss-transcode-prod", "rg-media-prod-neu"));
  assert.equal(upgradePolicy.automaticOSUpgradePolicy, undefined);
  await workbench.clearToasts();
  await workbench.run("View: Close All Editors");
});

test("asking Azure about a set can be cancelled, and the flow goes on by what is known", async () => {
  const { workbench, sandbox, tree } = shared();
  const { quickInput } = workbench;
  const slow = { match: { path: "vmss-worker-prod/instanceView" }, times: "always", do: { delayMs: 60_000 } };
  await ask(sandbox, "POST", "/sandbox/faults", [slow]);
  await tree.contextMenu("vmss-worker-prod", enable);
  const checking = "Sandbox: Checking vmss-worker-prod";
  await workbench.toast(checking);
  await workbench.answerToast(checking, "Cancel");
  await quickInput.step("Review");
  await quickInput.shows(/Turn on automatic OS upgrades for scale set vmss-worker-prod/);
  await quickInput.cancel();
  await ask(sandbox, "DELETE", "/sandbox/faults");
});

test("an upgrade policy is edited from what it is, value by value", async () => {
  const { workbench, sandbox, tree, picture } = shared();
  const { quickInput } = workbench;
  await tree.expandPath("Contoso Staging", "Scale sets");
  await tree.contextMenu("vmss-loadtest-staging", "Edit Upgrade Policy");
  await quickInput.step("Choose what to change");
  await picture("what-to-change");
  await quickInput.pickMany(["Batch size in percent", "Pause between batches", "Batches across zones"]);
  await quickInput.step("Batch size in percent");
  await quickInput.holds("20");
  await quickInput.type("3");
  await quickInput.message(/Enter a whole number from 5 to 100\. Azure's default is 20\. Source: /);
  await picture("batch-size-refused");
  await quickInput.type("10");
  await picture("batch-size");
  await quickInput.accept();
  await quickInput.step("Pause between batches");
  await quickInput.holds("PT0S");
  await quickInput.enter("PT5M");
  await quickInput.step("Batches across zones");
  await quickInput.points("Off");
  await picture("across-zones");
  await quickInput.pick("On");
  await quickInput.step("Review");
  await quickInput.shows(/maxBatchInstancePercent: 20 → 10.*pauseTimeBetweenBatches: PT0S → PT5M/s);
  await picture("review-of-a-policy");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  const id = idIn(sandbox, "Contoso Staging", "rg-loadtest-staging", "vmss-loadtest-staging");
  const { rollingUpgradePolicy } = (await held(id)).upgradePolicy;
  assert.deepEqual(rollingUpgradePolicy, {
    maxBatchInstancePercent: 10,
    maxUnhealthyInstancePercent: 20,
    maxUnhealthyUpgradedInstancePercent: 20,
    pauseTimeBetweenBatches: "PT5M",
    enableCrossZoneUpgrade: true,
    maxSurge: false,
    rollbackFailedInstancesOnPolicyBreach: false,
  });
  await workbench.clearToasts();
});
