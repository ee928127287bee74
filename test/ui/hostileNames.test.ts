import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { ask, get } from "../../scripts/lib/outside.ts";
import { putConfiguration } from "../support/configurations.ts";
import { eventually } from "../support/eventually.ts";
import {
  command,
  hostileName as name,
  hostileNameShown as shown,
  showsOnly,
} from "../support/hostileName.ts";
import { idIn } from "../support/ids.ts";
import { takePicture } from "../support/pictures.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

const withoutLinks = shown.replaceAll("](", "] (");

/** What Azure says to a failure, in two lines. */
const refusal = `The client may not perform action '${command}$(sync~spin)\nSandbox: 1 change done\u202E' over scope '![p](https://x.invalid/p.png)'.`;

/** A subscription that somebody named so, in two lines. */
const subscription = `Contoso ${command}![p](https://x.invalid/p.png)$(sync~spin)\nShared\u202E\u200B`;
const subscriptionShown = `Contoso ${command}![p](https://x.invalid/p.png)$(sync~spin) Shared‹U+202E›‹U+200B›`;

/** All that the extension has logged. */
function logs(): string {
  const files = globSync(join(shared().workbench.server.folder, "data/logs/**/*Scale Set Maintenance.log"));
  return files.map((file) => readFileSync(file, "utf8")).join("\n");
}

const sharedServices = () => {
  const found = shared().sandbox.subscriptions.find(({ displayName }) => /Shared/.test(displayName));
  assert.ok(found !== undefined);
  return found;
};

const order = async (...faults: readonly unknown[]) =>
  assert.equal((await ask(shared().sandbox, "POST", "/sandbox/faults", faults)).status, 204);

/** Holds the tooltip of a row to the same, and takes it out of the way of other rows. */
async function tooltipShowsOnly(row: Locator, text: string): Promise<void> {
  const { workbench } = shared();
  const { page } = workbench;
  await row.hover();
  const tooltip = page.locator(".workbench-hover").last();
  await showsOnly(tooltip, text);
  await takePicture(workbench, "tooltip", [undefined]); // a change of the theme would take it away
  await page.mouse.move(1000, 700);
  await tooltip.waitFor({ state: "hidden" });
}

test("rows of a view, their tooltips and descriptions", async () => {
  await shared().begin();
  const { sandbox, tree, refresh } = shared();
  const { displayName } = sharedServices();
  const id = idIn(sandbox, displayName, "rg-maintenance", "mc-").replace(/mc-$/, encodeURIComponent(name));
  await putConfiguration(sandbox, id);
  const subscriptions = await get<{ value: readonly { displayName: string }[] }>(
    sandbox,
    "/subscriptions?api-version=2022-12-01",
  );
  const renamed = subscriptions.value.map((one) =>
    one.displayName === displayName ? { ...one, displayName: subscription } : one,
  );
  await order({
    match: { method: "GET", path: String.raw`^/subscriptions\?` },
    times: "always",
    do: { status: 200, body: { value: renamed } },
  });
  await refresh();
  const row = await tree.row(subscriptionShown);
  await showsOnly(row, subscriptionShown);
  await tooltipShowsOnly(row, subscriptionShown);
  await tree.expandPath(subscriptionShown, "Maintenance configurations");
  const configuration = await tree.row(shown);
  await showsOnly(configuration, shown);
  await tooltipShowsOnly(configuration, shown);
});

test("the message and the description of a view", async () => {
  const { workbench, tree, picture } = shared();
  await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
  await workbench.quickInput.enter(`${command}$(sync~spin)\u202E`);
  const pane = workbench.page.locator(".part.sidebar .pane", { hasText: "Filter:" }).first();
  await showsOnly(pane.locator(".message"), `Filter: ${command}$(sync~spin)‹U+202E›`);
  await showsOnly(pane.locator(".pane-header .description"), `Filter: ${command}$(sync~spin)‹U+202E›`);
  await picture("view");
  await workbench.viewAction("Clear Filter");
  await tree.row("Contoso Production");
});

test("rows of a quick pick, of a list and of a flow", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  await workbench.run("Scale Set Maintenance: Select Subscriptions");
  await quickInput.input.fill("Shared");
  await showsOnly(quickInput.widget.locator(".monaco-list-row", { hasText: "Shared" }), subscriptionShown);
  await picture("list");
  await quickInput.cancel();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.contextMenu("vmss-cache-prod", "Associate Scale Sets");
  await quickInput.step("Choose a configuration");
  await quickInput.input.fill("gpj");
  const row = quickInput.widget.locator(".monaco-list-row", { hasText: "gpj" }).first();
  await showsOnly(row, shown);
  await picture("flow");
  await row.click();
  await quickInput.step("Review");
  await showsOnly(quickInput.widget.locator(".monaco-list-row", { hasText: "gpj" }).first(), shown);
  await picture("review");
});

test("a plan under way and at its end, with what Azure says", async () => {
  const { workbench, picture } = shared();
  const { quickInput, page } = workbench;
  const write = { method: "PUT", path: "vmss-cache-prod/providers/Microsoft.Maintenance" };
  const refused = { status: 403, body: { error: { code: "AuthorizationFailed", message: refusal } } };
  await order(
    { match: write, do: { status: 429, headers: { "retry-after": "5" } } },
    { match: write, times: "always", do: refused },
  );
  await quickInput.apply();
  const toast = (text: string | RegExp) =>
    page.locator(".notification-list-item", { hasText: text }).filter({ visible: true });
  await showsOnly(toast("Azure asks to wait"), withoutLinks);
  await picture("progress");
  await workbench.toast("failed");
  await showsOnly(toast("failed"), "$(sync~spin)");
  await picture("failed");
  await workbench.clearToasts();
  await workbench.setOpen("Activity", true);
  const row = workbench.tree("Activity").row(/gpj/);
  await showsOnly(await row, shown);
  await workbench.setOpen("Activity", false);
});

test("an error's notification, and the log", async () => {
  const { workbench, tree, picture } = shared();
  const read = { method: "GET", path: String.raw`virtualMachineScaleSets/vmss-cache-prod\?` };
  await order({
    match: read,
    times: "always",
    do: { status: 403, body: { error: { code: "AuthorizationFailed", message: refusal } } },
  });
  await tree.contextMenu("vmss-cache-prod", "View Properties");
  const toast = workbench.page.locator(".notification-list-item", { hasText: "Azure denied access" });
  await showsOnly(
    toast.filter({ visible: true }),
    `${command.replace("](", "] (")}$(sync~spin) Sandbox: 1 change done‹U+202E›`,
  );
  await picture("error");
  await workbench.clearToasts();
  // Written a moment later; the channel shows the file as it is.
  await eventually(async () => {
    const log = logs();
    assert.match(log, /^ +Sandbox: 1 change done/m, "indented, so that it is no entry of its own");
    assert.doesNotMatch(log, /^Sandbox: 1 change done|\u202E/m);
  });
});

test("what stands below a box", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await workbench.run("Scale Set Maintenance: Create Configuration");
  await quickInput.change("Name");
  await quickInput.type(`${command}/$(sync~spin)`);
  const message = quickInput.widget.locator(".quick-input-message", { hasText: "Use letters, digits" });
  await showsOnly(message, `${command.replace("](", "] (")}/$(sync~spin)`);
  await picture("box");
  await quickInput.cancel();
});

test("after all that no command was run", async () => {
  const { page } = shared().workbench;
  await eventually(async () =>
    assert.ok(await page.locator(".part.activitybar").isVisible(), "Zen mode hides it"),
  );
});
