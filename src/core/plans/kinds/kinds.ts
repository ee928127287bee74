import { addHealthExtensionKind } from "./addHealthExtension.ts";
import { approveUpgradeKind } from "./approveUpgrade.ts";
import { associateKind } from "./associate.ts";
import { cancelUpgradeKind } from "./cancelUpgrade.ts";
import { createConfigurationKind } from "./createConfiguration.ts";
import { createResourceGroupKind } from "./createResourceGroup.ts";
import { deleteConfigurationKind } from "./deleteConfiguration.ts";
import { dissociateKind } from "./dissociate.ts";
import type { Kind } from "./kind.ts";
import { registerProviderKind } from "./registerProvider.ts";
import { setAutomaticUpdatesKind } from "./setAutomaticUpdates.ts";
import { setImageReferenceKind } from "./setImageReference.ts";
import { setPatchSettingsKind } from "./setPatchSettings.ts";
import { setUpgradePolicyKind } from "./setUpgradePolicy.ts";
import { startUpgradeKind } from "./startUpgrade.ts";
import { updateConfigurationKind } from "./updateConfiguration.ts";
import { updateInstancesKind } from "./updateInstances.ts";

/** All kinds of change. The call of each is in `src/azure/changes/calls.ts`, for which the compiler asks. */
export const kinds = {
  createResourceGroup: createResourceGroupKind,
  registerProvider: registerProviderKind,
  createConfiguration: createConfigurationKind,
  updateConfiguration: updateConfigurationKind,
  deleteConfiguration: deleteConfigurationKind,
  associate: associateKind,
  dissociate: dissociateKind,
  setUpgradePolicy: setUpgradePolicyKind,
  setImageReference: setImageReferenceKind,
  setAutomaticUpdates: setAutomaticUpdatesKind,
  setPatchSettings: setPatchSettingsKind,
  addHealthExtension: addHealthExtensionKind,
  updateInstances: updateInstancesKind,
  startUpgrade: startUpgradeKind,
  cancelUpgrade: cancelUpgradeKind,
  approveUpgrade: approveUpgradeKind,
};

/** What a change does. Each kind is one REST call on its target. */
export type ChangeKind = keyof typeof kinds;

export function kindOf({ kind }: { readonly kind: ChangeKind }): Kind {
  return kinds[kind];
}
