import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { putConfiguration } from "../support/configurations.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

test("the Fleet view shows the subscriptions of the sandbox", async () => {
  await shared().begin();
  const { tree, sandbox, picture } = shared();
  for (const { displayName } of sandbox.subscriptions) await tree.row(displayName);
  await eventually(async () => {
    const roots = (await tree.rows()).filter(({ level }) => level === 1);
    assert.equal(roots.length, sandbox.subscriptions.length);
  });
  await picture("subscriptions");
});

test("Collapse All leaves the subscriptions", async () => {
  const { workbench, tree, sandbox } = shared();
  await workbench.viewAction("Collapse All");
  await eventually(async () => {
    const rows = await tree.rows();
    assert.equal(rows.length, sandbox.subscriptions.length);
    assert.ok(rows.every(({ expanded }) => expanded === false));
  });
});

test("every state of a scale set is told apart in words, also where it can't be told", async () => {
  const { workbench, tree, picture } = shared();
  await tree.expandPath("Contoso Production", "Scale sets");
  for (const [name, state] of [
    ["vmss-web-prod", "Scheduled"],
    ["vmss-checkout-prod", "No window"],
    ["vmss-search-prod", "Upgrades off"],
    ["vmss-cache-prod", "Not set up"],
    ["vmss-orders-prod", "Blocked"],
    ["vmss-gateway-prod", "Broken schedule"],
  ]) {
    await tree.row(new RegExp(`^Scale set ${name}, ${state}`));
  }
  await tree.expand("vmss-orders-prod");
  await tree.expand("vmss-gateway-prod");
  await picture("scale-sets");
  await workbench.viewAction("Collapse All");
  await tree.expandPath("Contoso Shared Services", "Scale sets");
  await tree.expand(/^Scale set vmss-identity-broker, Unknown/);
  await tree.row(/^Problem: Couldn't load associations/);
  await picture("cannot-tell");
});

test("rows of Azure's that are no scale sets are warnings with what Azure sent", async () => {
  const { workbench, tree, picture } = shared();
  await workbench.viewAction("Collapse All");
  await tree.expandPath("Contoso Staging", "Scale sets");
  await tree.row(/^Unreadable scale set: \./);
  await tree.contextMenu("vmss-import-staging", "View Properties");
  await eventually(async () => assert.match(await workbench.editorText(), /"id": 20261103/));
  await picture("unreadable");
  assert.deepEqual(await tree.contextMenuEntries("vmss-import-staging"), ["View Properties"]);
});

test("Refresh shows what others have changed", async () => {
  const { workbench, sandbox, tree, refresh } = shared();
  await workbench.viewAction("Collapse All");
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  await tree.row("mc-prod-nightly");
  const id = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-from-outside");
  await putConfiguration(sandbox, id);
  await refresh(() => workbench.viewAction("Refresh"));
  await tree.row("mc-from-outside");
});

test("View Properties shows a resource as read-only JSON", async () => {
  const { workbench, tree, picture } = shared();
  await tree.contextMenu(/^Maintenance configuration mc-prod-nightly/, "View Properties");
  await eventually(async () => assert.match(await workbench.editorText(), /"maintenanceScope": "OSImage"/));
  await picture("properties");
  const before = await workbench.editorText();
  await workbench.page.locator(".editor-group-container.active .view-lines").click();
  await workbench.page.keyboard.type("x");
  assert.equal(await workbench.editorText(), before);
});

test("Show Log opens a log that tells each request and no token", async () => {
  const { workbench, sandbox, picture } = shared();
  await workbench.run("Scale Set Maintenance: Show Log");
  await workbench.page.locator(".part.panel .view-lines", { hasText: "GET" }).waitFor();
  await picture("log");
  const files = globSync(join(workbench.server.folder, "data/logs/**/Scale Set Maintenance.log"));
  const log = files.map((file) => readFileSync(file, "utf8")).join("\n");
  assert.match(log, /GET \/subscriptions.* → 200/);
  assert.ok(!log.includes(sandbox.token), "the log holds the token");
  assert.doesNotMatch(log, /bearer/i);
  await workbench.run("View: Hide Panel");
});

test("the filter takes names and ids of subscriptions, and is followed at once", async () => {
  const { workbench, sandbox, tree } = shared();
  const [production, , staging] = sandbox.subscriptions;
  const filter = (subscriptions: readonly (string | undefined)[]) =>
    workbench.changeSettings({ "scaleSetMaintenance.subscriptions": subscriptions });
  const roots = async (...names: readonly (string | undefined)[]) =>
    eventually(async () => {
      const shown = (await tree.rows()).filter(({ level }) => level === 1);
      assert.equal(shown.length, names.length);
      for (const name of names)
        assert.ok(
          shown.some((row) => row.name.includes(name ?? "")),
          name,
        );
    });
  await filter([staging?.displayName.toUpperCase()]);
  await roots(staging?.displayName);
  await filter([staging?.displayName, production?.subscriptionId]);
  await roots(staging?.displayName, production?.displayName);
  await filter([]);
  await roots(...sandbox.subscriptions.map(({ displayName }) => displayName));
});
