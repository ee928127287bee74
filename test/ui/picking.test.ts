/** Choosing by keyboard: what Enter takes, what comes ticked, and what can be read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const associate = "Scale Set Maintenance: Associate Scale Sets";
const sets = ["vmss-cache-prod", "vmss-checkout-prod"];

test("what is selected in the tree comes ticked, and Enter takes it", async () => {
  const { workbench, tree, startOver, picture } = shared();
  await startOver();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.selectAll(sets);
  await keys.run(associate);
  await quickInput.step("Choose scale sets");
  await eventually(async () => assert.deepEqual(await quickInput.ticked(), sets));
  await picture("ticked");
  await keys.press("Enter");
  await quickInput.step("Choose a configuration");
  await keys.press("Escape");
  await quickInput.closed();
});

test("answers that were kept are offered once", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await keys.run(associate);
  await quickInput.step("Continue where you left off?");
  await picture("continue");
  await keys.press("Enter");
  await quickInput.step("Choose a configuration");
  await keys.press("Escape");
  await quickInput.closed();
  await keys.run(associate);
  await quickInput.step("Choose scale sets");
  await keys.press("Escape");
  await quickInput.closed();
});

test("with nothing ticked Enter takes the focused row; without one it says below the box what it waits for", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await tree.select("Contoso Production"); // a whole subscription ticks nothing
  await keys.run("Scale Set Maintenance: Enable Automatic OS Upgrades");
  await quickInput.step("Choose scale sets");
  assert.deepEqual(await quickInput.ticked(), []);
  await keys.press("Enter");
  await quickInput.message("Select at least one scale set (Space)");
  await workbench.page.keyboard.type("vmss");
  await picture("none-ticked");
  await quickInput.message("Select at least one scale set (Space)");
  // A row that was focused and is not shown any more is not meant.
  await keys.press("Control+A", "Delete", "ArrowDown", "ArrowDown");
  await quickInput.input.focus();
  await workbench.page.keyboard.type("prod");
  await keys.press("Enter");
  await quickInput.message("Select at least one scale set (Space)");
  await keys.press("Control+A", "Delete");
  await keys.goDownTo("vmss-cache-prod");
  await quickInput.step("Review");
  await quickInput.shows(/vmss-cache-prod/);
  await keys.press("Escape");
  await quickInput.closed();

  await keys.run("Scale Set Maintenance: Explain Why It Didn't Upgrade…");
  await eventually(async () => assert.equal(await quickInput.title(), "Explain Why It Didn't Upgrade"));
  await eventually(async () => assert.ok((await quickInput.rows()).length > 3));
  await keys.press("Enter");
  await quickInput.message("Select at least one scale set (Space)");
  await picture("none-ticked-to-explain");
  await keys.goDownTo("vmss-api-prod");
  await workbench.webPage("Eligibility of vmss-api-prod");
  await workbench.run("View: Close All Editors");
});

test("a fact is one row, and Enter on it shows its text whole while the review stays open", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await keys.run("Scale Set Maintenance: Enable Automatic OS Upgrades");
  await quickInput.step("Continue where you left off?");
  await keys.press("Enter");
  await quickInput.step("Review");
  const warning = "vmss-cache-prod has no maintenance configuration: upgrades can start at any time.";
  const heard = (await quickInput.rows()).filter((row) => row.includes("maintenance configuration"));
  assert.deepEqual(heard, [`${warning}, Warnings`]);
  await keys.goDownTo(warning);
  const words = new RegExp(warning.split(" ").join(String.raw`\s+`)); // the editor wraps lines
  await eventually(async () => assert.match(await workbench.editorText(), words));
  await picture("fact");
  await quickInput.step("Review");
  await quickInput.cancel();
  await workbench.run("View: Close All Editors");
});

test("a list to tick rows in says below the box what it lacks, and only what can be chosen has a checkbox", async () => {
  const { workbench, sandbox, refresh, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  const refused = (path: string) => ({
    match: { path },
    times: "always",
    do: { status: 403, body: { error: { code: "AuthorizationFailed", message: "Not yours to ask." } } },
  });
  const production = sandbox.subscriptions.find(({ displayName }) => displayName === "Contoso Production");
  await ask(sandbox, "POST", "/sandbox/faults", [
    refused("/providers/Microsoft.ResourceGraph/resources"),
    refused(`${production?.subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets`),
  ]);
  await refresh();
  await keys.run("Scale Set Maintenance: Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  const lack = await quickInput.message("Couldn't load scale sets of Contoso Production");
  await picture("facts-aside");
  assert.doesNotMatch((await quickInput.rows()).join("\n"), new RegExp(lack));
  await keys.press("Control+A");
  assert.deepEqual(await quickInput.ticked(), []);
  await quickInput.widget.getByRole("button", { name: "Show Details" }).focus();
  await keys.press("Enter");
  await eventually(async () => assert.match(await workbench.editorText(), /Contoso Production.*\n +\S/));
  await quickInput.cancel();
  await ask(sandbox, "DELETE", "/sandbox/faults");
  await workbench.run("View: Close All Editors");
  await refresh();
});
