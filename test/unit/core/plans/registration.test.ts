import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import { updateConfiguration } from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { parseId } from "../../../../src/core/resources/ids.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { associate, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import {
  registerProvider,
  subscriptionsToCheck,
  withRegistrations,
} from "../../../../src/core/plans/registration.ts";
import { scaleSet } from "../scaleSets.ts";

const idOf = (subscription: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web`;
const configuration =
  "/subscriptions/SHARED/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/nightly";
const resource = scaleSet({ id: idOf("Prod") });
const set = { id: resource.id, resource };
const plan = planOf(
  verbatim("Set up"),
  [
    createConfiguration(configuration, {}),
    ...associate(set, { id: configuration }, [], () => undefined).changes,
    ...setAutomaticUpgrades(set, true).changes,
  ],
  [{ target: "/x", reason: verbatim("no") }],
  [verbatim("careful")],
);

describe("the registration of Microsoft.Maintenance", () => {
  it("is needed in the subscription of the set and of the configuration, each asked once", () => {
    assert.deepEqual(subscriptionsToCheck(plan), ["shared", "prod"]);
    const { changes } = associate(set, { id: configuration }, [], () => undefined);
    assert.deepEqual(subscriptionsToCheck(planOf(verbatim("Associate"), changes)), ["prod", "shared"]);
    const [enable] = setAutomaticUpgrades(set, true).changes;
    assert.deepEqual(subscriptionsToCheck(planOf(verbatim("Enable"), enable ? [enable] : [])), []);
  });

  it("is needed where a configuration is edited or deleted", () => {
    const changes = [
      updateConfiguration({ id: configuration }, {}),
      deleteConfiguration({ id: configuration }),
    ];
    for (const change of changes)
      assert.deepEqual(subscriptionsToCheck(planOf(verbatim("Plan"), [change])), ["shared"]);
  });

  it("comes before every change that needs it, and no other", () => {
    const registrations = [registerProvider("prod", "Production"), registerProvider("other", "Other")];
    const { changes, leftOut, warnings } = withRegistrations(plan, registrations);
    assert.deepEqual(
      changes.map(({ kind, needs }) => [kind, needs.map((id) => id.split(":")[0])]),
      [
        ["registerProvider", []],
        ["registerProvider", []],
        ["createConfiguration", []],
        ["associate", ["registerProvider", "createConfiguration"]],
        ["setUpgradePolicy", ["associate"]],
      ],
    );
    assert.deepEqual(
      changes[3]?.needs[0],
      "registerProvider:/subscriptions/prod/providers/microsoft.maintenance",
    );
    assert.deepEqual([leftOut, warnings], [plan.leftOut, plan.warnings]);
  });

  it("leaves a plan as it is where nothing is missing", () =>
    assert.equal(withRegistrations(plan, []), plan));

  it("targets the provider in its subscription and says so", () => {
    const { target, title } = registerProvider("prod", "Production");
    assert.equal(target, "/subscriptions/prod/providers/Microsoft.Maintenance");
    assert.deepEqual(parseId(target), {
      subscriptionId: "prod",
      provider: "Microsoft.Maintenance",
      types: [],
      names: [],
    });
    assert.match(
      inEnglish(title),
      /Register resource provider Microsoft\.Maintenance in subscription Production/,
    );
  });
});
