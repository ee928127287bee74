import { createConfiguration } from "../../../src/core/plans/kinds/createConfiguration.ts";
import type { Plan } from "../../../src/core/plans/plan.ts";
import { planOf } from "../../../src/core/plans/planNeeds.ts";
import { associate, createResourceGroup } from "../../../src/core/plans/plans.ts";
import { enableUpgrades } from "../../../src/core/plans/enabling.ts";
import { assignmentId, configurationId, resourceGroupId } from "../../../src/core/resources/ids.ts";
import { message } from "../../../src/core/text/message.ts";
import { configurationBody } from "./samples.ts";

const [shared, web] = [
  "00000000-0000-0000-0000-00000000000a",
  "00000000-0000-0000-0000-00000000000b",
] as const;
const configuration = configurationId(shared, "rg-maintenance", "osimage-nightly");
const set = {
  id: `${resourceGroupId(web, "rg-web")}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web`,
  resource: {
    location: "westeurope",
    properties: { virtualMachineProfile: { storageProfile: { osDisk: { osType: "Linux" } } } },
  },
};
const window = { associationId: assignmentId(set.id, "osimage-nightly"), configurationId: configuration };

/** The plan that docs/as-code.md shows in all languages. */
export const docsPlan: Plan = planOf(message("Set up maintenance control for {0}", "vmss-web"), [
  createResourceGroup(resourceGroupId(shared, "rg-maintenance"), "westeurope"),
  createConfiguration(configuration, configurationBody),
  ...associate(set, { id: configuration }, [], () => "OSImage").changes,
  ...enableUpgrades(
    set,
    { healthExtension: { protocol: "http", port: 8080, path: "/healthz" } },
    { tryAnyway: true },
    window,
  ).changes,
]);
