import type { CommandName } from "../telemetry/events.ts";
import { associate } from "./associations/associate.ts";
import {
  disableAutomaticUpgrades,
  editUpgradePolicy,
  enableAutomaticUpgrades,
} from "./upgrades/automaticUpgrades.ts";
import { checkImageVersions } from "./upgrades/checkImageVersions.ts";
import { copyAsTable } from "./view/copyAsTable.ts";
import { cleanUpAssociations } from "./associations/cleanUpAssociations.ts";
import { copyExplanation } from "./upgrades/copyExplanation.ts";
import { copyResourceId } from "./view/copyResourceId.ts";
import { createConfiguration } from "./configurations/createConfiguration.ts";
import { deleteConfiguration } from "./configurations/deleteConfiguration.ts";
import { editConfiguration } from "./configurations/editConfiguration.ts";
import { explainEligibility } from "./upgrades/explainEligibility.ts";
import { exportFleetReport } from "./report/exportFleetReport.ts";
import { exportUpcomingWindows } from "./configurations/exportUpcomingWindows.ts";
import { exportUpgradeHistory } from "./upgrades/exportUpgradeHistory.ts";
import { clearFleetFilter, filterFleet } from "./view/filterFleet.ts";
import { groupFleet } from "./view/groupFleet.ts";
import { fleetReport } from "./report/fleetReport.ts";
import { moveScaleSets } from "./associations/moveScaleSets.ts";
import { openInPortal } from "./view/openInPortal.ts";
import { pauseConfiguration } from "./configurations/pauseConfiguration.ts";
import { refresh } from "./session/refresh.ts";
import { removeAssociation } from "./associations/removeAssociation.ts";
import { exportPlanResults } from "./plans/exportPlanResults.ts";
import { retryFailed } from "./plans/retryFailed.ts";
import { undoPlan } from "./plans/undoPlan.ts";
import { resumePlan } from "./plans/resumePlan.ts";
import { resumeConfiguration } from "./configurations/resumeConfiguration.ts";
import { leaveSandbox, openSandbox, resetSandbox } from "./session/sandbox.ts";
import { selectSubscriptions } from "./session/selectSubscriptions.ts";
import { setUp } from "./associations/setUp.ts";
import { showLog } from "./view/showLog.ts";
import { showPlanResults } from "./plans/showPlanResults.ts";
import { signIn } from "./session/signIn.ts";
import { stopReading } from "./session/stopReading.ts";
import type { Handler } from "./tools.ts";
import { upgradeHistory } from "./upgrades/upgradeHistory.ts";
import { approveUpgrade, cancelUpgrade, startUpgrade } from "./upgrades/upgrades.ts";
import { viewProperties } from "./view/viewProperties.ts";

export { restoredReport } from "./report/fleetReport.ts";
export { PlanKeeper } from "./plans/planKeeper.ts";
export { readPlans } from "./plans/readPlans.ts";

/** Every command of the extension; `package.json` contributes each as `scaleSetMaintenance.<name>`. */
export const table: Readonly<Record<CommandName, Handler>> = {
  setUp,
  createConfiguration,
  editConfiguration,
  pauseConfiguration,
  resumeConfiguration,
  deleteConfiguration,
  associate,
  moveScaleSets,
  removeAssociation,
  cleanUpAssociations,
  enableAutomaticUpgrades,
  disableAutomaticUpgrades,
  editUpgradePolicy,
  startUpgrade,
  cancelUpgrade,
  approveUpgrade,
  upgradeHistory,
  exportUpgradeHistory,
  showPlanResults,
  fleetReport,
  exportFleetReport,
  resumePlan,
  retryFailed,
  undoPlan,
  exportPlanResults,
  explainEligibility,
  checkImageVersions,
  copyExplanation,
  openSandbox,
  leaveSandbox,
  resetSandbox,
  signIn,
  selectSubscriptions,
  groupFleet,
  filterFleet,
  clearFleetFilter,
  refresh,
  stopReading,
  viewProperties,
  openInPortal,
  copyResourceId,
  copyAsTable,
  exportUpcomingWindows,
  showLog,
};
