/** The wizards, with the time arithmetic and the zones: one bundle, reached through `door.ts`. */
export { whyNotUpgraded } from "../core/eligibility/whyNot.ts";
export { scheduleFacts, windowsUntil } from "../core/windows/facts.ts";
export { icsOf } from "../export/ics.ts";
export { associateFlow } from "./associate.ts";
export { createConfigurationFlow } from "./createConfiguration.ts";
export { deleteConfigurationFlow } from "./deleteConfiguration.ts";
export { disableUpgradesFlow } from "./disableUpgrades.ts";
export { draftsIn } from "./drafts.ts";
export { editConfigurationFlow } from "./editConfiguration.ts";
export { editUpgradePolicyFlow } from "./editUpgradePolicy.ts";
export { enableUpgradesFlow } from "./enableUpgrades.ts";
export { pauseConfigurationFlow } from "./pauseConfiguration.ts";
export { quickPickPrompter } from "./quickPick.ts";
export { removeAssociationFlow } from "./removeAssociation.ts";
export { resumeConfigurationFlow } from "./resumeConfiguration.ts";
export { setUpFlow } from "./setUp.ts";
