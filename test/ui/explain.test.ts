import assert from "node:assert/strict";
import { test } from "node:test";
import { eligibilityRules } from "../../src/core/eligibility/eligibility.ts";
import { ask, get } from "../../scripts/lib/outside.ts";
import { problemsWithoutScript } from "../support/accessibility.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { takePicture } from "../support/pictures.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const title = (subject: string) => `Eligibility of ${subject}`;

test("a set's page says its verdict, every rule and what Azure was asked", async () => {
  await shared().begin();
  const { workbench, tree, picture } = shared();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-payments-prod", "Explain Why It Didn't Upgrade…");
  const page = await workbench.webPage(title("vmss-payments-prod"));
  await page.getByRole("heading", { name: title("vmss-payments-prod"), level: 1 }).waitFor();
  await page.getByText(/Last checked: /).waitFor();
  await page.getByText("1 condition must be fixed before you can turn on automatic OS upgrades.").waitFor();
  for (const { id } of eligibilityRules)
    assert.equal(await page.locator("tbody code", { hasText: new RegExp(`^${id}$`) }).count(), 1, id);
  await page
    .getByText(/^mc-prod-nightly, .*: Open, no upgrade started\. Automatic OS upgrades are off\./)
    .waitFor();
  const conditions = page.getByRole("table", {
    name: /Conditions not met or unknown for vmss-payments-prod/,
  });
  assert.match(await conditions.getByRole("row").nth(1).innerText(), /health-source\s+.*Blocks/s);
  await picture("one-set");
  await conditions.scrollIntoViewIfNeeded();
  await picture("conditions");
  await page.getByRole("heading", { name: "Last upgrade" }).scrollIntoViewIfNeeded();
  await picture("image-versions");
  await conditions.getByRole("link", { name: "Fix and Turn On… (vmss-payments-prod)" }).click();
  await workbench.quickInput.flow("Enable Automatic OS Upgrades (Sandbox)");
  await picture("fix");
  await workbench.quickInput.cancel();
  await workbench.run("View: Close All Editors");
});

test("a link opens the step that mends, by the keyboard too, and the page follows what comes of it", async () => {
  const { workbench, tree } = shared();
  const { quickInput } = workbench;
  await tree.contextMenu("vmss-cache-prod", "Explain Why It Didn't Upgrade…");
  const page = await workbench.webPage(title("vmss-cache-prod"));
  const found = page.getByRole("row", { name: /maintenance-configuration/ });
  await page.getByText(/Last checked: /).waitFor();
  assert.match(await found.innerText(), /Warns/);
  await found.getByRole("link", { name: "Associate with a Configuration… (vmss-cache-prod)" }).focus();
  await workbench.page.keyboard.press("Enter");
  await quickInput.flow("Associate Scale Sets (Sandbox)");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await page.getByText(/^mc-prod-nightly: /).waitFor();
  assert.equal(await found.count(), 0); // it is met, and folded away
  await page.locator("summary", { hasText: /\d+ met/ }).press("Enter");
  assert.match(await found.innerText(), /Met.*mc-prod-nightly/s);
  await workbench.clearToasts();
  await workbench.run("View: Close All Editors");
});

test("a group's page sums up and leads to the page of each set", async () => {
  const { workbench, tree, picture } = shared();
  await tree.contextMenu("Scale sets", "Explain Why It Didn't Upgrade…");
  const page = await workbench.webPage(title("15 Scale Sets"));
  await page.getByText(/of 15 checked run an older image/).waitFor({ timeout: 60_000 });
  await picture("many-sets");
  const table = page.getByRole("table", { name: "Select a name to open its own page" });
  await table.scrollIntoViewIfNeeded();
  await picture("many-sets-table");
  const rows = await table.getByRole("row").allInnerTexts();
  assert.equal(rows.length, 16);
  assert.match(rows[1] ?? "", /Blocked/);
  await table.getByRole("link", { name: "vmss-gateway-prod" }).click();
  const gateway = await workbench.webPage(title("vmss-gateway-prod"));
  await gateway
    .getByText(/Azure stopped: too many upgraded instances became unhealthy/)
    .first()
    .waitFor();
  await picture("failed-upgrade");
  await workbench.run("View: Close All Editors");
});

test("the image versions of a subscription are checked and counted in the tree", async () => {
  const { workbench, tree, picture } = shared();
  await tree.contextMenu("Contoso Staging", "Check Image Versions (Patch Level)");
  assert.match(
    await workbench.toast(/scale sets checked/),
    /4 scale sets checked: \d behind the latest image/,
  );
  await tree.row(/^Subscription Contoso Staging, 4 scale sets, .*\d behind the latest image/);
  await workbench.clearToasts();
  await tree.expand("vmss-cache-prod");
  await tree.expand("Image versions");
  await tree.row(/^22\.04\.\d+: \d+ instances?, \d+ days behind$/);
  await picture("image-versions-in-the-tree");
});

test("checking can be cancelled while Azure does not answer", async () => {
  const { workbench, sandbox, tree } = shared();
  const slow = { match: { path: "instanceView" }, do: { delayMs: 60_000 } };
  await ask(sandbox, "POST", "/sandbox/faults", [slow]);
  await tree.contextMenu("Contoso Shared Services", "Check Image Versions (Patch Level)");
  const toast = workbench.page.locator(".notification-toast", { hasText: "Checking 5 scale sets" });
  await toast.getByRole("button", { name: "Cancel" }).click();
  await toast.waitFor({ state: "detached" });
  await ask(sandbox, "DELETE", "/sandbox/faults");
});

test("the palette asks which sets, and copies what is said of them as Markdown", async () => {
  const { workbench } = shared();
  await workbench.run("Scale Set Maintenance: Copy Explanation as Markdown");
  await workbench.quickInput.pickMany(["vmss-orders-prod", "vmss-batch-prod"]);
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    assert.match(copied, /^# Eligibility of 2 Scale Sets\n/);
    assert.match(copied, /## `vmss-orders-prod`[\s\S]*`image-version-latest`/);
  });
});

test("from the palette to the fixed set by the keyboard alone", async () => {
  const { workbench, sandbox, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await keys.run("Scale Set Maintenance: Explain Why It Didn't Upgrade…");
  await quickInput.shows(/vmss-orders-prod/);
  await keys.tick(["vmss-orders-prod"]);
  const page = await workbench.webPage(title("vmss-orders-prod"));
  const primary = page.getByRole("link", { name: "Fix and Turn On… (vmss-orders-prod)" }).first();
  await page.getByText(/Last checked: /).waitFor();
  await primary.waitFor();
  const isFocused = () => primary.evaluate((link) => link === link.ownerDocument.activeElement);
  for (let presses = 0; presses < 10 && !(await isFocused()); presses += 1) await keys.press("Tab");
  assert.equal(await isFocused(), true);
  await picture("primary-step");
  // Its neighbour asks the same, and copies what it would do.
  await keys.press("Tab", "Enter");
  await quickInput.step("Fixes");
  await keys.press("Enter");
  await quickInput.closed();
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    assert.match(copied, /^# Enable Automatic OS Upgrades\n[^]*Update-AzVmss [^]*vmss-orders-prod/);
  });
  await primary.focus();
  await keys.press("Enter");
  await quickInput.step("Fixes");
  assert.deepEqual(await quickInput.ticked(), ["Use the latest image"]);
  assert.deepEqual(await quickInput.labels(), [
    "Use the latest image",
    "Set the upgrade mode…",
    "Update all instances now (restarts them)",
  ]);
  await takePicture(workbench, "fixes", ["light", "dark"]);
  await keys.press("Enter");
  await quickInput.reviewed(/\b2 changes\b/);
  await keys.press("Enter");
  await workbench.toast("2 changes done");
  await eventually(async () => assert.equal(await primary.count(), 0));
  const id = idIn(sandbox, "Contoso Production", "rg-data-prod-weu", "vmss-orders-prod");
  const { properties } = await get<{ properties: { upgradePolicy: object } }>(
    sandbox,
    `${id}?api-version=2024-07-01`,
  );
  assert.match(JSON.stringify(properties.upgradePolicy), /"enableAutomaticOSUpgrade":true/);
  await workbench.clearToasts();
  await workbench.run("View: Close All Editors");
});

test("axe-core finds nothing to object to, in any kind of theme, and what has the keyboard is seen", async () => {
  const { workbench, tree } = shared();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-payments-prod", "Explain Why It Didn't Upgrade…");
  const page = await workbench.webPage(title("vmss-payments-prod"));
  await page.getByText(/Last checked: /).waitFor();
  await page.locator("summary", { hasText: /\d+ met/ }).press("Enter");
  for (const theme of ["light", "dark"] as const) {
    await workbench.setTheme(theme);
    await eventually(async () => assert.deepEqual(await problemsWithoutScript(page), []));
  }
  await workbench.changeSettings({
    "workbench.preferredLightColorTheme": "Default High Contrast Light",
    "workbench.preferredDarkColorTheme": "Default High Contrast",
  });
  const link = page.getByRole("link", { name: /^Fix and Turn On…/ }).first();
  for (const [scheme, theme] of [
    ["dark", "hc-black"],
    ["light", "hc-light"],
  ] as const) {
    await workbench.page.emulateMedia({ colorScheme: scheme });
    await workbench.page.locator(`.monaco-workbench.${theme}`).waitFor();
    await link.focus();
    await workbench.page.keyboard.press("Tab");
    await workbench.page.keyboard.press("Shift+Tab");
    await takePicture(workbench, `high-contrast-${scheme}`, [undefined]);
    await eventually(async () => assert.deepEqual(await problemsWithoutScript(page), []));
  }
});
