import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChangeKind } from "../../../../src/core/plans/kinds/kinds.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import { isObject, type JsonObject } from "../../../../src/core/resources/json.ts";
import { joined, message, verbatim } from "../../../../src/core/text/message.ts";
import type { CodeInput } from "../../../../src/export/code/input.ts";
import { exportPlan } from "../../../../src/export/code/exportPlan.ts";
import {
  context,
  everyKind,
  planOfEveryKind,
  subscriptionB,
  usualNames,
} from "../../../support/declaredPlans.ts";
import { samples } from "../../../support/exported/samples.ts";
import { blocksIn, hclTextOf, terraformOf } from "../../../support/hcl.ts";
import { hostileTexts } from "../../../support/hostileTexts.ts";
import { parserOf, treeOf } from "../../../support/treeSitter.ts";
import { azapiArguments, azurermArguments, metaArguments, requiredArguments } from "./azurermArguments.ts";

type Flavour = "azurerm4" | "azurerm5" | "azapi";
const flavours: readonly Flavour[] = ["azurerm4", "azurerm5", "azapi"];

const kinds = everyKind();

function planOfOne(...names: readonly ChangeKind[]): Plan {
  const changes = names.map((name) => ({ ...kinds[name], needs: [] }));
  return { title: message("One"), changes, leftOut: [], warnings: [] };
}

async function mainOf(flavour: Flavour, input: CodeInput): Promise<string> {
  const [main] = await exportPlan(flavour, input, context);
  assert.equal(main?.path, "main.tf");
  return main.text;
}

async function fileOf(flavour: Flavour, input: CodeInput): Promise<JsonObject> {
  return terraformOf(await mainOf(flavour, input));
}

/** Whether a block has only arguments that its provider publishes, and all that it must have. */
function checkBlock(flavour: Flavour, type: string, block: JsonObject): void {
  const published =
    type.startsWith("azapi") || flavour === "azapi" ? azapiArguments : azurermArguments[flavour];
  const names = published[type];
  if (names === undefined) assert.fail(`No such block: ${type}`);
  for (const [name, value] of Object.entries(block)) {
    assert.ok([...names, ...metaArguments].includes(name), `${type}: ${name}`);
    const inner = `${type}.${name}`;
    if (Object.hasOwn(published, inner))
      for (const one of Array.isArray(value) ? value : [value]) checkBlock(flavour, inner, one as JsonObject);
  }
  const required = [...(requiredArguments[type] ?? [])];
  // Of this block both majors require all.
  if (type.endsWith("automatic_os_upgrade_policy")) required.push(...names);
  for (const name of required) assert.ok(name in block, `${type} lacks ${name}`);
}

describe("A plan as Terraform", () => {
  for (const flavour of flavours) {
    it(`is read by Terraform's parser and another, kind by kind: ${flavour}`, async () => {
      const parser = await parserOf("hcl");
      const plans = [
        ...Object.values(samples).flatMap((all) =>
          all.map((change) => ({ ...planOfOne(), changes: [change] })),
        ),
        planOfEveryKind(),
      ];
      for (const plan of plans) {
        const text = await mainOf(flavour, plan);
        treeOf(parser, text);
        const file = await terraformOf(text);
        for (const [address, block] of blocksIn(file, "resource")) {
          const [type = ""] = address.split(".");
          checkBlock(flavour, type, block);
        }
        for (const [type, block] of blocksIn(file, "provider"))
          if (type === "azurerm") checkBlock(flavour, "provider", block);
      }
    });

    it(`tells the owner of a scale set in arguments that the provider has: ${flavour}`, async () => {
      const text = await mainOf(flavour, planOfEveryKind());
      const lines = text.slice(text.indexOf("\n# If Terraform manages")).split("\n");
      const code = lines.filter((line) => /^#(?: {3}|$)/.test(line)).map((line) => line.slice(1));
      // Each set's block may have what another set's has.
      for (const part of lines.join("\n").split(/^# If Terraform manages.*$/m)) {
        const own = part.split("\n").filter((line) => /^#(?: {3}|$)/.test(line));
        const block = await terraformOf(own.map((line) => `${line.slice(1)}\n`).join(""));
        if (flavour !== "azapi") checkBlock(flavour, "scale_set", block);
      }
      assert.ok(code.length > 10);
    });
  }

  it("says what the plan does, change by change", async () => {
    const addresses = async (flavour: Flavour) =>
      blocksIn(await fileOf(flavour, planOfEveryKind()), "resource").map(([address]) => address);
    assert.deepEqual((await addresses("azurerm4")).sort(), [
      "azapi_resource_action.vmss_web_image",
      "azapi_resource_action.vmss_web_jobs_updates",
      "azapi_resource_action.vmss_web_patching",
      "azapi_resource_action.vmss_web_policy",
      "azurerm_maintenance_assignment_virtual_machine_scale_set.vmss_web_association",
      "azurerm_maintenance_configuration.osimage_nightly_configuration",
      "azurerm_maintenance_configuration.osimage_nightly_weekly_configuration",
      "azurerm_resource_group.rg_maintenance_group",
      "azurerm_virtual_machine_scale_set_extension.vmss_web_extension",
    ]);
    assert.deepEqual(await addresses("azurerm5"), await addresses("azurerm4"));
    assert.deepEqual((await addresses("azapi")).sort(), [
      "azapi_resource.osimage_nightly_configuration",
      "azapi_resource.osimage_nightly_weekly_configuration",
      "azapi_resource.rg_maintenance_group",
      "azapi_resource.vmss_web_association",
      "azapi_resource.vmss_web_extension",
      "azapi_resource_action.n00000000_0000_0000_0000_00000000000a_registration",
      "azapi_resource_action.vmss_web_image",
      "azapi_resource_action.vmss_web_jobs_updates",
      "azapi_resource_action.vmss_web_patching",
      "azapi_resource_action.vmss_web_policy",
    ]);
  });

  it("sends the bodies of the plan where azapi sends them", async () => {
    const blocks = new Map(blocksIn(await fileOf("azapi", planOfEveryKind()), "resource"));
    const body = (address: string) => blocks.get(address)?.["body"];
    assert.deepEqual(body("azapi_resource_action.vmss_web_policy"), kinds.setUpgradePolicy.after);
    assert.deepEqual(body("azapi_resource_action.vmss_web_image"), kinds.setImageReference.after);
    assert.deepEqual(body("azapi_resource_action.vmss_web_patching"), kinds.setPatchSettings.after);
    assert.deepEqual(body("azapi_resource_action.vmss_web_jobs_updates"), kinds.setAutomaticUpdates.after);
    assert.deepEqual(body("azapi_resource.vmss_web_extension"), kinds.addHealthExtension.after);
    assert.deepEqual(body("azapi_resource.osimage_nightly_configuration"), {
      properties: kinds.createConfiguration.after?.["properties"],
    });
    assert.deepEqual(body("azapi_resource.vmss_web_association"), {
      properties: {
        ...(kinds.associate.after?.["properties"] as JsonObject),
        maintenanceConfigurationId: "${azapi_resource.osimage_nightly_configuration.id}",
      },
    });
  });

  it("waits for what a change needs", async () => {
    const blocks = new Map(blocksIn(await fileOf("azurerm5", planOfEveryKind()), "resource"));
    assert.deepEqual(blocks.get("azapi_resource_action.vmss_web_policy")?.["depends_on"], [
      "${azurerm_maintenance_assignment_virtual_machine_scale_set.vmss_web_association}",
      "${azapi_resource_action.vmss_web_image}",
      "${azapi_resource_action.vmss_web_patching}",
      "${azurerm_virtual_machine_scale_set_extension.vmss_web_extension}",
    ]);
    const association = "azurerm_maintenance_assignment_virtual_machine_scale_set.vmss_web_association";
    assert.equal(
      blocks.get(association)?.["maintenance_configuration_id"],
      "${azurerm_maintenance_configuration.osimage_nightly_configuration.id}",
    );
  });

  it("has a provider for each subscription, registers there what the plan registers, and knows the cloud", async () => {
    const [main] = await exportPlan("azurerm5", planOfEveryKind(), { ...context, cloud: "AzureChinaCloud" });
    const file = await terraformOf(main?.text ?? "");
    const providers = blocksIn(file, "provider").filter(([type]) => type === "azurerm");
    assert.deepEqual(
      providers.map(([, block]) => [block["alias"], block["resource_providers_to_register"]]),
      [
        [undefined, ["Microsoft.Maintenance"]],
        ["subscription_00000000", undefined],
      ],
    );
    for (const [, block] of blocksIn(file, "provider")) assert.equal(block["environment"], "china");
    const extension = blocksIn(file, "resource").find(([address]) => address.includes("_extension."))?.[1];
    assert.equal(extension?.["provider"], "${azurerm.subscription_00000000}");
  });

  it("turns the rollback round from 4.x to 5.x", async () => {
    const four = await mainOf("azurerm4", planOfOne("setUpgradePolicy"));
    const five = await mainOf("azurerm5", planOfOne("setUpgradePolicy"));
    assert.match(four, /# {5}disable_automatic_rollback {2}= false\n/);
    assert.match(five, /# {5}automatic_rollback_enabled {3}= true\n/);
  });

  it("tells the owner what azurerm refuses and when it replaces the scale set", async () => {
    const text = await mainOf("azurerm4", planOfOne("setUpgradePolicy"));
    assert.match(
      text,
      /# azurerm takes automatic_os_upgrade_policy only with upgrade_mode Automatic or Rolling/,
    );
    assert.match(text, /# For Rolling, azurerm wants rolling_upgrade_policy and a source of health/);
    assert.match(text, /# Terraform replaces the scale set if upgrade_mode changes/);
    assert.doesNotMatch(await mainOf("azurerm4", planOfOne("setImageReference")), /# Terraform replaces/);
  });

  it("leaves to azapi what azurerm can't say", async () => {
    const typeOf = async (plan: CodeInput) => {
      const blocks = blocksIn(await fileOf("azurerm5", plan), "resource");
      return blocks.map(([address]) => address.split(".")[0]);
    };
    const created = kinds.createConfiguration;
    const withWindow = (window: JsonObject, more: JsonObject = {}): Plan => {
      const properties = created.after?.["properties"] as JsonObject;
      const maintenanceWindow = { ...(properties["maintenanceWindow"] as JsonObject), ...window };
      const after = { ...created.after, properties: { ...properties, ...more, maintenanceWindow } };
      return { ...planOfOne(), changes: [{ ...created, after, needs: [] }] };
    };
    assert.deepEqual(await typeOf(withWindow({ duration: "5:00" })), ["azurerm_maintenance_configuration"]);
    assert.match(await mainOf("azurerm5", withWindow({ duration: "5:00" })), /duration {8}= "05:00"/);
    assert.deepEqual(await typeOf(withWindow({ duration: "24:00" })), ["azapi_resource"]);
    assert.deepEqual(await typeOf(withWindow({ timeZone: "Europe/Berlin" })), ["azapi_resource"]);
    assert.deepEqual(await typeOf(withWindow({}, { maintenanceScope: "osimage" })), ["azapi_resource"]);
    assert.deepEqual(await typeOf(withWindow({}, { visibility: "Public" })), ["azapi_resource"]);
    assert.deepEqual(await typeOf(withWindow({}, { unheardOf: 1 })), ["azapi_resource"]);
    // Beside another association of its set azurerm creates none, and it replaces one that leads elsewhere.
    const { associate } = kinds;
    const changed = (change: Partial<typeof associate>): Plan => ({
      ...planOfOne(),
      changes: [{ ...associate, needs: [], ...change }],
    });
    assert.deepEqual(await typeOf(changed({ before: { properties: {} } })), ["azapi_resource"]);
    const other = { ...kinds.dissociate, target: `${associate.target}-old`, needs: [] };
    const moved = { ...planOfOne(), changes: [...changed({}).changes, other] };
    assert.deepEqual(await typeOf(moved), ["azapi_resource"]);
    assert.deepEqual(await typeOf(changed({})), ["azurerm_maintenance_assignment_virtual_machine_scale_set"]);
  });

  it("imports what is there, by exact ids, and changes nothing of it", async () => {
    const changes = [kinds.createConfiguration, kinds.associate, kinds.setUpgradePolicy].map((change) => ({
      ...change,
      target: change.target
        .replace("/resourceGroups/", "/resourcegroups/")
        .replace("Maintenance/m", "maintenance/M"),
      needs: [],
    }));
    const there: CodeInput = { ...planOfOne(), changes, isThere: true };
    const group = `/subscriptions/${subscriptionB}/resourceGroups/rg-web`;
    const set = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web`;
    const association = `${set}/providers/Microsoft.Maintenance/configurationAssignments/osimage-nightly`;
    for (const flavour of flavours) {
      const file = await fileOf(flavour, there);
      const imports = blocksIn(file, "import").map(([, block]) => block);
      const version = flavour === "azapi" ? "?api-version=2023-04-01" : "";
      assert.deepEqual(
        imports.map(({ id }) => id),
        [`${kinds.createConfiguration.target}${version}`, `${association}${version}`],
      );
      const addresses = blocksIn(file, "resource").map(([address]) => `\${${address}}`);
      assert.deepEqual(imports.map(({ to }) => hclTextOf(to)).sort(), addresses.sort());
      const text = await mainOf(flavour, there);
      assert.doesNotMatch(text, /azapi_resource_action/);
      assert.match(text, /# In the block of scale set vmss-web, if Terraform manages it:\n/);
    }
  });

  it("imports what a change writes over", async () => {
    for (const flavour of flavours) {
      const file = await fileOf(flavour, planOfOne("updateConfiguration"));
      assert.equal(blocksIn(file, "import").length, 1);
    }
  });

  it("writes names of tags as Azure returns them", async () => {
    const plan = planOfEveryKind({ ...usualNames, tags: { Env: "Prod", "cost center": "1" } });
    for (const flavour of flavours) {
      const blocks = blocksIn(await fileOf(flavour, plan), "resource");
      const tags = blocks.find(([address]) => address.endsWith("osimage_nightly_configuration"))?.[1]["tags"];
      assert.deepEqual(tags, { env: "Prod", '${("cost center")}': "1" });
      assert.match(await mainOf(flavour, plan), /# Tag names are in lower case here/);
    }
  });

  it("keeps texts from outside in their literals", async () => {
    const tags = Object.fromEntries(hostileTexts.map((text, index) => [`tag${index}`, text]));
    for (const flavour of flavours) {
      for (const path of ['/${x}%{y}"\n', "'`$(id)"]) {
        const plan = planOfEveryKind({ group: "rg${x}", configuration: 'mc"%{if}', set: "vm'$", tags, path });
        const file = await fileOf(flavour, plan);
        const usual = await fileOf(flavour, planOfEveryKind());
        assert.equal(blocksIn(file, "resource").length, blocksIn(usual, "resource").length);
        const configuration = blocksIn(file, "resource").find(
          ([, block]) => block["name"] !== undefined && hclTextOf(block["name"]) === 'mc"%{if}',
        )?.[1];
        const back = configuration?.["tags"] as JsonObject;
        assert.deepEqual(
          hostileTexts.map((_, index) => hclTextOf(back[`tag${index}`])),
          hostileTexts,
        );
      }
    }
  });

  it("keeps titles, reasons and warnings from outside in comments", async () => {
    const wild = hostileTexts.map((text) => verbatim(`${text}\n}\u2028resource x y {}`));
    const leftOut = wild.map((reason) => ({ target: "/a", reason }));
    const changes = Object.values(kinds).map((change, index) => ({
      ...change,
      title: wild[index] ?? verbatim(""),
    }));
    const plan = { ...planOfEveryKind(), title: joined("\n", wild), changes, leftOut, warnings: wild };
    for (const flavour of flavours) {
      const usual = blocksIn(
        await fileOf(flavour, { ...planOfEveryKind(), changes: Object.values(kinds) }),
        "resource",
      );
      assert.equal(blocksIn(await fileOf(flavour, plan), "resource").length, usual.length);
    }
  });

  it("keeps what may be a secret, and what was not kept, out of the file", async () => {
    const secret = { properties: { protectedSettings: { key: "hunter2" } } };
    const { addHealthExtension: health } = kinds;
    const password = { properties: { virtualMachineProfile: { osProfile: { adminPassword: "hunter2" } } } };
    const { after: _, ...forgotten } = kinds.setUpgradePolicy;
    const changes = [
      { ...kinds.setAutomaticUpdates, after: password, needs: [] },
      { ...health, after: secret, needs: [] },
      { ...forgotten, bodyNotKept: true as const, needs: [] },
    ];
    for (const flavour of flavours) {
      const files = await exportPlan(flavour, { ...planOfOne(), changes }, context);
      assert.ok(files.every(({ text }) => !text.includes("hunter2")));
      assert.equal(blocksIn(await terraformOf(files[0]?.text ?? ""), "resource").length, 0);
    }
  });

  it("can be read in the head: actions are left out, deletions are the companion script's", async () => {
    const text = await mainOf("azurerm5", planOfEveryKind());
    const head = text.slice(0, text.indexOf("\nterraform {"));
    assert.match(head, /Not included, because each deployment would do it again:\n#   Cancel the OS upgrade/);
    assert.match(
      head,
      /In companion\.sh, because Terraform deletes only what it manages\..*\n#   Remove the association/,
    );
    const companion = (await exportPlan("azurerm5", planOfEveryKind(), context)).at(-1);
    assert.equal(companion?.path, "companion.sh");
    assert.match(companion.text, /maintenance assignment delete[^]*maintenance configuration delete/);
    assert.doesNotMatch(companion.text, /--method patch|update-instances/);
    assert.ok(isObject(await terraformOf(text)));
  });
});
