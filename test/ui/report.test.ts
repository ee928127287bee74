import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { ask, get } from "../../scripts/lib/outside.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { takePicture } from "../support/pictures.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const title = "Fleet Report (Sandbox)";

/** The report, which is in front. */
const report = () => shared().workbench.webPage(title);

const count = (page: FrameLocator, text: RegExp, timeout = 15_000) =>
  page.locator("#count", { hasText: text }).waitFor({ timeout });

/** The names in the rows that are drawn, in the order in which they are read. */
const names = (page: FrameLocator) => page.getByRole("rowheader").allInnerTexts();

/** What has the keyboard's focus in the page: its role, name and text. */
const focused = (page: FrameLocator) =>
  page.locator(":focus").evaluate((one: { role: string; ariaLabel: string; innerText: string }) => ({
    role: one.role,
    text: one.ariaLabel ?? one.innerText,
  }));

test("the report opens above the Fleet view, says what waits and lists every scale set", async () => {
  await shared().begin({ width: 1500, height: 1000 });
  const { workbench, picture } = shared();
  await workbench.viewAction("Show Fleet Report");
  const page = await report();
  await count(page, /^24 scale sets$/);
  for (const section of ["At a glance", "What needs attention first", "Next two weeks", "Image versions"])
    await page.getByRole("heading", { name: section }).waitFor();
  await page.getByText("Sandbox: sample data").waitFor();
  await page.getByText(/^Tenant\s*Contoso/).waitFor();
  await page.getByText(/^Last refreshed\s*\w+, \w+ \d+, \d{4}/).waitFor();
  assert.deepEqual((await page.getByRole("columnheader").allInnerTexts()).slice(0, 9), [
    "Scale set",
    "State",
    "Why",
    "Configuration",
    "Image versions",
    "Region",
    "Subscription",
    "Resource group",
    "Image",
  ]);
  await page.getByRole("button", { name: "4 Blocked" }).waitFor();
  await page.getByText("Managed by other services: Azure Kubernetes Service (1)").waitFor();
  assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), "25");
  await picture("top");
  await page.getByRole("heading", { name: "Next two weeks" }).scrollIntoViewIfNeeded();
  await page
    .getByRole("button", { name: /^Details: / })
    .nth(1)
    .click();
  await page.getByRole("table").getByRole("row").nth(1).waitFor();
  await picture("calendar");
  await page.getByRole("button", { name: "Close" }).click();
  assert.match((await focused(page)).text, /^Details: /);
  await page.getByRole("grid").scrollIntoViewIfNeeded();
  await picture("table");
});

test("columns sort both ways and say so; words, columns and counts filter", async () => {
  const page = await report();
  const heading = page.getByRole("columnheader", { name: "Scale set" });
  await heading.click();
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  assert.equal((await names(page))[0], "aks-systempool-31415926-vmss");
  await heading.click();
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  await count(page, /^24 scale sets. Sorted by Scale set, descending$/);
  const sorted = await names(page);
  assert.deepEqual(sorted, sorted.toSorted().toReversed());

  const words = page.getByRole("searchbox");
  await words.fill("PROD ubuntu");
  await count(page, /^\d+ of 24 scale sets/);
  assert.ok((await names(page)).every((name) => name.includes("prod")));
  await page.getByRole("combobox", { name: "State" }).selectOption({ label: "Blocked" });
  await count(page, /^\d of 24/);
  await words.fill("no such thing");
  await page.getByText("No scale sets match the filter").waitFor();
  await page.getByRole("button", { name: "Clear Filters" }).click();
  await count(page, /^24 scale sets/);
  assert.equal((await focused(page)).role, null, "the field for words has the focus");

  const tile = page.getByRole("button", { name: "2 No window" });
  await tile.click();
  await count(page, /^2 of 24/);
  assert.equal(await tile.getAttribute("aria-pressed"), "true");
  assert.equal(await page.getByRole("combobox", { name: "State" }).inputValue(), "uncontrolled");
  await tile.click();
  await count(page, /^24 scale sets/);
});

test("with the keyboard alone one gets to a set, and from it to its explanation and its node in the tree", async () => {
  const { workbench, tree, picture } = shared();
  const page = await report();
  const { keyboard } = workbench.page;
  await page.getByRole("searchbox").focus();
  for (let presses = 0; presses < 15 && (await focused(page)).role !== "columnheader"; presses += 1)
    await keyboard.press("Tab");
  await keyboard.press("Home");
  await keyboard.press("ArrowRight");
  await keyboard.press("Enter");
  await count(page, /Sorted by State, ascending/);
  await keyboard.press("Control+Home");
  await keyboard.press("Enter");
  await count(page, /Sorted by Scale set, ascending/);
  await keyboard.press("PageDown");
  await keyboard.press("Control+End");
  assert.equal((await focused(page)).text, "Reveal: vmss-worker-prod");
  await keyboard.press("ArrowLeft");
  await picture("keyboard");
  assert.equal((await focused(page)).text, "Explain: vmss-worker-prod");
  await keyboard.press("Enter");
  const explanation = await workbench.webPage("Eligibility of vmss-worker-prod");
  await explanation.getByRole("heading", { name: "Eligibility of vmss-worker-prod" }).waitFor();
  await workbench.run("View: Close Editor");
  const again = await report();
  await again.getByRole("button", { name: "Reveal: vmss-api-prod" }).click();
  await eventually(async () => assert.match(await tree.focused(), /vmss-api-prod/));
});

test("a button of what needs attention starts its command on just those sets, and the report follows", async () => {
  const { workbench, sandbox, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await holdings();
  const page = await report();
  await page.getByRole("button", { name: "Associate with a Configuration… (No window)" }).click();
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await picture("associate");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  await workbench.clearToasts();
  const nightly = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");
  const checkout = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", "vmss-checkout-prod");
  const data =
    [...before.keys()].find((id) => id.endsWith("virtualmachinescalesets/vmss-data-staging")) ?? "";
  const expected = new Map<string, unknown>([
    ...before,
    [associationId(checkout, "mc-prod-nightly"), nightly],
    [associationId(data, "mc-prod-nightly"), nightly],
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);
  await page.getByRole("button", { name: "2 No window" }).waitFor({ state: "detached" });
  await page.getByRole("heading", { name: /No window/ }).waitFor({ state: "detached" });
});

test("what changes outside is followed after a refresh, while order, filter, place and focus stay", async () => {
  const { workbench, sandbox, refresh } = shared();
  const page = await report();
  await workbench.page.setViewportSize({ width: 1500, height: 700 });
  await page.getByRole("searchbox").fill("vmss");
  await count(page, /^24 of 24 .*Sorted by Scale set, ascending/);
  const cell = page.getByRole("rowheader", { name: "vmss-web-prod" });
  await cell.click();
  await page.locator("#grid").evaluate((grid: { scrollTop: number }) => (grid.scrollTop = 40));
  const web = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", "vmss-web-prod");
  const path = `${web}?api-version=2024-07-01`;
  const resource = await get<{ properties: { upgradePolicy: object } }>(sandbox, path);
  const off = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: false } };
  const { status } = await ask(sandbox, "PATCH", path, {
    properties: { upgradePolicy: { ...resource.properties.upgradePolicy, ...off } },
  });
  assert.equal(status, 200);
  await refresh(() => page.getByRole("button", { name: "Refresh", exact: true }).first().click());
  await page.getByRole("row", { name: /vmss-web-prod.*Upgrades off/ }).waitFor();
  assert.equal(await page.getByRole("searchbox").inputValue(), "vmss");
  await count(page, /Sorted by Scale set, ascending/);
  assert.equal(await page.locator("#grid").evaluate((grid: { scrollTop: number }) => grid.scrollTop), 40);
  assert.equal(await cell.getAttribute("tabindex"), "0");
  await workbench.page.setViewportSize({ width: 1500, height: 1000 });
});

test("what the table shows is exported, as CSV, JSON and Markdown", async () => {
  const { workbench, picture } = shared();
  await using scratch = scratchFolder("report");
  const page = await report();
  await page.getByRole("searchbox").fill("web");
  await count(page, /^\d+ of 24/);
  const shown = await names(page);
  const written = async (button: string, file: string) => {
    await page.getByRole("button", { name: button }).click();
    await shared().workbench.quickInput.saveAs(join(scratch.path, file), /fleet-report\.\w+$/);
    await workbench.toast(`Exported ${shown.length} scale sets to ${file}`);
    await workbench.clearToasts();
    return readFileSync(join(scratch.path, file), "utf8");
  };
  const lines = (await written("Export to CSV…", "fleet.csv")).trimEnd().split("\r\n");
  assert.match(lines[0] ?? "", /^scaleSet,stateLabel,reasons,.*,image$/);
  assert.deepEqual(
    lines.slice(1).map((line) => line.split(",")[0]),
    shown,
  );
  const document = JSON.parse(await written("Export to JSON…", "fleet.json")) as {
    readonly version: number;
    readonly filter: { readonly text: string };
    readonly scaleSets: readonly { readonly scaleSet: string; readonly state: string }[];
  };
  assert.deepEqual([document.version, document.filter.text], [1, "web"]);
  assert.deepEqual(
    document.scaleSets.map(({ scaleSet }) => scaleSet),
    shown,
  );
  assert.equal(document.scaleSets.find(({ scaleSet }) => scaleSet === "vmss-web-prod")?.state, "idle");
  const markdown = await written("Export to Markdown…", "fleet.md");
  assert.match(markdown, /^# Fleet Report\n\n\*Sandbox/);
  for (const name of shown) assert.match(markdown, new RegExp(`^\\| \`${name}\` \\|`, "m"));
  await picture("exported");
});

test("the palette exports the whole fleet", async () => {
  const { workbench } = shared();
  const { quickInput } = workbench;
  await using scratch = scratchFolder("report-all");
  await workbench.run("Scale Set Maintenance: Export Fleet Report…");
  await quickInput.pick("CSV");
  await shared().workbench.quickInput.saveAs(join(scratch.path, "all.csv"), /fleet-report\.csv$/);
  await workbench.toast("Exported 24 scale sets to all.csv");
  await workbench.clearToasts();
});

test("image versions are checked for all sets of one's own, and counted", async () => {
  const { workbench, picture } = shared();
  const page = await report();
  await page.getByRole("button", { name: "Check Image Versions" }).click();
  await page
    .getByRole("button", { name: "Check Image Versions" })
    .waitFor({ state: "detached", timeout: 60_000 });
  await workbench.toast(/22 scale sets checked/);
  await workbench.clearToasts();
  await page.getByRole("heading", { name: "Furthest behind" }).waitFor();
  await page.getByRole("heading", { name: /^.?Behind the latest image: \d+$/ }).waitFor();
  await page.getByRole("heading", { name: "Image versions" }).scrollIntoViewIfNeeded();
  await picture("images");
});

/** Waits until VS Code has written down what its editors are: it does so once a minute, and a reload of the page need not wait for it. */
async function isKept(page: Page, expected: RegExp): Promise<void> {
  const stored = `(async () => {
    const request = (asked) => new Promise((resolve, reject) =>
      Object.assign(asked, { onsuccess: () => resolve(asked.result), onerror: () => reject(asked.error) }));
    const values = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await request(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        values.push(...(await request(database.transaction(store).objectStore(store).getAll())));
      database.close();
    }
    return values.filter((value) => typeof value === "string" && value.includes("editorpart"));
  })()`;
  const isStored = async () =>
    assert.match((await page.evaluate<readonly string[]>(stored)).join("\n"), expected);
  await eventually(isStored, 90_000);
}

test("after a reload of the window the report is there again, as it was looked at", async () => {
  const { workbench } = shared();
  await count(await report(), /of 24 scale sets/);
  await isKept(workbench.page, /text[\\":]+web[\\"]/);
  await workbench.page.reload();
  await workbench.page.locator(".editor-group-container .tab.active", { hasText: "Fleet Report" }).waitFor({
    timeout: 60_000,
  });
  const page = await report();
  await count(page, /^\d+ of 24 scale sets\. Sorted by Scale set, ascending$/, 60_000);
  assert.equal(await page.getByRole("searchbox").inputValue(), "web");
});

test("axe-core finds nothing to object to, in any kind of theme", async () => {
  const { workbench } = shared();
  const page = await report();
  await page
    .getByRole("button", { name: /^Details: / })
    .first()
    .click();
  for (const theme of ["light", "dark"] as const) {
    await workbench.setTheme(theme);
    await eventually(async () => assert.deepEqual(await accessibilityProblems(page), []));
  }
  await workbench.changeSettings({
    "workbench.preferredLightColorTheme": "Default High Contrast Light",
    "workbench.preferredDarkColorTheme": "Default High Contrast",
  });
  for (const [colorScheme, theme] of [
    ["dark", "hc-black"],
    ["light", "hc-light"],
  ] as const) {
    await workbench.page.emulateMedia({ colorScheme });
    await workbench.page.locator(`.monaco-workbench.${theme}`).waitFor();
    const shown = await report();
    await shown.getByRole("searchbox").focus();
    await takePicture(workbench, `high-contrast-${colorScheme}`, [undefined]);
    await shown.getByRole("grid").scrollIntoViewIfNeeded();
    await takePicture(workbench, `high-contrast-table-${colorScheme}`, [undefined]);
    await eventually(async () => assert.deepEqual(await accessibilityProblems(shown), []));
  }
});

test("a narrow window, as at 200 % zoom, hides nothing and scrolls only the table sideways", async () => {
  const { workbench, picture } = shared();
  await workbench.changeSettings({
    "workbench.preferredLightColorTheme": "Light Modern",
    "workbench.preferredDarkColorTheme": "Dark Modern",
  });
  await workbench.page.setViewportSize({ width: 520, height: 900 });
  await workbench.run("View: Toggle Primary Side Bar Visibility");
  const page = await report();
  const overflow = await page
    .locator("html")
    .evaluate((root: { scrollWidth: number; clientWidth: number }) => root.scrollWidth - root.clientWidth);
  assert.equal(overflow, 0);
  await picture("narrow");
  await page.getByRole("grid").scrollIntoViewIfNeeded();
  await picture("narrow-table");
  await workbench.page.setViewportSize({ width: 1500, height: 1000 });
});
