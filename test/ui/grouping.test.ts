import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

/** Chooses what the Fleet view is grouped by. */
async function groupBy(label: string): Promise<void> {
  const { workbench } = shared();
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.pick(label);
  await workbench.quickInput.closed();
}

/** The labels at the root, from top to bottom, as they are spoken. */
async function roots(): Promise<string[]> {
  return (await shared().tree.rows()).filter(({ level }) => level === 1).map(({ name }) => name);
}

const message = () =>
  shared().workbench.page.locator(".part.sidebar .tree-explorer-viewlet-tree-view .message");

test("the view says in one line what is wrong, and how many there are", async () => {
  await shared().startOver();
  await eventually(async () =>
    assert.equal(await message().first().innerText(), "Sandbox · 11 to fix, 3 broken schedule"),
  );
  const heightOfMessage = async () => (await message().first().boundingBox())?.height ?? NaN;
  const ofOneLine = await heightOfMessage();
  await shared().workbench.widenSideBar(300); // as wide as it is at first
  assert.equal(await heightOfMessage(), ofOneLine);
  await shared().workbench.widenSideBar(520);
});

test("Group By shows what is current, and groups by coverage state, the worst first", async () => {
  const { workbench, tree, picture } = shared();
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.shows(/Subscription.*current/);
  await picture("group-by");
  await workbench.quickInput.pick("Coverage state");
  await eventually(async () => {
    const states = (await roots()).filter((name) => name.startsWith("State: "));
    assert.deepEqual(
      states.map((name) => name.replace(/^State: ([^,]+),.*$/, "$1")),
      ["Unknown", "Broken schedule", "Blocked", "No window", "Upgrades off", "Not set up", "Scheduled"],
    );
  });
  await tree.expand("No window");
  await tree.row(/^Scale set vmss-checkout-prod, upgrades can start at any time, Contoso Production/);
  await tree.expand("Not loaded");
  await picture("by-state");
});

test("by configuration: sets without one come first, and a configuration is the group of its sets", async () => {
  const { workbench, tree, picture } = shared();
  await groupBy("Maintenance configuration");
  await eventually(async () => assert.match((await roots())[0] ?? "", /^No configuration/));
  await tree.expand("No configuration");
  await tree.row("vmss-cache-prod");
  await tree.expand("mc-prod-nightly");
  await tree.row(/^Scale set vmss-api-prod, Scheduled/);
  await picture("by-configuration");
  await workbench.viewAction("Collapse All");
});

test("by region, and by a tag that the user picks", async () => {
  const { workbench, tree, picture } = shared();
  await groupBy("Region");
  await tree.row(/^Region: West Europe, \d+ scale sets/);
  await picture("by-region");
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.pick("Tag…");
  await workbench.quickInput.shows(/costCenter.*\d+ scale sets/);
  await picture("tags");
  await workbench.quickInput.pick("costCenter");
  await tree.row(/^Tag costCenter: 1420, \d+ scale sets/);
  await picture("by-tag");
});

test("a filter counts its matches as it is typed, shows only them, and is cleared by a button", async () => {
  const { workbench, tree, picture } = shared();
  await groupBy("Subscription");
  await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
  await workbench.quickInput.type("no such set");
  await workbench.quickInput.message("No scale sets match");
  await workbench.quickInput.type("WEB prod");
  await workbench.quickInput.message(/^\d+ of \d+ scale sets$/);
  await picture("filtering");
  await workbench.quickInput.accept();
  await eventually(async () =>
    assert.match(await message().first().innerText(), /^Sandbox · Filter: WEB prod · 3 of 7 to fix$/),
  );
  await picture("filtered");
  await tree.row("vmss-web-prod");
  await workbench.viewAction("Clear Filter");
  await tree.row("Contoso Staging");
});

test("the worst of a group stand first, or all by name at once where the setting says so, and the selection stays", async () => {
  const { workbench, tree, picture } = shared();
  const sets = async () =>
    (await tree.rows()).flatMap(({ name }) => /^Scale set ([^,]+),/.exec(name)?.[1] ?? []);
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.select("vmss-checkout-prod");
  await eventually(async () =>
    assert.deepEqual((await sets()).slice(0, 3), [
      "vmss-archive-prod",
      "vmss-gateway-prod",
      "vmss-ledger-prod",
    ]),
  );
  await picture("worst-first");
  await workbench.changeSettings({ "scaleSetMaintenance.sortOrder": "name" });
  await eventually(async () =>
    assert.deepEqual((await sets()).slice(0, 2), ["aks-systempool-31415926-vmss", "vmss-api-prod"]),
  );
  assert.match(
    await tree.selected(),
    /^Scale set vmss-checkout-prod, No window, upgrades can start at any time/,
  );
});

test("state: and its like are offered with what the fleet has, and a word that is not understood stays to be mended", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await keys.run("Scale Set Maintenance: Filter Scale Sets…");
  await quickInput.points("Show all scale sets");
  await keys.type("prod");
  await quickInput.points("prod");
  await keys.type(" st");
  await keys.goDownTo("state:");
  await quickInput.holds("prod state:");
  await quickInput.shows(/^Blocked, \d scale sets$/m);
  await picture("filter-values");
  await keys.goDownTo("Blocked");
  await quickInput.holds('prod state:"Blocked" ');
  await quickInput.shows(/^region:/m);
  await keys.type("stat:x");
  await quickInput.message(/^No filter or tag is named stat\. Use state:, region:/);
  await keys.press("Enter"); // nothing is lost
  await quickInput.holds('prod state:"Blocked" stat:x');
  for (let letter = 0; letter < 6; letter += 1) await keys.press("Backspace");
  await quickInput.message(/^\d of \d+ scale sets$/);
  await keys.press("Enter");
  await tree.row(/^Scale set vmss-orders-prod, Blocked/);
  await picture("filtered-by-state");
  await eventually(async () => {
    const sets = (await tree.rows()).filter(({ name }) => name.startsWith("Scale set vmss"));
    assert.ok(
      sets.every(({ name }) => name.includes(", Blocked")),
      sets.map(({ name }) => name).join(),
    );
  });
  await workbench.viewAction("Clear Filter");
});
