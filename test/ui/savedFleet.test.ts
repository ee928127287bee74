import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

const folder = "data/User/globalStorage/scale-set-maintenance.azure-scale-set-maintenance/fleet";
const savedFiles = () => globSync(join(shared().workbench.server.folder, folder, "*.json"));

test("after a reload the fleet is there before Azure answers, says how old it is, and gives way to the fresh one; a page is closed", async () => {
  await shared().begin();
  const { workbench, sandbox, tree, picture } = shared();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/vmss-web-prod, Scheduled/);
  await tree.contextMenu("vmss-web-prod", "Explain Why It Didn't Upgrade…");
  const tabs = workbench.page.locator(".editor-group-container .tab");
  await tabs.waitFor();
  await eventually(() => assert.equal(savedFiles().length, 1), 30_000);
  await ask(sandbox, "POST", "/sandbox/faults", [
    { match: { path: "/" }, times: "always", do: { delayMs: 120_000 } },
  ]);
  await workbench.page.reload();
  await workbench.openContainer("Scale Set Maintenance");
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/vmss-web-prod, Scheduled/);
  await tree.row(/vmss-worker-prod/);
  assert.equal(await tabs.count(), 0);
  const age = workbench.page.getByText(/Last refreshed .* ago/).first();
  await age.waitFor();
  await picture("saved-fleet");
  await ask(sandbox, "DELETE", "/sandbox/faults");
  await workbench.viewAction("Refresh");
  await age.waitFor({ state: "detached", timeout: 60_000 });
  await tree.row(/vmss-web-prod, Scheduled/);
});

test("what is saved names nobody and has no token", () => {
  const [file = ""] = savedFiles();
  const text = readFileSync(file, "utf8");
  assert.match(text, /vmss-web-prod/);
  assert.ok(!text.includes(shared().sandbox.token));
  // Tags, which may name a team, are the user's own words.
  assert.doesNotMatch(text, /azureuser|systemData|createdBy|protectedSettings|sig=/i);
});

test("a saved fleet that is cut off is passed over, and where nothing could be read Upcoming Windows says so and offers to refresh, not to create a configuration", async () => {
  const { workbench, sandbox, picture } = shared();
  const view = "Upcoming Windows";
  const body = { error: { code: "AuthorizationFailed", message: "Not yours to ask." } };
  const fault = {
    match: { path: "^/(tenants|subscriptions)\\?" },
    times: "always",
    do: { status: 403, body },
  };
  await ask(sandbox, "POST", "/sandbox/faults", [fault]);
  const [file = ""] = savedFiles();
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 2000));
  await workbench.page.reload();
  await workbench.openContainer("Scale Set Maintenance");
  await workbench.setOpen(view, true);
  const agenda = workbench.tree(view);
  await agenda.row(/^Windows of .* are missing: .*Azure denied access/);
  await agenda.row("Refresh");
  assert.equal(await workbench.page.getByText("Create Configuration", { exact: true }).count(), 0);
  await picture("nothing-read");
  await ask(sandbox, "DELETE", "/sandbox/faults");
  await agenda.tree.press("End");
  await agenda.tree.press("Enter");
  await agenda.row(/^Window of mc-prod-nightly, /);
  await eventually(() => assert.doesNotThrow(() => JSON.parse(readFileSync(file, "utf8"))), 30_000);
});
