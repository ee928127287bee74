import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isObject, type JsonObject } from "../../../../src/core/resources/json.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { currentInput, type CurrentResources } from "../../../../src/export/code/current.ts";
import { exportCurrent, exportPlan } from "../../../../src/export/code/exportPlan.ts";
import { codeLanguages } from "../../../../src/export/code/languages.ts";
import { readCodeInput } from "../../../../src/export/code/input.ts";
import { context, subscriptionA, subscriptionB } from "../../../support/declaredPlans.ts";
import { blocksIn, hclTextOf, terraformOf } from "../../../support/hcl.ts";
import { parserOf, treeOf } from "../../../support/treeSitter.ts";

const configurationId = `/subscriptions/${subscriptionA}/resourceGroups/rg-Maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/OsImage-Nightly`;
const setId = `/subscriptions/${subscriptionB}/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web`;

/** As Azure returns it: nulls, members of its own, ids in lower case. */
const resources: CurrentResources = {
  configurations: [
    {
      id: configurationId,
      resource: {
        id: configurationId,
        name: "OsImage-Nightly",
        type: "Microsoft.Maintenance/maintenanceConfigurations",
        location: "westeurope",
        tags: { env: "prod" },
        systemData: { createdBy: "megan@contoso.com" },
        properties: {
          configurationType: "Regular",
          maintenanceScope: "OSImage",
          namespace: null,
          visibility: "Custom",
          maintenanceWindow: {
            startDateTime: "2026-01-10 22:00",
            expirationDateTime: "9999-12-31 23:59:59",
            duration: "05:00",
            timeZone: "W. Europe Standard Time",
            recurEvery: "Day",
          },
        },
      },
    },
  ],
  scaleSets: [
    {
      id: setId,
      resource: {
        id: setId,
        location: "westeurope",
        properties: {
          upgradePolicy: {
            mode: "Manual",
            rollingUpgradePolicy: null,
            automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, disableAutomaticRollback: false },
          },
        },
      },
      assignments: [
        {
          id: `${setId}/providers/microsoft.maintenance/configurationassignments/OsImage-Nightly`.toLowerCase(),
          name: "osimage-nightly",
          properties: {
            maintenanceConfigurationId: configurationId.toLowerCase(),
            resourceId: setId.toLowerCase(),
          },
        },
      ],
    },
    { id: `${setId}-2`, resource: { id: `${setId}-2`, location: "westeurope", properties: {} } },
  ],
};

describe("What Azure has now as code", () => {
  it("is a plan of changes that would create it, which can be read again", () => {
    const input = atOnce(currentInput(resources));
    assert.deepEqual(
      input.changes.map(({ kind }) => kind),
      ["createConfiguration", "associate", "setUpgradePolicy"],
    );
    const [created, associated, policy] = input.changes;
    assert.deepEqual(Object.keys(created?.after ?? {}), ["location", "tags", "properties"]);
    assert.deepEqual(Object.keys((created?.after?.["properties"] ?? {}) as JsonObject), [
      "maintenanceScope",
      "visibility",
      "maintenanceWindow",
    ]);
    assert.deepEqual(associated?.after, {
      location: "westeurope",
      properties: { maintenanceConfigurationId: configurationId, resourceId: setId },
    });
    assert.deepEqual(associated.needs, [created?.id]);
    assert.deepEqual(policy?.needs, [associated.id]);
    assert.deepEqual(
      input.leftOut.map(({ target }) => target),
      [`${setId}-2`],
    );
    const again = readCodeInput(JSON.stringify(input));
    assert.ok(!("problem" in again));
    assert.deepEqual(JSON.stringify(again), JSON.stringify(input));
  });

  for (const language of codeLanguages)
    it(`is exported as ${language}, with nobody's name in it`, async () => {
      const files = await exportCurrent(language, resources, context);
      const all = files.map(({ text }) => text).join("\n");
      assert.ok(files.length > 0);
      assert.ok(!all.includes("megan"));
      assert.ok(all.includes("OsImage-Nightly"));
      assert.match(
        all,
        /enableAutomaticOSUpgrade|AutomaticOSUpgrade \$true|enable_automatic_os_upgrade|automatic_os_upgrade_enabled/,
      );
    });

  it("is imported by Terraform under the ids that Azure has", async () => {
    const [main] = await exportCurrent("azurerm5", resources, context);
    const file = await terraformOf(main?.text ?? "");
    assert.deepEqual(
      blocksIn(file, "import")
        .map(([, { id }]) => hclTextOf(id))
        .sort(),
      [configurationId, `${setId}/providers/Microsoft.Maintenance/configurationAssignments/osimage-nightly`],
    );
    assert.deepEqual(
      blocksIn(file, "resource")
        .map(([address]) => address.split(".")[0] ?? "")
        .sort(),
      ["azurerm_maintenance_assignment_virtual_machine_scale_set", "azurerm_maintenance_configuration"],
    );
    // It creates nothing, so the head names no script to run and no review.
    assert.doesNotMatch(main?.text ?? "", /companion\.sh|reviewed|azapi/);
  });

  it("is deployed by Bicep and a template of ARM", async () => {
    const [main] = await exportCurrent("bicep", resources, context);
    treeOf(await parserOf("bicep"), main?.text ?? "");
    const [template] = await exportCurrent("arm", resources, context);
    const parsed: unknown = JSON.parse(template?.text ?? "");
    assert.ok(isObject(parsed) && Array.isArray(parsed["resources"]));
    assert.equal(parsed["resources"].length, 2);
  });

  it("ends with the reason of the signal where it is cancelled", async () => {
    const signal = AbortSignal.abort(new Error("Cancelled"));
    const [scaleSet] = resources.scaleSets;
    assert.ok(scaleSet);
    const numbered = (_: unknown, index: number) => ({ ...scaleSet, id: `${setId}-${index}` });
    const many = { ...resources, scaleSets: Array.from({ length: 2000 }, numbered) };
    await assert.rejects(exportCurrent("powershell", many, context, signal), /^Error: Cancelled$/);
    const plan = atOnce(currentInput(many));
    await assert.rejects(exportPlan("powershell", plan, context, signal), /^Error: Cancelled$/);
  });

  it("leaves out a scale set that another service manages", () => {
    const [web] = resources.scaleSets;
    const tags = { "aks-managed-poolName": "pool" };
    const managed = { ...web, id: setId, resource: { ...web?.resource, tags } };
    const input = atOnce(currentInput({ configurations: [], scaleSets: [managed] }));
    assert.deepEqual(input.changes, []);
    assert.equal(input.leftOut.length, 1);
  });
});
