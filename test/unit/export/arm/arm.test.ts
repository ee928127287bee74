import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse, type ParseError } from "jsonc-parser";
import type { ChangeKind } from "../../../../src/core/plans/kinds/kinds.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import {
  arrayAt,
  at,
  isObject,
  objectAt,
  textAt,
  type JsonObject,
} from "../../../../src/core/resources/json.ts";
import { message } from "../../../../src/core/text/message.ts";
import { exportPlan } from "../../../../src/export/code/exportPlan.ts";
import type { CodeInput } from "../../../../src/export/code/input.ts";
import { armText } from "../../../support/arm.ts";
import { context, everyKind, planOfEveryKind, usualNames } from "../../../support/declaredPlans.ts";
import { samples } from "../../../support/exported/samples.ts";
import { hostileTexts } from "../../../support/hostileTexts.ts";

const kinds = everyKind();

function planOfOne(...names: readonly ChangeKind[]): Plan {
  const changes = names.map((name) => ({ ...kinds[name], needs: [] }));
  return { title: message("One"), changes, leftOut: [], warnings: [] };
}

async function templateOf(input: CodeInput): Promise<JsonObject> {
  const [file] = await exportPlan("arm", input, context);
  assert.equal(file?.path, "azuredeploy.json");
  const errors: ParseError[] = [];
  const template: unknown = parse(file.text, errors, { disallowComments: true });
  assert.deepEqual(errors, []);
  assert.ok(isObject(template));
  assert.equal(file.text, `${JSON.stringify(template, undefined, 2)}\n`);
  return template;
}

function resourcesIn(template: JsonObject): readonly JsonObject[] {
  return arrayAt(template, "resources").filter(isObject);
}

/** The resource that a nested deployment deploys. */
function innerOf(deployment: JsonObject): JsonObject {
  const [inner, ...more] = arrayAt(deployment, "properties", "template", "resources").filter(isObject);
  assert.equal(more.length, 0);
  return inner ?? {};
}

describe("A plan as a template of ARM", () => {
  it("is read by another parser, kind by kind, and is a deployment to a subscription", async () => {
    for (const change of Object.values(samples).flat()) {
      const template = await templateOf({ ...planOfOne(), changes: [change] });
      assert.match(textAt(template, "$schema") ?? "", /subscriptionDeploymentTemplate/);
      assert.ok(arrayAt(template, "metadata", "comments").length > 2);
    }
  });

  it("deploys each part in its own group, with expressions of its own", async () => {
    const [group, ...deployments] = resourcesIn(await templateOf(planOfEveryKind()));
    assert.equal(group?.["type"], "Microsoft.Resources/resourceGroups");
    assert.equal(deployments.length, 4);
    for (const deployment of deployments) {
      assert.equal(deployment["type"], "Microsoft.Resources/deployments");
      assert.equal(at(deployment, "properties", "expressionEvaluationOptions", "scope"), "inner");
      assert.match(textAt(deployment, "name") ?? "", /^[\w.()-]{1,64}$/);
    }
    const names = deployments.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const known = [
      ...names,
      "[subscriptionResourceId('Microsoft.Resources/resourceGroups', 'rg-maintenance')]",
    ];
    for (const deployment of deployments)
      for (const need of arrayAt(deployment, "dependsOn")) assert.ok(known.includes(need));
  });

  it("sends the bodies of the plan", async () => {
    const [, created, , associated, extended] = resourcesIn(await templateOf(planOfEveryKind()));
    const { location, tags, properties } = kinds.createConfiguration.after ?? {};
    assert.deepEqual(innerOf(created ?? {}), {
      type: "Microsoft.Maintenance/maintenanceConfigurations",
      apiVersion: "2023-04-01",
      name: "osimage-nightly",
      location,
      tags,
      properties,
    });
    assert.deepEqual(innerOf(associated ?? {}), {
      type: "Microsoft.Maintenance/configurationAssignments",
      apiVersion: "2023-04-01",
      name: "osimage-nightly",
      scope: "Microsoft.Compute/virtualMachineScaleSets/vmss-web",
      ...kinds.associate.after,
    });
    assert.deepEqual(innerOf(extended ?? {}), {
      type: "Microsoft.Compute/virtualMachineScaleSets/extensions",
      apiVersion: "2024-11-01",
      name: "vmss-web/ApplicationHealthLinux",
      ...kinds.addHealthExtension.after,
    });
  });

  it("keeps texts from outside texts", async () => {
    const tags = Object.fromEntries(hostileTexts.map((text, index) => [`tag${index}`, text]));
    const names = { ...usualNames, group: "[rg'x']", configuration: "[mc]", tags, path: "[path]" };
    const [group, created, , , extended] = resourcesIn(await templateOf(planOfEveryKind(names)));
    assert.equal(armText(group?.["name"]), "[rg'x']");
    assert.deepEqual(created?.["dependsOn"], [
      "[subscriptionResourceId('Microsoft.Resources/resourceGroups', '[rg''x'']')]",
    ]);
    const back = objectAt(innerOf(created ?? {}), "tags") ?? {};
    assert.deepEqual(Object.values(back).map(armText), hostileTexts);
    const path = at(innerOf(extended ?? {}), "properties", "settings", "requestPath");
    assert.equal(armText(path), "[path]");
  });

  it("leaves a change to the companion script that a deployment can't say", async () => {
    // A group of another subscription, a member that no resource has, an association without a region.
    const elsewhere = kinds.createResourceGroup.target.replace("0a", "0b");
    const changes = [
      { ...kinds.createResourceGroup, needs: [] },
      { ...kinds.createResourceGroup, id: "other", target: elsewhere, needs: [] },
      { ...kinds.createConfiguration, after: { ...kinds.createConfiguration.after, sku: {} }, needs: [] },
      { ...kinds.associate, after: { properties: kinds.associate.after?.["properties"] }, needs: [] },
    ];
    assert.equal(resourcesIn(await templateOf({ ...planOfOne(), changes })).length, 1);
  });
});
