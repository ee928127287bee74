import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ask } from "../../scripts/lib/outside.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

const setIn = (name: string) => idIn(shared().sandbox, "Contoso Production", "rg-web-prod-weu", name);
const nightly = () => idIn(shared().sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");

async function groupByConfiguration(): Promise<void> {
  const { workbench, tree } = shared();
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.pick("Maintenance configuration");
  await tree.expand("No configuration");
  await tree.row("vmss-cache-prod");
}

test("one scale set is dragged onto a configuration: previewed, confirmed, associated", async () => {
  await shared().begin();
  const { workbench, tree, holdings, picture } = shared();
  const before = await holdings();
  await groupByConfiguration();
  await tree.select("vmss-cache-prod");
  await tree.drag("vmss-cache-prod", "mc-prod-nightly");
  await workbench.quickInput.step("Review");
  await picture("review-of-one");
  assert.deepEqual(differences(before, await holdings()), []);
  await workbench.quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  const expected = new Map([
    ...before,
    [associationId(setIn("vmss-cache-prod"), "mc-prod-nightly"), nightly()],
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);
  await tree.expand("mc-prod-nightly");
  await tree.row(/^Scale set vmss-cache-prod, Upgrades off/);
  await workbench.clearToasts();
});

test("many are one plan, and dragging one onto “No configuration” takes it back", async () => {
  const { workbench, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const names = ["vmss-cache-prod", "vmss-worker-prod"];
  await tree.selectAll(names);
  await tree.drag("vmss-worker-prod", "mc-prod-nightly");
  await quickInput.step("Review");
  await picture("review-of-two");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  const expected = new Map([
    ...before,
    ...names.map((name) => [associationId(setIn(name), "mc-prod-nightly"), nightly()] as const),
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);
  await workbench.clearToasts();
  await tree.expand("mc-prod-nightly");
  const cache = /^Scale set vmss-cache-prod, Upgrades off/;
  await tree.select(cache);
  await tree.drag(cache, "No configuration");
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  const [cacheId = "", workerId = ""] = names.map((name) => associationId(setIn(name), "mc-prod-nightly"));
  const left = new Map([...expected].filter(([id]) => id !== cacheId));
  assert.ok(left.has(workerId));
  assert.deepEqual(differences(left, await holdings()), []);
  await workbench.clearToasts();
});

test("what can't be dropped is refused with a sentence, and nothing is sent", async () => {
  const { workbench, tree, startOver, holdings, picture } = shared();
  const before = await startOver();
  await tree.select("vmss-cache-prod");
  await tree.drag("vmss-cache-prod", "mc-guest-patching-sunday");
  await workbench.toast("mc-guest-patching-sunday doesn't control OS image upgrades");
  await picture("refused");
  await workbench.clearToasts();
  await tree.drag("vmss-cache-prod", "Unknown");
  await workbench.toast("Drop scale sets on a maintenance configuration");
  await workbench.clearToasts();
  await tree.selectAll(["vmss-cache-prod", "mc-staging-daily"]);
  await tree.drag("vmss-cache-prod", "mc-prod-nightly");
  await workbench.toast("You can drag only scale sets");
  await workbench.clearToasts();
  assert.deepEqual(differences(before, await holdings()), []);
});

test("a group is as good as its sets: its menu copies them as a table", async () => {
  const { workbench, tree, picture } = shared();
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.pick("Coverage state");
  await picture("by-state");
  await tree.contextMenu("No window", "Copy as Table");
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    const rows = copied
      .trimEnd()
      .split("\n")
      .map((row) => row.split("\t"));
    assert.deepEqual(
      rows.map(([name, state]) => [name, state]),
      [
        ["Name", "State"],
        ["vmss-checkout-prod", "No window"],
        ["vmss-data-staging", "No window"],
      ],
    );
    assert.ok(rows.every((row) => row.length === 8));
  });
});

/** Whether VS Code has written a text to what it keeps in the browser: a reload before that loses it. */
async function isStored(page: Page, text: string): Promise<boolean> {
  return page.evaluate<boolean>(`(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      try {
        for (const store of database.objectStoreNames) {
          const values = await done(database.transaction(store).objectStore(store).getAll());
          if (values.some((value) => String(value).includes(${JSON.stringify(text)}))) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  })()`);
}

test("selection, focus and what is expanded stay as the fleet is read again, and grouping and filter over a reload", async () => {
  const { workbench, tree, refresh, picture } = shared();
  const keys = new Keys(workbench);
  await tree.expand("Not set up");
  await tree.select("vmss-cache-prod"); // a click expands it as well
  await tree.row("Health source");
  const before = await tree.rows();
  assert.ok(before.some(({ level }) => level === 3));
  await refresh(() => keys.run("Scale Set Maintenance: Refresh"));
  assert.deepEqual(await tree.rows(), before);
  assert.match(await tree.selected(), /^Scale set vmss-cache-prod/);
  await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
  await workbench.quickInput.enter("cache");
  await tree.row(/^State: Not set up, 1 scale set/);
  await eventually(async () => assert.ok(await isStored(workbench.page, "fleet.filter")));
  await workbench.page.reload();
  await workbench.openContainer("Scale Set Maintenance");
  await tree.row(/^State: Not set up, 1 scale set/);
  assert.equal((await tree.rows()).filter(({ name }) => name.startsWith("State: ")).length, 1);
  await picture("after-reload");
});

test("scale sets are dragged from their windows and their upgrades too", async () => {
  const { workbench, sandbox, tree, refresh, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const [web, cache] = [setIn("vmss-web-prod"), setIn("vmss-cache-prod")];
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  const [upcoming, activity] = [workbench.tree("Upcoming Windows"), workbench.tree("Activity")];
  await ask(sandbox, "POST", "/sandbox/upgrades", { scaleSet: cache, start: "Platform" });
  await workbench.viewAction("Clear Filter");
  await groupByConfiguration();
  await workbench.setOpen("Upcoming Windows", true);
  await refresh();
  await workbench.viewAction("Collapse All", "Fleet"); // then all configurations are in sight
  await upcoming.expand(/^Window of mc-prod-nightly/);
  await upcoming.drag(/^Scale set vmss-web-prod, /, "mc-staging-daily", tree);
  await quickInput.step("Review");
  await picture("review-from-upcoming");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  await workbench.clearToasts();
  const moved = new Map<string, unknown>([...before, [associationId(web, "mc-staging-daily"), daily]]);
  moved.delete(associationId(web, "mc-prod-nightly"));
  assert.deepEqual(differences(moved, await holdings()), []);

  await workbench.setOpen("Activity", true);
  await activity.drag(/^Running upgrade of scale set vmss-cache-prod/, "mc-prod-nightly", tree);
  await quickInput.step("Review");
  await picture("review-from-activity");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await workbench.clearToasts();
  const both = new Map<string, unknown>([...moved, [associationId(cache, "mc-prod-nightly"), nightly()]]);
  assert.deepEqual(differences(both, await holdings()), []);

  await upcoming.drag(/^Window of mc-prod-nightly/, "mc-staging-daily", tree);
  await workbench.toast("You can drag only scale sets");
});
