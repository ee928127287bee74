import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { differences, type Holdings } from "../../scripts/tour/holdings.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const setUp = "Scale Set Maintenance: Set Up Maintenance Control for VMSS";
const on = { automaticUpgrades: true };
const off = { automaticUpgrades: false };

test("Set Up Maintenance Control does for each set what it lacks, and says why it leaves others out", async () => {
  await shared().begin();
  const { workbench, sandbox, tree, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await holdings();
  const set = (name: string) => idIn(sandbox, "Contoso Production", "rg-web-prod-weu", name);
  const nightly = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");

  await workbench.run(setUp);
  await quickInput.step("Choose scale sets");
  await picture("scale-sets");
  await quickInput.pickMany([
    "vmss-cache-prod", // has neither
    "vmss-checkout-prod", // upgrades are on
    "vmss-search-prod", // has a configuration
    "vmss-orders-prod", // its image is pinned
    "aks-systempool-31415926-vmss", // owned by AKS
  ]);
  await quickInput.step("Managed scale sets");
  await picture("sets-of-another-service");
  await quickInput.pick("Skip them");
  await quickInput.step("Existing configurations");
  await picture("existing-configurations");
  await quickInput.pick("Keep their configurations");
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Conditions");
  await quickInput.shows(/vmss-orders-prod.*pinned to 22\.04\.202509030/s);
  await picture("conditions");
  await quickInput.pick("Skip blocked scale sets");
  await quickInput.step("Review");
  await picture("review");
  await quickInput.shows(/aks-systempool-31415926-vmss.*Managed by Azure Kubernetes Service/s);
  await quickInput.shows(/vmss-orders-prod.*22\.04\.202509030/s);
  await quickInput.apply(/\b4 changes\b/);
  await workbench.toast("4 changes done");
  await picture("results");
  const expected: Holdings = new Map<string, unknown>([
    ...before,
    [associationId(set("vmss-cache-prod"), "mc-prod-nightly"), nightly],
    [set("vmss-cache-prod"), on],
    [associationId(set("vmss-checkout-prod"), "mc-prod-nightly"), nightly],
    [set("vmss-search-prod"), on],
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);

  await workbench.answerToast("4 changes done", "Show Results");
  await eventually(async () => {
    const page = await workbench.webPage("Results: Set Up Maintenance Control");
    const report = await page.locator("main").innerText();
    assert.match(report, /Not changed · 2/);
    assert.match(report, /✓\sDone · [^✓]*Turn on automatic OS upgrades for scale set vmss-search-prod/s);
    assert.match(report, /Automatic OS upgrades\s+off → on/);
  });
  await picture("report");
  await tree.expandPath("Contoso Production", "Scale sets");
  for (const name of ["vmss-cache-prod", "vmss-checkout-prod", "vmss-search-prod"]) {
    await tree.row(new RegExp(`${name}, Scheduled`));
  }
});

test("Set Up Maintenance Control starts from a configuration and from a set, and asks only for the rest", async () => {
  const { workbench, sandbox, tree, startOver, holdings } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const worker = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", "vmss-worker-prod");
  const loadtest = idIn(sandbox, "Contoso Staging", "rg-loadtest-staging", "vmss-loadtest-staging");
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");

  await tree.expandPath("Contoso Staging", "Maintenance configurations");
  await tree.contextMenu("mc-staging-daily", "Set Up Maintenance Control for VMSS");
  await quickInput.step("Choose scale sets");
  await quickInput.pickMany(["vmss-worker-prod"]);
  await quickInput.step("Review");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  await workbench.clearToasts();

  await tree.expandPath("Contoso Staging", "Scale sets");
  await tree.contextMenu("vmss-loadtest-staging", "Set Up Maintenance Control for VMSS");
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-staging-daily");
  await quickInput.step("Review");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  const expected = new Map<string, unknown>([
    ...before,
    ...[worker, loadtest].flatMap((id) => [
      [id, on] as const,
      [associationId(id, "mc-staging-daily"), daily] as const,
    ]),
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);
});

test("Remove Association takes care of upgrades that could then start at any hour", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const api = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", "vmss-api-prod");
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-api-prod", "Remove Association");
  await quickInput.step("Automatic OS upgrades");
  await picture("upgrades-of-a-removed-association");
  await quickInput.pick("Turn off automatic OS upgrades first");
  await quickInput.step("Review");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  const expected = new Map([...before, [api, off]]);
  expected.delete(associationId(api, "mc-prod-nightly"));
  assert.deepEqual(differences(expected, await holdings()), []);
  await tree.row(/vmss-api-prod, Not set up/);
});

test("a set that was deleted meanwhile is named, the others are done, and the tree shows the truth", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const set = (name: string) => idIn(sandbox, "Contoso Production", "rg-web-prod-weu", name);
  const worker = `${set("vmss-worker-prod")}?api-version=2024-07-01`;
  await workbench.run("Scale Set Maintenance: Enable Automatic OS Upgrades");
  await quickInput.step("Choose scale sets");
  await quickInput.pickMany(["vmss-cache-prod", "vmss-worker-prod"]);
  await quickInput.step("Review");
  await quickInput.shows(/vmss-cache-prod has no maintenance configuration.*any time/s);
  await picture("review-with-warnings");
  assert.equal((await ask(sandbox, "DELETE", worker)).status, 202);
  await eventually(async () => assert.equal((await ask(sandbox, "GET", worker)).status, 404));
  await quickInput.apply(/\b2 changes\b/, "Turn On");
  assert.match(
    await workbench.toast("1 of 2 changes done, 1 changed by someone else"),
    /vmss-worker-prod no longer exists\. Nothing was sent/,
  );
  await picture("one-failed");
  const expected = new Map([...before, [set("vmss-cache-prod"), on]]);
  expected.delete(set("vmss-worker-prod"));
  assert.deepEqual(differences(expected, await holdings()), []);

  await workbench.answerToast("1 changed by someone else", "Show Results");
  await eventually(async () => {
    const page = await workbench.webPage("Results: Enable Automatic OS Upgrades");
    const report = await page.locator("main").innerText();
    assert.match(
      report,
      /≠\sChanged by someone else · .*\n+Turn on automatic OS upgrades for scale set vmss-worker-prod/,
    );
    assert.match(report, /✓\sDone · .*\n+Turn on automatic OS upgrades for scale set vmss-cache-prod/);
  });
  await picture("report-of-a-failure");
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/vmss-cache-prod, No window/);
  await eventually(async () => {
    const names = (await tree.rows()).map(({ name }) => name).join("\n");
    assert.doesNotMatch(names, /vmss-worker-prod/);
  });
});
