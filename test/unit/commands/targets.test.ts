import assert from "node:assert/strict";
import { test } from "node:test";
import { configurationIdsOf, resourceIdsOf, scaleSetIdsOf } from "../../../src/commands/targets.ts";

const group = "/subscriptions/s/resourceGroups/g/providers";
const web = `${group}/Microsoft.Compute/virtualMachineScaleSets/web`;
const api = `${group}/Microsoft.Compute/virtualMachineScaleSets/api`;
const nightly = `${group}/Microsoft.Maintenance/maintenanceConfigurations/nightly`;
const assignment = `${web}/providers/Microsoft.Maintenance/configurationAssignments/nightly`;
const nodes = [web, nightly, undefined, api].map((resourceId) => ({ resourceId }));

test("a mixed selection is sorted by what its resources are", () => {
  assert.deepEqual(configurationIdsOf(nodes), [nightly]);
  assert.deepEqual(scaleSetIdsOf(nodes), [web, api]);
});

test("a resource that is selected twice, in another casing, counts once", () => {
  assert.deepEqual(resourceIdsOf([{ resourceId: web }, { resourceId: web.toUpperCase() }]).length, 1);
});

test("an association stands for its scale set", () => {
  assert.deepEqual(scaleSetIdsOf([{ resourceId: assignment }, { resourceId: web }, { resourceId: api }]), [
    web,
    api,
  ]);
});
