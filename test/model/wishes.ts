import { associate, createResourceGroup, setAutomaticUpgrades } from "../../src/core/plans/plans.ts";
import { createConfiguration } from "../../src/core/plans/kinds/createConfiguration.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { editedConfiguration, updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { idKey } from "../../src/core/resources/ids.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { scopeIn } from "../../src/flows/associations/assignments.ts";
import { associateFlow } from "../../src/flows/associations/associate.ts";
import { cleanUpFlow } from "../../src/flows/associations/cleanUp.ts";
import { moveScaleSetsFlow } from "../../src/flows/associations/moveScaleSets.ts";
import { removeAssociationFlow } from "../../src/flows/associations/removeAssociation.ts";
import { setUpFlow } from "../../src/flows/associations/setUp.ts";
import { deleteConfigurationFlow } from "../../src/flows/configurations/deleteConfiguration.ts";
import { cancelUpgradeFlow } from "../../src/flows/upgrades/cancelUpgrade.ts";
import { disableUpgradesFlow } from "../../src/flows/upgrades/disableUpgrades.ts";
import { editUpgradePolicyFlow } from "../../src/flows/upgrades/editUpgradePolicy.ts";
import { enableUpgradesFlow } from "../../src/flows/upgrades/enableUpgrades.ts";
import { startUpgradeFlow } from "../../src/flows/upgrades/startUpgrade.ts";
import type { FlowContext } from "../../src/flows/engine/context.ts";
import type { Wish } from "./scenario.ts";
import { assignmentId, configurationId, location, newGroupId, newIn, scaleSetId } from "./world/ids.ts";

/** Takes the user through the flow of her wish, to the plan that she confirms. */
export async function planFor(wish: Wish, context: FlowContext): Promise<Plan | undefined> {
  const scaleSetIds = wish.scaleSets.map(scaleSetId);
  const configurationIds = [configurationId(wish.configuration)];
  switch (wish.flow) {
    case "setUp":
      return setUpFlow(context, { scaleSetIds, configurationIds });
    case "associate":
      return associateFlow(context, { scaleSetIds, configurationIds });
    case "move":
      return moveScaleSetsFlow(context, { scaleSetIds });
    case "remove":
      return removeAssociationFlow(context, { scaleSetIds });
    case "enable":
      return enableUpgradesFlow(context, { scaleSetIds });
    case "disable":
      return disableUpgradesFlow(context, { scaleSetIds });
    case "deleteConfiguration":
      return deleteConfigurationFlow(context, { configurationIds });
    case "editPolicy":
      return editUpgradePolicyFlow(context, { scaleSetIds });
    case "startUpgrade":
      return startUpgradeFlow(context, { scaleSetIds });
    case "cancelUpgrade":
      return cancelUpgradeFlow(context, { scaleSetIds });
    case "cleanUp":
      return cleanUpFlow(context);
    default:
      return madeFor(wish, context);
  }
}

/** What the flows about a configuration's schedule end in, whose lists of time zones take too long for a thousand runs. */
async function madeFor({ flow, scaleSets, configuration }: Wish, context: FlowContext): Promise<Plan> {
  if (flow === "editConfiguration") {
    const found = await context.azure.read(configurationId(configuration), new AbortController().signal);
    const edits = { window: { duration: "07:00" }, tags: { team: undefined, owner: "us" } };
    return planOf(verbatim("Edit"), [updateConfiguration(found, editedConfiguration(found, edits))]);
  }
  const snapshot = context.snapshot();
  const isInNewGroup = flow === "setUpAnew";
  const id = isInNewGroup ? newIn("fresh") : configurationId("fresh");
  const creation = [
    ...(isInNewGroup ? [createResourceGroup(newGroupId, location)] : []),
    createConfiguration(id, fresh),
  ];
  if (!isInNewGroup) return planOf(verbatim("Create"), creation);
  const parts = scaleSets.flatMap((name) => {
    const set = snapshot.scaleSets.get(idKey(scaleSetId(name)));
    if (set === undefined || !("known" in set.assignments)) return [];
    const window = { associationId: assignmentId(set.id, "fresh"), configurationId: id };
    return [
      associate(set, { id }, set.assignments.known, scopeIn(snapshot)),
      setAutomaticUpgrades(set, true, {}, window),
    ];
  });
  return planOf(verbatim("Set up"), [...creation, ...parts.flatMap(({ changes }) => changes)]);
}

const fresh = {
  location,
  tags: { Team: "us" },
  properties: {
    maintenanceScope: "OSImage",
    visibility: "Custom",
    maintenanceWindow: {
      startDateTime: "2031-01-01 22:00",
      duration: "05:00",
      timeZone: "UTC",
      recurEvery: "Day",
    },
  },
};
