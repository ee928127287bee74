import assert from "node:assert/strict";
import { test } from "node:test";
import { eligibilityRules } from "../../src/core/eligibility/eligibility.ts";
import { ask } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { takePicture } from "../support/pictures.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const title = (subject: string) => `Eligibility of ${subject}`;

test("a set's page says its verdict, every rule and what Azure was asked", async () => {
  const { workbench, tree, picture } = shared();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-payments-prod", "Explain Eligibility");
  const page = await workbench.webPage(title("vmss-payments-prod"));
  await page.getByRole("heading", { name: title("vmss-payments-prod"), level: 1 }).waitFor();
  await page.getByText(/As Azure said on/).waitFor();
  await page
    .getByText(/Azure refuses to enable .* are not met \(1\)/)
    .first()
    .waitFor();
  for (const { id } of eligibilityRules)
    assert.equal(await page.locator("tbody code", { hasText: new RegExp(`^${id}$`) }).count(), 1, id);
  const conditions = page.getByRole("table", { name: /What Azure asks of vmss-payments-prod/ });
  assert.match(await conditions.getByRole("row").nth(1).innerText(), /health-source\s+.*Blocks/s);
  await picture("one-set");
  await conditions.scrollIntoViewIfNeeded();
  await picture("conditions");
  await page.getByRole("heading", { name: "Last upgrade" }).scrollIntoViewIfNeeded();
  await picture("image-versions");
  await conditions.getByRole("link", { name: "Fix and Enable… (vmss-payments-prod)" }).click();
  await workbench.quickInput.flow("Enable Automatic OS Upgrades (Sandbox)");
  await picture("fix");
  await workbench.quickInput.cancel();
  await workbench.run("View: Close All Editors");
});

test("a link opens the step that mends, by the keyboard too, and the page follows what comes of it", async () => {
  const { workbench, tree } = shared();
  const { quickInput } = workbench;
  await tree.contextMenu("vmss-cache-prod", "Explain Eligibility");
  const page = await workbench.webPage(title("vmss-cache-prod"));
  const found = page.getByRole("row", { name: /maintenance-configuration/ });
  await page.getByText(/As Azure said on/).waitFor();
  assert.match(await found.innerText(), /Warns/);
  await found.getByRole("link", { name: "Associate with a Configuration… (vmss-cache-prod)" }).focus();
  await workbench.page.keyboard.press("Enter");
  await quickInput.flow("Associate Scale Sets (Sandbox)");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await eventually(async () => assert.match(await found.innerText(), /Met.*mc-prod-nightly/s));
  await page.getByText(/^mc-prod-nightly: /).waitFor();
  await workbench.clearToasts();
  await workbench.run("View: Close All Editors");
});

test("a group's page sums up and leads to the page of each set", async () => {
  const { workbench, tree, picture } = shared();
  await tree.contextMenu("Scale sets", "Explain Eligibility");
  const page = await workbench.webPage(title("15 Scale Sets"));
  await page.getByText(/of 15 checked are behind the latest image/).waitFor({ timeout: 60_000 });
  await picture("many-sets");
  const table = page.getByRole("table", { name: /Those that are blocked first/ });
  await table.scrollIntoViewIfNeeded();
  await picture("many-sets-table");
  const rows = await table.getByRole("row").allInnerTexts();
  assert.equal(rows.length, 16);
  assert.match(rows[1] ?? "", /Blocked/);
  await table.getByRole("link", { name: "vmss-gateway-prod" }).click();
  const gateway = await workbench.webPage(title("vmss-gateway-prod"));
  await gateway
    .getByText(/Too many of the instances that had been upgraded became unhealthy/)
    .first()
    .waitFor();
  await picture("failed-upgrade");
  await workbench.run("View: Close All Editors");
});

test("the image versions of a subscription are checked and counted in the tree", async () => {
  const { workbench, tree, picture } = shared();
  await tree.contextMenu("Contoso Staging", "Check Image Versions");
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
  await tree.contextMenu("Contoso Shared Services", "Check Image Versions");
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

test("a page follows the high-contrast themes, and shows where the keyboard is", async () => {
  const { workbench, tree } = shared();
  await workbench.changeSettings({
    "workbench.preferredLightColorTheme": "Default High Contrast Light",
    "workbench.preferredDarkColorTheme": "Default High Contrast",
  });
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-payments-prod", "Explain Eligibility");
  const page = await workbench.webPage(title("vmss-payments-prod"));
  const link = page.getByRole("link", { name: /^Enable Automatic OS Upgrades…/ });
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
  }
});

test("reloading the window closes the page, and it can be opened again", async () => {
  const { workbench, tree } = shared();
  const tab = workbench.page.locator(".editor-group-container .tab", {
    hasText: title("vmss-payments-prod"),
  });
  assert.equal(await tab.count(), 1);
  await workbench.page.reload();
  await tree.tree.waitFor({ timeout: 60_000 });
  await tree.row("Contoso Production");
  assert.equal(await tab.count(), 0);
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-payments-prod", "Explain Eligibility");
  const page = await workbench.webPage(title("vmss-payments-prod"));
  await page.getByRole("heading", { name: title("vmss-payments-prod") }).waitFor();
});
