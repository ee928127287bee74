/** The review that ends every flow, by keyboard: what it folds, what it opens beside it, and what it asks once more. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { eventually } from "../support/eventually.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

interface Requests {
  readonly value: readonly { readonly method: string; readonly path: string }[];
}

/** The paths of the writes that the sandbox has met since it was asked to forget them. */
async function writes(): Promise<readonly string[]> {
  const { value } = await get<Requests>(shared().sandbox, "/sandbox/requests");
  return value
    .filter(({ method, path }) => method !== "GET" && !path.includes("ResourceGraph"))
    .map(({ path }) => path);
}

async function begin(command: string, names: readonly string[]): Promise<void> {
  const { workbench } = shared();
  await workbench.run(`Scale Set Maintenance: ${command}`);
  await workbench.quickInput.step("Choose scale sets");
  await workbench.quickInput.pickMany(names);
}

const press = (...keys: readonly string[]) =>
  keys.reduce(
    (before, key) => before.then(() => shared().workbench.page.keyboard.press(key)),
    Promise.resolve(),
  );

const unassociated = [
  "vmss-cache-prod",
  "vmss-checkout-prod",
  "vmss-worker-prod",
  "vmss-api-staging",
  "vmss-web-staging",
];

test("like changes are one row with counts by subscription, which Enter unfolds and folds again", async () => {
  await shared().begin();
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await begin("Associate Scale Sets", unassociated);
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await picture("folded");
  const fold = "5 scale sets → mc-prod-nightly";
  await quickInput.shows(/^Associate 5 scale sets with mc-prod-nightly in the sandbox, 6 changes$/m);
  await quickInput.shows(
    /^5 scale sets → mc-prod-nightly, Contoso Production 3, Contoso Staging 2 · expand, Changes$/m,
  );
  assert.doesNotMatch((await quickInput.rows()).join("\n"), /^vmss-cache-prod/m);
  await press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter");
  await quickInput.shows(
    /^vmss-cache-prod, rg-web-prod-weu · Contoso Production, no configuration → mc-prod-nightly$/m,
  );
  await quickInput.shows(/mc-staging-daily → mc-prod-nightly$/m);
  await quickInput.shows(/ · collapse, Changes$/m);
  await quickInput.points(fold);
  await picture("unfolded");
  await press("Enter");
  await quickInput.shows(/ · expand, Changes$/m);
  assert.doesNotMatch((await quickInput.rows()).join("\n"), /^vmss-cache-prod/m);
  await quickInput.points(fold);
});

test("the whole plan opens beside the review, which stays and keeps the focus", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await press("ArrowUp", "Enter");
  await eventually(async () => assert.match(await workbench.editorText(), /All changes/));
  assert.match(await workbench.editorText(), /3 {2}Contoso Production\s+2 {2}Contoso Staging/);
  await picture("plan-beside");
  assert.ok(await quickInput.input.evaluate((input) => input.ownerDocument.activeElement === input));
});

test("the plan is exported as code into a document, or copied; the review steps aside and is back as it was", async () => {
  const { workbench, sandbox, picture } = shared();
  const { quickInput } = workbench;
  await ask(sandbox, "DELETE", "/sandbox/requests");
  await press("ArrowUp");
  await picture("export-row");
  await press("Enter");
  await quickInput.shows(/^PowerShell, One script/m);
  await picture("languages");
  await press("ArrowDown", "Enter");
  await quickInput.step("Review");
  await quickInput.points("Export as Code…");
  assert.ok(await quickInput.input.evaluate((input) => input.ownerDocument.activeElement === input));
  await workbench.statusItem("Shell Script").waitFor();
  assert.match(
    await workbench.editorText(),
    /^#!\/usr\/bin\/env bash\n# Associate scale sets with mc-prod-nightly/,
  );
  await picture("document-beside");

  await press("Enter");
  await quickInput.shows(/^Copy as PowerShell/m);
  await quickInput.type("Copy as Power");
  await press("Enter");
  await quickInput.step("Review");
  await eventually(async () =>
    assert.match(
      await workbench.page.evaluate<string>("navigator.clipboard.readText()"),
      /New-AzConfigurationAssignment/,
    ),
  );
  await press("Enter");
  await quickInput.shows(/^Terraform/m);
  await quickInput.type("azurerm");
  await press("Enter");
  await quickInput.shows(/^azurerm 4\.x$/m);
  await press("Escape");
  await quickInput.step("Review");
  await press("Escape");
  await quickInput.closed();
  assert.deepEqual(await writes(), []);
  await workbench.run("View: Revert and Close Editor");
  await workbench.run("View: Close All Editors");
});

test("what can't be taken back is asked once more; a dialog that is cancelled leads back to the review as it was", async () => {
  const { workbench, sandbox, picture } = shared();
  const { quickInput } = workbench;
  await begin("Start OS Upgrade Now", ["vmss-cache-prod", "vmss-worker-prod"]);
  await quickInput.step("Review");
  await quickInput.shows(/^Start the upgrade of 2 scale sets in the sandbox: replaces \w+/m);
  await quickInput.type("replaces");
  await ask(sandbox, "DELETE", "/sandbox/requests");
  await press("Enter");
  const asked = await workbench.dialog();
  assert.match(asked, /^Start the upgrade of 2 scale sets in the sandbox\?/m);
  assert.match(asked, /outside any maintenance window/);
  assert.match(asked, /^2 scale sets: vmss-cache-prod, vmss-worker-prod$/m);
  await picture("asked-once-more");
  await press("Escape");
  await workbench.page.locator(".monaco-dialog-box").waitFor({ state: "detached" });
  await quickInput.step("Review");
  await quickInput.holds("replaces");
  assert.deepEqual(await writes(), []);
  await press("Enter");
  await workbench.dialog();
  await press("Enter");
  await quickInput.closed();
  await workbench.toast("2 changes done");
  assert.equal((await writes()).length, 2);
  await workbench.clearToasts();
});

test("what Azure has of a scale set is saved as code in a folder, and asks before it replaces files", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput, page } = workbench;
  await using scratch = scratchFolder("review");
  const save = async () => {
    await tree.contextMenu("vmss-web-prod", "Export Configuration as Code…");
    await quickInput.shows(/^Bicep, /m);
    await quickInput.enter("Bicep");
    await quickInput.saveAs(`${scratch.path}/`, /\/$/);
  };
  await tree.expandPath("Contoso Production", "Scale sets");
  await save();
  await workbench.toast(/^Saved 4 files in /);
  await page.locator(".tab.active", { hasText: "main.bicep" }).waitFor();
  assert.match(
    await workbench.editorText(),
    /^\/\/ Maintenance configurations, associations and upgrade policies/,
  );
  const main = join(scratch.path, "main.bicep");
  assert.match(readFileSync(main, "utf8"), /mc-prod-nightly/);
  await picture("saved");
  await workbench.clearToasts();

  writeFileSync(main, "// mine\n");
  await save();
  assert.match(await workbench.dialog(), /^Replace \d files in /m);
  await picture("replace");
  await press("Escape");
  await page.locator(".monaco-dialog-box").waitFor({ state: "detached" });
  assert.equal(readFileSync(main, "utf8"), "// mine\n");
  await save();
  await workbench.answerDialog("Replace");
  await workbench.toast(/^Saved \d files/);
  assert.match(readFileSync(main, "utf8"), /mc-prod-nightly/);
  await workbench.clearToasts();
  await workbench.run("View: Close All Editors");
});
