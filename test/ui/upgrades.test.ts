import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const activity = () => shared().workbench.tree("Activity");

/** The watch looks every ten seconds. */
const patienceMs = 45_000;

const idOf = (group: string, name: string) => idIn(shared().sandbox, "Contoso Production", group, name);
const cache = () => idOf("rg-web-prod-weu", "vmss-cache-prod");
const worker = () => idOf("rg-web-prod-weu", "vmss-worker-prod");

/** Orders how upgrades go. */
async function order(body: object): Promise<void> {
  assert.equal((await ask(shared().sandbox, "POST", "/sandbox/upgrades", body)).status, 204);
}

async function turnClock(advance: string): Promise<void> {
  await ask(shared().sandbox, "POST", "/sandbox/clock", { advance });
}

async function statusOf(id: string): Promise<string> {
  const { body } = await ask(shared().sandbox, "GET", `${id}/rollingUpgrades/latest?api-version=2024-07-01`);
  return (body as { properties: { runningStatus: { code: string } } }).properties.runningStatus.code;
}

/** Waits for a row of the Activity view, for as long as the watch may take. */
const shows = (name: RegExp) =>
  eventually(async () => {
    const names = (await activity().rows()).map((row) => row.name).join("\n");
    assert.match(names, name);
  }, patienceMs);

/** How long a toast of the watch may take. */
const toastSoon = async (text: RegExp) => eventually(() => shared().workbench.toast(text), patienceMs);

async function start(name: string): Promise<void> {
  const { workbench, tree, picture } = shared();
  await tree.contextMenu(name, "Start OS Upgrade Now");
  await workbench.quickInput.step("Review");
  await picture(`review-start-${name}`);
  await workbench.quickInput.apply(/\b1 change\b/, "Start Now");
  await workbench.toast("1 change done");
}

test("with nothing done yet the Activity view says what it is for", async () => {
  await shared().startOver();
  const { workbench, picture } = shared();
  await workbench.setOpen("Activity", true);
  await workbench.page.getByText(/No upgrades are running/).waitFor();
  await picture("empty");
});

test("an upgrade is started after its review says what is replaced, when, and that nothing is rolled back", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  await order({ batch: "PT10M", patience: "PT10M" });
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-cache-prod", "Start OS Upgrade Now");
  await quickInput.step("Review");
  await quickInput.shows(/outside any maintenance window/);
  await quickInput.shows(/No automatic rollback/);
  await quickInput.shows(/vmss-cache-prod, 4 of 4 OS disks .* 4 batches/);
  await picture("review-start");
  await quickInput.apply(/\b1 change\b/, "Start Now");
  await workbench.toast("1 change done");
  assert.equal(await statusOf(cache()), "RollingForward");
});

test("it is followed in the status bar, on its node and in the Activity view, as far as it is", async () => {
  const { workbench, tree, picture } = shared();
  await shows(/^Running upgrade of scale set vmss-cache-prod, batch 1 of 4, 0 of 4 instances done/m);
  await workbench.statusItem(/^Sandbox: Running: 1 upgrade, 0 %\. Opens the Activity view/).waitFor();
  await tree.row(/^Scale set vmss-cache-prod, .*upgrading: batch 1 of 4, 0 of 4 instances done/);
  await turnClock("PT12M");
  await shows(/^Running upgrade of scale set vmss-cache-prod, batch 2 of 4, 1 of 4 instances done/m);
  await activity().expand(/^Running upgrade of scale set vmss-cache-prod/);
  await activity().row(/^Unhealthy after upgrade: 0 of 1 \(0 %, limit 20 %\)/);
  await workbench.statusItem(/1 upgrade, 25 %/).waitFor();
  await picture("running");
});

test("after a reload of the window it goes on, and its end is told once", async () => {
  const { workbench, tree, picture } = shared();
  await workbench.setOpen("Activity", false);
  await workbench.page.reload();
  await workbench.openContainer("Scale Set Maintenance");
  await workbench.statusItem(/1 upgrade, 25 %/).click({ timeout: patienceMs });
  await shows(/^Running upgrade of scale set vmss-cache-prod, batch 2 of 4/m);
  await picture("after-reload");
  await turnClock("PT2H");
  const said = await toastSoon(/vmss-cache-prod: Upgrade completed/);
  assert.match(said, /^Sandbox: vmss-cache-prod: Upgrade completed: 4 of 4 instances\.$/);
  await picture("end");
  await shows(/^Upgrade of scale set vmss-cache-prod, Completed, /m);
  await workbench.statusItem(/Running/).waitFor({ state: "detached" });
  await shows(/^Plan: Start OS Upgrade Now, Sandbox, 1 change done/m); // kept over the reload
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/^Scale set vmss-cache-prod, Not set up$/); // it is behind no more
  await workbench.clearToasts();
});

test("the results of what was applied open again", async () => {
  const { workbench } = shared();
  await (await activity().row(/^Plan: Start OS Upgrade Now/)).locator(".label-name").click();
  const page = await workbench.webPage("Results: Start OS Upgrade Now");
  await page.getByText("1 change done").waitFor();
  await page.getByText("Start an OS upgrade of scale set vmss-cache-prod now").first().waitFor();
  await workbench.run("View: Close All Editors");
});

test("an upgrade that is cancelled is cancelled in every row, and runs in none", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  const search = idOf("rg-web-prod-weu", "vmss-search-prod");
  await start("vmss-search-prod");
  await shows(/^Running upgrade of scale set vmss-search-prod/m);
  await activity().inlineAction(/^Running upgrade of scale set vmss-search-prod/, "Cancel Upgrade");
  await quickInput.step("Review");
  await quickInput.shows(/A cancelled upgrade can't continue/);
  await quickInput.shows(/vmss-search-prod now: batch 1 of 5, 0 of 5 instances done/);
  await picture("review-cancel");
  await quickInput.apply(/\b1 change\b/, "Cancel Upgrade");
  await eventually(async () => assert.equal(await statusOf(search), "Cancelled"));
  const rows = await eventually(async () => {
    const names = (await activity().rows()).map((row) => row.name).join("\n");
    assert.match(names, /^Upgrade of scale set vmss-search-prod, Cancelled, /m);
    return names;
  });
  assert.doesNotMatch(rows, /Running upgrade of scale set vmss-search-prod/);
  await picture("cancelled");
  await toastSoon(/vmss-search-prod: Upgrade cancelled/);
  await workbench.clearToasts();
});

test("upgrades that end within a short time are told in one toast, with what failed and what to do", async () => {
  const { workbench, tree, picture } = shared();
  await order({
    scaleSet: worker(),
    fail: "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    afterBatches: 1,
  });
  await start("vmss-worker-prod");
  // Another set than the one before: each is asked ten times a minute at most.
  await workbench.viewAction("Collapse All", "Fleet");
  await tree.expandPath("Contoso Staging", "Scale sets");
  await start("vmss-loadtest-staging");
  await workbench.viewAction("Collapse All", "Fleet");
  await tree.expandPath("Contoso Production", "Scale sets");
  await workbench.statusItem(/2 upgrades/).waitFor();
  await turnClock("PT2H");
  const said = await toastSoon(/vmss-worker-prod: Upgrade failed/);
  assert.match(said, /^Sandbox: 2 OS upgrades ended: 1 completed, 1 failed\. vmss-worker-prod: /);
  assert.match(said, /too many upgraded instances became unhealthy.*Check why/s);
  await picture("failed");
  await shows(/^Upgrade of scale set vmss-worker-prod, Failed, /m);
  await workbench.clearToasts();
});

test("the history of sets is a timeline, which keeps those that are deleted", async () => {
  const { workbench, tree, sandbox, refresh, picture } = shared();
  await tree.selectAll(["vmss-worker-prod", "vmss-cache-prod"]); // a click unfolds the first
  await tree.contextMenu("vmss-cache-prod", "Show Upgrade History");
  let page = await workbench.webPage("Upgrade History of 2 Scale Sets");
  await page.getByRole("heading", { name: "Timeline" }).waitFor();
  await page.locator(".timeline > li", { hasText: "Failed" }).first().waitFor();
  await picture("history-many");
  await workbench.run("View: Close All Editors");
  await ask(sandbox, "DELETE", `${worker()}?api-version=2024-07-01`);
  await refresh();
  await workbench.viewAction("Show Upgrade History", "Activity");
  await workbench.quickInput.tick("vmss-cache-prod", false); // it is selected in the Fleet view
  await workbench.quickInput.tick("vmss-worker-prod", true);
  await picture("history-sets");
  await workbench.quickInput.accept();
  page = await workbench.webPage("Upgrade History of vmss-worker-prod");
  await page.locator(".timeline > li", { hasText: "too many upgraded instances" }).waitFor();
  await picture("history-deleted");
  await workbench.run("View: Close All Editors");
});

test("the history is exported as CSV and as JSON", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await using scratch = scratchFolder("upgrades");
  for (const format of ["CSV", "JSON"]) {
    const file = join(scratch.path, `history.${format.toLowerCase()}`);
    await activity().contextMenu(/^Upgrade of scale set vmss-worker-prod, Failed/, "Export Upgrade History…");
    await quickInput.pick(format);
    if (format === "CSV") await picture("export");
    await quickInput.saveAs(file, /upgrade-history\.(csv|json)$/);
    await workbench.toast(new RegExp(String.raw`Exported \d+ upgrades? to history\.${format.toLowerCase()}`));
    const text = readFileSync(file, "utf8");
    if (format === "CSV") {
      assert.match(text, /^scaleSet,resourceGroup,.*\r\nvmss-worker-prod,rg-web-prod-weu,.*,Faulted,/);
      assert.ok(text.includes(",MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade,"));
    } else {
      const [first] = JSON.parse(text) as { status: string; azure: { properties: object } }[];
      assert.equal(first?.status, "Faulted");
      assert.ok("error" in (first?.azure.properties ?? {}));
    }
    await workbench.clearToasts();
  }
});

test("the commands say in the palette what they are", async () => {
  const { workbench } = shared();
  const entries = await workbench.paletteEntries("Scale Set Maintenance: Upgrade");
  assert.ok(entries.includes("Scale Set Maintenance: Start OS Upgrade Now"), entries.join(", "));
  assert.ok(entries.includes("Scale Set Maintenance: Approve Deferred Upgrade (Experimental)"));
});
