import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "../../scripts/tour/holdings.ts";
import { associationId, idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const year = new Date().getFullYear() + 1;
const names = ["vmss-cache-prod", "vmss-worker-prod"];

test("the three steps by buttons, rows and context menus", async () => {
  await shared().begin();
  const { workbench, sandbox, tree, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await holdings();

  await workbench.moreAction("Create Configuration");
  await quickInput.change("Subscription");
  await picture("subscription");
  await quickInput.pick("Contoso Production");
  await quickInput.change("Resource group");
  await picture("resource-group");
  await quickInput.pick("Create a new resource group…");
  await quickInput.step("New resource group");
  await quickInput.enter("rg-windows");
  await quickInput.step("Region of the resource group");
  await quickInput.pick("North Europe");
  await quickInput.change("Name");
  await quickInput.type("mc-by-mouse");
  await picture("name");
  await quickInput.back();
  await quickInput.change("Name");
  await quickInput.enter("mc-by-mouse");
  await quickInput.change("Region");
  await picture("region");
  await quickInput.pick("West Europe");
  await quickInput.change("Start");
  await picture("start");
  await quickInput.enter(`${year}-03-01 22:00`);
  await quickInput.change("Expiry");
  await picture("expiry");
  await quickInput.enter(`${year + 1}-03-01 22:00`);
  await quickInput.change("Tags");
  await picture("tags");
  await quickInput.accept();
  await quickInput.step("Review");
  await picture("review-of-configuration");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  await picture("configuration-created");
  const configuration = idIn(sandbox, "Contoso Production", "rg-windows", "mc-by-mouse");
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
          startDateTime: `${year}-03-01 22:00`,
          expirationDateTime: `${year + 1}-03-01 22:00`,
          duration: "05:00",
          timeZone: "UTC",
          recurEvery: "Day",
        },
      },
    ],
  ]);
  assert.deepEqual(differences(withConfiguration, await holdings()), []);
  await workbench.clearToasts();

  await tree.expandPath("Contoso Production", "Maintenance configurations");
  await tree.inlineAction("mc-by-mouse", "Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  await picture("scale-sets");
  await quickInput.pickMany(names);
  await quickInput.step("Review");
  await picture("review-of-associations");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  const sets = names.map((name) => idIn(sandbox, "Contoso Production", "rg-web-prod-weu", name));
  const withAssociations = new Map([
    ...withConfiguration,
    ...sets.map((id) => [associationId(id, "mc-by-mouse"), configuration] as const),
  ]);
  assert.deepEqual(differences(withAssociations, await holdings()), []);
  await workbench.clearToasts();

  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.selectAll(names);
  await tree.contextMenu("vmss-cache-prod", "Enable Automatic OS Upgrades");
  await quickInput.step("Review");
  await picture("review-of-upgrades");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("2 changes done");
  const withUpgrades = new Map([
    ...withAssociations,
    ...sets.map((id) => [id, { automaticUpgrades: true }] as const),
  ]);
  assert.deepEqual(differences(withUpgrades, await holdings()), []);
  for (const name of names) await tree.row(new RegExp(`${name}, Scheduled`));
  await picture("under-control");
  await workbench.clearToasts();

  await tree.select("vmss-cache-prod");
  await tree.contextMenu("vmss-cache-prod", "Disable Automatic OS Upgrades");
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await tree.row(/vmss-cache-prod, Upgrades off/);
  const [cache = ""] = sets;
  const withoutOne = new Map([...withUpgrades, [cache, { automaticUpgrades: false }]]);
  assert.deepEqual(differences(withoutOne, await holdings()), []);
});
