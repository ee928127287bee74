import type { CommandName } from "../telemetry/events.ts";
import { associate } from "./associate.ts";
import { disableAutomaticUpgrades, editUpgradePolicy, enableAutomaticUpgrades } from "./automaticUpgrades.ts";
import { checkImageVersions } from "./checkImageVersions.ts";
import { copyAsTable } from "./copyAsTable.ts";
import { cleanUpAssociations } from "./cleanUpAssociations.ts";
import { copyExplanation } from "./copyExplanation.ts";
import { copyResourceId } from "./copyResourceId.ts";
import { createConfiguration } from "./createConfiguration.ts";
import { deleteConfiguration } from "./deleteConfiguration.ts";
import { editConfiguration } from "./editConfiguration.ts";
import { explainEligibility } from "./explainEligibility.ts";
import { exportFleetReport } from "./exportFleetReport.ts";
import { exportUpcomingWindows } from "./exportUpcomingWindows.ts";
import { exportUpgradeHistory } from "./exportUpgradeHistory.ts";
import { clearFleetFilter, filterFleet } from "./filterFleet.ts";
import { groupFleet } from "./groupFleet.ts";
import { fleetReport } from "./fleetReport.ts";
import { moveScaleSets } from "./moveScaleSets.ts";
import { openInPortal } from "./openInPortal.ts";
import { pauseConfiguration } from "./pauseConfiguration.ts";
import { refresh } from "./refresh.ts";
import { removeAssociation } from "./removeAssociation.ts";
import { exportPlanResults } from "./exportPlanResults.ts";
import { retryFailed } from "./retryFailed.ts";
import { undoPlan } from "./undoPlan.ts";
import { resumePlan } from "./resumePlan.ts";
import { resumeConfiguration } from "./resumeConfiguration.ts";
import { leaveSandbox, openSandbox, resetSandbox } from "./sandbox.ts";
import { selectSubscriptions } from "./selectSubscriptions.ts";
import { setUp } from "./setUp.ts";
import { showLog } from "./showLog.ts";
import { showPlanResults } from "./showPlanResults.ts";
import { signIn } from "./signIn.ts";
import { stopReading } from "./stopReading.ts";
import type { Handler } from "./tools.ts";
import { upgradeHistory } from "./upgradeHistory.ts";
import { approveUpgrade, cancelUpgrade, startUpgrade } from "./upgrades.ts";
import { viewProperties } from "./viewProperties.ts";

export { restoredReport } from "./fleetReport.ts";
export { PlanKeeper } from "./planKeeper.ts";
export { readPlans } from "./readPlans.ts";

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
