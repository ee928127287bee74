import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "../../scripts/tour/holdings.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const year = new Date().getFullYear() + 1;

test("the three steps need nothing but the keyboard", async () => {
  await shared().begin();
  const { workbench, sandbox, holdings } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  const before = await holdings();

  await keys.run("Scale Set Maintenance: Create Configuration");
  const change = async (answer: string) => {
    await quickInput.step("Review");
    await keys.goDownTo(answer);
    await quickInput.step(answer);
  };
  await change("Subscription");
  await keys.choose("Contoso Shared Services");
  await change("Name");
  await keys.enter("mc-by-keyboard");
  await change("Start");
  await keys.enter(`${year}-01-15 21:30`);
  await change("Duration");
  await keys.goDownTo("8 hours");
  await change("Tags");
  await keys.enter("team=platform");
  await change("Name");
  await quickInput.holds("mc-by-keyboard");
  await quickInput.type("mc-mistyped");
  await keys.back();
  await quickInput.step("Review");
  await keys.press("Enter"); // the first row applies
  await workbench.toast("1 change done");
  const configuration = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-by-keyboard");
  const withConfiguration = new Map([
    ...before,
    [
      configuration,
      {
        configurationType: "Regular",
        extensionProperties: {},
        namespace: "Microsoft.Maintenance",
        visibility: "Custom",
        maintenanceScope: "OSImage",
        maintenanceWindow: {
          startDateTime: `${year}-01-15 21:30`,
          duration: "08:00",
          timeZone: "UTC",
          recurEvery: "Day",
        },
      },
    ],
  ]);
  assert.deepEqual(differences(withConfiguration, await holdings()), []);

  const names = ["vmss-cache-prod", "vmss-worker-prod"];
  const sets = names.map((name) => idIn(sandbox, "Contoso Production", "rg-web-prod-weu", name));
  await keys.run("Scale Set Maintenance: Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  await keys.tick(names);
  await quickInput.step("Choose a configuration");
  await keys.choose("mc-by-keyboard");
  await quickInput.step("Review");
  await keys.press("Enter");
  await workbench.toast("2 changes done");
  const withAssociations = new Map([
    ...withConfiguration,
    ...sets.map((id) => [associationId(id, "mc-by-keyboard"), configuration] as const),
  ]);
  assert.deepEqual(differences(withAssociations, await holdings()), []);

  await workbench.clearToasts();
  await keys.run("Scale Set Maintenance: Enable Automatic OS Upgrades");
  await quickInput.step("Choose scale sets");
  await keys.tick(names);
  await quickInput.step("Review");
  await keys.press("Enter");
  await workbench.toast("2 changes done");
  const withUpgrades = new Map([
    ...withAssociations,
    ...sets.map((id) => [id, { automaticUpgrades: true }] as const),
  ]);
  assert.deepEqual(differences(withUpgrades, await holdings()), []);
});

test("arrow keys walk the tree, Enter opens what is focused and Delete removes an association", async () => {
  const { workbench, tree, startOver, holdings } = shared();
  const keys = new Keys(workbench);
  const before = await startOver();
  await keys.run("Scale Set Maintenance: Focus on Fleet View");
  await tree.takesFocus();
  await keys.press("Home");
  await focusOn(/^Subscription Contoso Production/);
  await keys.press("ArrowLeft", "ArrowRight"); // folded and unfolded, however it was
  await tree.row("Scale sets");
  await keys.press("ArrowDown", "ArrowDown");
  await focusOn(/^Scale sets/);
  await keys.press("ArrowRight");
  await tree.row("vmss-api-prod");
  await keys.press("ArrowDown");
  await focusOn(/^Scale set vmss-archive-prod, Broken schedule/); // the worst first
  for (let steps = 0; steps < 15 && !(await tree.focused()).startsWith("Scale set vmss-api-prod"); steps += 1)
    await keys.press("ArrowDown");
  await focusOn(/^Scale set vmss-api-prod/);

  await keys.press("Enter");
  await workbench.webPage("Eligibility of vmss-api-prod");

  await keys.run("Scale Set Maintenance: Focus on Fleet View");
  await tree.takesFocus();
  await focusOn(/^Scale set vmss-api-prod/);
  await keys.press("ArrowRight");
  await tree.row(/^Association with maintenance configuration mc-prod-nightly/);
  await tree.row(/^Microsoft lists the image as supported/); // what the explanation has read
  await keys.press("ArrowDown", "ArrowDown", "ArrowDown"); // it comes after the verdict
  await focusOn(/^Association/);
  await keys.press("Delete");
  await workbench.quickInput.step("Automatic OS upgrades");
  await keys.press("Enter");
  await workbench.quickInput.step("Review");
  await keys.press("Escape");
  await workbench.quickInput.closed();
  assert.deepEqual(differences(before, await holdings()), []);
  await workbench.run("View: Close All Editors");

  async function focusOn(name: RegExp): Promise<void> {
    await eventually(async () => assert.match(await tree.focused(), name));
  }
});
