import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { kinds } from "../../../../src/core/plans/kinds/kinds.ts";
import { allows, builtInRoles, leastRole } from "../../../../src/core/plans/roles.ts";

const read = (name: string) => readFileSync(new URL(`../../../../${name}`, import.meta.url), "utf8");

/** The rows of the README's table of permissions: the actions that each names, and its role. */
const rows = read("README.md")
  .split("## Permissions")[1]
  ?.split("\n")
  .filter((line) => /^\| .*`Microsoft\./.test(line))
  .map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    return {
      to: cells[1],
      role: cells.at(-2),
      actions: [...line.matchAll(/`(Microsoft\.[^`]+)`/g)].map(([, action = ""]) => action),
    };
  });

describe("the least built-in role", () => {
  it("is the one that Microsoft documents for each kind of change", () => {
    const roleOf = Object.fromEntries(
      Object.entries(kinds).map(([kind, { action }]) => [kind, leastRole(action)]),
    );
    const [patching, machines] = ["Scheduled Patching Contributor", "Virtual Machine Contributor"];
    assert.deepEqual(roleOf, {
      createResourceGroup: "Contributor",
      registerProvider: "Contributor",
      createConfiguration: patching,
      updateConfiguration: patching,
      deleteConfiguration: patching,
      associate: patching,
      dissociate: patching,
      setUpgradePolicy: machines,
      setImageReference: machines,
      setAutomaticUpdates: machines,
      setPatchSettings: machines,
      addHealthExtension: machines,
      updateInstances: machines,
      startUpgrade: machines,
      cancelUpgrade: machines,
      approveUpgrade: machines,
    });
  });

  it("is Reader for what is read, in any casing, and none for what Contributor may not do", () => {
    assert.equal(leastRole("microsoft.compute/virtualmachinescalesets/instanceview/READ"), "Reader");
    assert.equal(leastRole("Microsoft.Authorization/roleAssignments/write"), undefined);
  });

  it("is for nothing on scale sets the one for patching, and for nothing of Microsoft.Maintenance the one for machines", () => {
    const of = (name: string) => builtInRoles.filter((role) => role.name === name);
    const scaleSet = "Microsoft.Compute/virtualMachineScaleSets/write";
    assert.equal(allows(of("Scheduled Patching Contributor"), scaleSet), false);
    const association = "Microsoft.Maintenance/configurationAssignments/write";
    assert.equal(allows(of("Virtual Machine Contributor"), association), false);
  });
});

describe("the README", () => {
  it("names the action of every kind of change", () => {
    const named = new Set(rows?.flatMap(({ actions }) => actions));
    for (const [kind, { action }] of Object.entries(kinds))
      assert.ok(named.has(action), `${kind}: ${action}`);
  });

  it("gives each row the role of the table: the least one that has all of its actions", () => {
    assert.equal(rows?.length, 9);
    for (const { to, role, actions } of rows ?? []) {
      const least = builtInRoles.find((one) => actions.every((action) => allows([one], action)));
      assert.equal(role, least?.name, to);
    }
  });

  it("and the page on security name no role that the table does not have", () => {
    const names = builtInRoles.map(({ name }) => name);
    const part = read("README.md").split("## Permissions")[1]?.split("## ")[0] ?? "";
    for (const text of [part, read("SECURITY.md")]) {
      const named = text.match(/(?:(?:Scheduled Patching|Virtual Machine) )?Contributor|Reader/g) ?? [];
      assert.deepEqual([...new Set(named)].toSorted(), names.toSorted());
    }
  });
});
