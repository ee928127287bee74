import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import { updateConfiguration } from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { neededPermissions, permissionWarnings } from "../../../../src/core/plans/permissions.ts";
import { allows, readPermissions } from "../../../../src/core/plans/roles.ts";
import { associate, createResourceGroup, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { registerProvider } from "../../../../src/core/plans/registration.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  repairs,
  startUpgrade,
  updateInstances,
} from "../../../../src/core/plans/upgradePlans.ts";
import { configurationIdOf, scaleSet, subscriptionId } from "../scaleSets.ts";

const nightly = configurationIdOf("nightly");

it("editing and deleting a configuration need its write and delete, on its group or on itself", () => {
  const changes = [updateConfiguration({ id: nightly }, {}), deleteConfiguration({ id: nightly })];
  const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-ops`;
  assert.deepEqual(
    neededPermissions(planOf(verbatim("Plan"), changes)).map(({ action, role, scopes }) => [
      action,
      role,
      scopes,
    ]),
    ["write", "delete"].map((verb) => [
      `Microsoft.Maintenance/maintenanceConfigurations/${verb}`,
      "Scheduled Patching Contributor",
      [group, nightly],
    ]),
  );
});

const entry = (actions: readonly string[], notActions: readonly string[] = []) => ({ actions, notActions });
const write = "Microsoft.Compute/virtualMachineScaleSets/write";

describe("an action is allowed", () => {
  for (const pattern of [
    "*",
    "*/write",
    "Microsoft.Compute/*",
    "Microsoft.Compute/virtualMachineScaleSets/*",
    "Microsoft.Compute/*/write",
    "microsoft.compute/VIRTUALMACHINESCALESETS/Write",
    write,
  ])
    it(`by ${pattern}`, () => assert.equal(allows([entry([pattern])], write), true));

  for (const pattern of [
    "*/read",
    "Microsoft.Compute/virtualMachines/*",
    "Microsoft.Compute/virtualMachineScaleSets",
    "Microsoft.Compute/virtualMachineScaleSets/write/*",
    "XMicrosoft.Compute/*",
    "Microsoft_Compute/*",
    "",
  ])
    it(`not by ${pattern || "an empty pattern"}`, () =>
      assert.equal(allows([entry([pattern])], write), false));

  it("not where a notAction of the same entry takes it away, in any casing", () => {
    assert.equal(allows([entry(["*"], ["microsoft.compute/*"])], write), false);
    assert.equal(allows([entry(["*"], ["Microsoft.Authorization/*/Write"])], write), true);
  });

  it("where another entry allows it: notActions deny nothing beyond their own entry", () => {
    assert.equal(allows([entry(["*"], ["Microsoft.Compute/*"]), entry([write])], write), true);
  });

  it("never where there is no entry", () => assert.equal(allows([], write), false));

  it("by a pattern that is the action with any of its parts replaced by *", () => {
    const part = fc.stringMatching(/^[A-Za-z.$()+]{1,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.nat(4), (parts, index) => {
        const pattern = parts.with(Math.min(index, parts.length - 1), "*").join("/");
        assert.equal(allows([entry([pattern])], parts.join("/").toUpperCase()), true);
        assert.equal(
          allows([entry([pattern])], `x${parts.join("/")}/0`),
          pattern.startsWith("*") && pattern.endsWith("*"),
        );
      }),
    );
  });

  it("by whatever its stars may stand for, as a regular expression says it", () => {
    const sign = fc.constantFrom("a", "B", "/", ".");
    const action = fc.string({ unit: sign, maxLength: 8 });
    const pattern = fc.string({ unit: fc.oneof(sign, fc.constant("*")), maxLength: 8 });
    fc.assert(
      fc.property(pattern, action, (pattern, action) => {
        const form = new RegExp(`^${pattern.replaceAll(".", "[.]").replaceAll("*", ".*")}$`, "i");
        assert.equal(allows([entry([pattern])], action), form.test(action));
      }),
      { numRuns: 2000 },
    );
  });
});

it("reads what Azure answers, and entries that lack a part or hold something odd", () => {
  assert.deepEqual(
    readPermissions([
      { actions: ["*"], notActions: ["a"], dataActions: ["x"] },
      {},
      null,
      { actions: [1, "b"] },
    ]),
    [entry(["*"], ["a"]), entry([]), entry([]), entry(["b"])],
  );
});

const subscription = `/subscriptions/${subscriptionId}`;
const set = (name: string) => {
  const resource = scaleSet({ name });
  return { id: resource.id, resource };
};
const window = configurationIdOf("nightly");
const plan = (...names: readonly string[]) =>
  planOf(
    verbatim("Set up"),
    names.flatMap((name) => [
      ...associate(set(name), { id: window }, [], () => undefined).changes,
      ...setAutomaticUpgrades(set(name), true).changes,
    ]),
  );

describe("what a plan needs", () => {
  it("is one action per change, at the group first and then at the resource alone", () => {
    const group = `${subscription}/resourceGroups/rg-web`;
    assert.deepEqual(
      neededPermissions(plan("web")).map(({ action, role, scopes }) => [action, role, scopes]),
      [
        [
          "Microsoft.Maintenance/configurationAssignments/write",
          "Scheduled Patching Contributor",
          [group, set("web").id],
        ],
        [
          "Microsoft.Compute/virtualMachineScaleSets/write",
          "Virtual Machine Contributor",
          [group, set("web").id],
        ],
      ],
    );
  });

  it("is, of what is done to a set's upgrades and extensions, the action that Microsoft lists for it, at the set", () => {
    const web = set("web");
    const changes = [
      ...repairs(web, { upgradeMode: "Rolling", healthExtension: { protocol: "tcp", port: 22 } }),
      updateInstances(web, ["*"]),
      startUpgrade(web),
      cancelUpgrade(web),
      approveUpgrade(web),
    ];
    const needed = neededPermissions(planOf(verbatim("Upgrade"), changes));
    assert.deepEqual(
      needed.map(({ action }) => action.replace("Microsoft.Compute/virtualMachineScaleSets/", "")),
      [
        "extensions/write",
        "write",
        "manualUpgrade/action",
        "osRollingUpgrade/action",
        "rollingUpgrades/action",
        "approveRollingUpgrade/action",
      ],
    );
    assert.deepEqual([...new Set(needed.map(({ scopes }) => scopes.at(-1)))], [web.id]);
  });

  it("is asked of what is there: the group of a new configuration, the subscription of a new group and of a provider", () => {
    const body = { location: "westeurope" };
    const scopesOf = (...changes: Parameters<typeof planOf>[1]) =>
      neededPermissions(planOf(verbatim("Create"), changes)).map(({ scopes }) => scopes);
    assert.deepEqual(scopesOf(createConfiguration(window, body)), [
      [`${subscription}/resourceGroups/rg-ops`],
    ]);
    assert.deepEqual(
      scopesOf(
        createResourceGroup(`${subscription}/resourceGroups/RG-OPS`, "westeurope"),
        createConfiguration(window, body),
        registerProvider(subscriptionId, "Production"),
      ),
      [[subscription], [subscription], [subscription]],
    );
  });
});

describe("the warnings of missing permissions", () => {
  it("name the action, the resource, the change and a role", () => {
    assert.deepEqual(permissionWarnings(neededPermissions(plan("web")).slice(0, 1)).map(inEnglish), [
      "Your account might not have permission Microsoft.Maintenance/configurationAssignments/write on web. Azure may refuse “Associate scale set web with maintenance configuration nightly”. The role Scheduled Patching Contributor has it.",
    ]);
  });

  it("are one for all changes of a group that lack the same action", () => {
    assert.deepEqual(permissionWarnings(neededPermissions(plan("web", "api", "job"))).map(inEnglish), [
      "Your account might not have permission Microsoft.Maintenance/configurationAssignments/write in rg-web. Azure may refuse 3 of these changes. The role Scheduled Patching Contributor has it.",
      "Your account might not have permission Microsoft.Compute/virtualMachineScaleSets/write in rg-web. Azure may refuse 3 of these changes. The role Virtual Machine Contributor has it.",
    ]);
  });
});
