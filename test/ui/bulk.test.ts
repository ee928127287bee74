import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const maintenance = "api-version=2023-04-01";

test("Clean Up Associations removes what dangles, and leaves alone what is back when the plan is applied", async () => {
  const { workbench, sandbox, holdings, picture } = shared();
  const { quickInput } = workbench;
  await shared().begin();
  const production = (group: string, name: string) => idIn(sandbox, "Contoso Production", group, name);
  const gateway = production("rg-web-prod-weu", "vmss-gateway-prod");
  const ledger = production("rg-data-prod-weu", "vmss-ledger-prod");
  const retired = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-ledger-retired");
  await workbench.run("Scale Set Maintenance: Clean Up Associations");
  await quickInput.step("Choose associations");
  await picture("clean-up");
  await quickInput.shows(/vmss-ledger-prod: mc-ledger-retired/);
  await quickInput.shows(/, The configuration was deleted$/m);
  await quickInput.shows(/vmss-gateway-prod: mc-prod-nightly, keep/);
  assert.ok((await quickInput.ticked()).includes("vmss-gateway-prod: mc-shared-fourth-monday"));
  assert.ok(!(await quickInput.ticked()).includes("vmss-gateway-prod: mc-prod-nightly"));
  await quickInput.accept();
  await quickInput.step("Review");
  await quickInput.shows(/Automatic OS upgrades of .* stay on/);
  await picture("clean-up-review");

  const again = { location: "westeurope", properties: { maintenanceScope: "OSImage" } };
  assert.equal((await ask(sandbox, "PUT", `${retired}?${maintenance}`, again)).status < 300, true);
  const before = await holdings();
  await quickInput.apply(/./, "Remove");
  assert.match(await workbench.toast("1 changed by someone else"), /mc-ledger-retired exists again/);
  await picture("clean-up-one-is-back");
  const expected = new Map(before);
  expected.delete(associationId(gateway, "mc-shared-fourth-monday"));
  assert.ok(expected.has(associationId(ledger, "mc-ledger-retired")));
  assert.deepEqual(differences(expected, await holdings()), []);
});

test("all scale sets of a configuration move to another one", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  const nightly = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");
  const had = [...before].filter(([, value]) => value === daily).map(([id]) => id);
  assert.ok(had.length > 0);
  await tree.expandPath("Contoso Staging", "Maintenance configurations");
  await tree.contextMenu("mc-staging-daily", "Move to Another Configuration");
  await quickInput.step("Choose scale sets");
  assert.equal((await quickInput.ticked()).length, had.length);
  await picture("move-all");
  await quickInput.accept();
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await quickInput.shows(/^Move vmss-web-staging to mc-prod-nightly in the sandbox, /m);
  await picture("move-review");
  await quickInput.apply(new RegExp(`\\b${had.length * 2} changes\\b`));
  await workbench.toast(`${had.length * 2} changes done`);
  const expected = new Map(before);
  for (const id of had) {
    expected.delete(id);
    expected.set(id.replace(/[^/]+$/, "mc-prod-nightly"), nightly);
  }
  assert.deepEqual(differences(expected, await holdings()), []);
});

test("Associate takes sets that are selected together in the tree", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const names = ["vmss-cache-prod", "vmss-checkout-prod", "vmss-worker-prod"];
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.selectAll(names);
  await tree.contextMenu("vmss-worker-prod", "Associate Scale Sets");
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-staging-daily");
  await quickInput.step("Review");
  await picture("selected-together");
  await quickInput.apply(/\b3 changes\b/);
  await workbench.toast("3 changes done");
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  const expected = new Map<string, unknown>([
    ...before,
    ...names.map((name) => {
      const set = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", name);
      return [associationId(set, "mc-staging-daily"), daily] as const;
    }),
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);
});

test("Associate takes pasted ids, and says of what is no scale set why it is left out", async () => {
  const { workbench, sandbox, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const set = (name: string) => idIn(sandbox, "Contoso Production", "rg-web-prod-weu", name);
  const nightly = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");
  const ids = [set("vmss-cache-prod"), set("vmss-nowhere"), nightly, set("vmss-worker-prod").toUpperCase()];

  await workbench.run("Scale Set Maintenance: Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  await quickInput.button("Paste Resource IDs…");
  await quickInput.step("Resource IDs");
  await quickInput.type(ids.join(" "));
  await quickInput.message(/vmss-nowhere” wasn't found in Contoso Production/);
  await quickInput.accept();
  await quickInput.step("Scale sets found");
  await quickInput.shows(/isn't a scale set but microsoft\.maintenance\/maintenanceconfigurations/i);
  await picture("pasted-ids");
  await quickInput.pick("Continue with 2 scale sets");
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  const expected = new Map<string, unknown>([
    ...before,
    [associationId(set("vmss-cache-prod"), "mc-prod-nightly"), nightly],
    [associationId(set("vmss-worker-prod"), "mc-prod-nightly"), nightly],
  ]);
  assert.deepEqual(differences(expected, await holdings()), []);
});

/** As many writes are in flight at most. */
const maxInFlight = 8;

test("a bulk plan that is cancelled by keyboard says what it finishes, and Continue sends the rest", async () => {
  const { workbench, sandbox, tree, startOver, refresh, holdings, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  const activity = workbench.tree("Activity");
  const associations = /configurationAssignments\/[^/]+$/i;
  for (const id of (await startOver()).keys())
    if (associations.test(id)) await ask(sandbox, "DELETE", `${id}?${maintenance}`);
  await refresh();
  await workbench.setOpen("Activity", false);
  await workbench.page.reload();
  await workbench.openContainer("Scale Set Maintenance");

  const slow = { match: { method: "PUT", path: "configurationAssignments" }, do: { delayMs: 6000 } };
  await ask(sandbox, "POST", "/sandbox/faults", [{ ...slow, times: maxInFlight }]);
  await ask(sandbox, "DELETE", "/sandbox/requests");
  await tree.contextMenu("Contoso Production", "Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  await keys.press("Enter"); // all of the subscription
  await quickInput.step("Managed scale sets");
  await keys.press("Enter"); // left out
  await quickInput.step("Choose a configuration");
  await keys.choose("mc-prod-nightly");
  await quickInput.reviewed();
  await keys.press("Enter"); // the first row applies
  const isIn = async () => {
    const { value } = await get<{ value: readonly { method: string }[] }>(sandbox, "/sandbox/requests");
    assert.equal(value.filter(({ method }) => method === "PUT").length, maxInFlight);
  };
  await eventually(isIn);
  await activity.row(/^Plan: Associate scale sets .*running, 0 of \d+ changes done/); // the view has opened by itself
  assert.equal(await activity.focused(), "");
  await workbench.statusItem(/^Sandbox: Running: 0 of \d+ changes\. Opens the Activity view/).waitFor();
  await picture("bulk-running");
  await keys.run("Notifications: Accept Notification Primary Action");
  await workbench.toast(/Cancelling: finishing 8…/);
  await workbench.statusItem(/Cancelling: finishing 8…/).waitFor();
  await activity.row(/^Plan: Associate scale sets .*Cancelling: finishing 8…, 0 of \d+ changes done/);
  await picture("bulk-cancelling");
  const said = await workbench.toast(/8 of \d+ changes done, \d+ not sent/);
  const [, all = "", left = ""] = /8 of (\d+) changes done, (\d+) not sent/.exec(said) ?? [];
  assert.equal(Number(all), maxInFlight + Number(left));
  await workbench.statusItem(/Running/).waitFor({ state: "detached" });
  await picture("bulk-cancelled");
  const toast = workbench.page.locator(".notification-list-item", { hasText: "not sent" });
  assert.equal(await toast.getByRole("button", { name: "Continue", exact: true }).count(), 1);
  assert.equal(await toast.getByRole("button", { name: /Retry/ }).count(), 0);

  await ask(sandbox, "DELETE", "/sandbox/faults");
  await keys.run("Scale Set Maintenance: Continue Changes…");
  await quickInput.shows(/8 of \d+ changes done/);
  await keys.press("Enter");
  await quickInput.reviewed();
  await keys.press("Enter");
  await workbench.toast(`${left} changes done`);
  const associated = [...(await holdings()).keys()].filter((id) => associations.test(id));
  assert.equal(associated.length, Number(all));
  await workbench.clearToasts();
});

test("leaving the sandbox closes its pages and documents", async () => {
  const { workbench, tree } = shared();
  const { page } = workbench;
  await workbench.run("Scale Set Maintenance: Show Fleet Report");
  await workbench.webPage("Fleet");
  await tree.contextMenu("Contoso Production", "Explain Why It Didn't Upgrade…");
  await tree.contextMenu("Contoso Production", "View Properties");
  const tabs = page.locator(".editor-group-container .tab");
  await eventually(async () => assert.equal(await tabs.count(), 3));
  await workbench.run("Scale Set Maintenance: Leave Sandbox");
  await eventually(async () => assert.deepEqual(await tabs.allInnerTexts(), []));
  await workbench.run("Scale Set Maintenance: Open Sandbox");
  await tree.row("Contoso Production");
});
