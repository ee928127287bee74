import * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import type { PlanBoard } from "../fleet/plans/planBoard.ts";
import type { HistoryKeeper } from "../fleet/upgrades/historyKeeper.ts";
import type { CommandName } from "../telemetry/events.ts";
import { Pages } from "../ui/pages.ts";
import type { Runner } from "../ui/run.ts";
import type { ScriptedContent, ScriptedPage } from "../ui/scriptedPage.ts";
import { copyAsCode } from "./code/copyAsCode.ts";
import { exportConfigurationCode } from "./code/exportConfigurationCode.ts";
import { exportPlanCode } from "./code/exportPlanCode.ts";
import { exportUpcomingWindows } from "./configurations/exportUpcomingWindows.ts";
import { flowCommands } from "./flowCommands.ts";
import { FlowRunner, type FlowRunnerOptions } from "./flowRunner.ts";
import type { Handler } from "./handler.ts";
import { checkPlan } from "./plans/checkPlan.ts";
import { continuePlan } from "./plans/continuePlan.ts";
import { exportPlanResults } from "./plans/exportPlanResults.ts";
import { copyLink } from "./links/copyLink.ts";
import type { Address } from "./links/link.ts";
import { openedLinks } from "./links/openedLinks.ts";
import { PlanRunner, type PlanRunnerOptions } from "./plans/planRunner.ts";
import { readPlans } from "./plans/readPlans.ts";
import { resumePlan } from "./plans/resumePlan.ts";
import { retryFailed, retryWithUpdatesOff } from "./plans/retryFailed.ts";
import { showPlanResults } from "./plans/showPlanResults.ts";
import { undoPlan } from "./plans/undoPlan.ts";
import { exportFleetReport } from "./report/exportFleetReport.ts";
import { fleetReport, restoredReport } from "./report/fleetReport.ts";
import { BackgroundRefresh } from "./session/backgroundRefresh.ts";
import { closeWithSandbox } from "./session/closeWithSandbox.ts";
import { openSandbox, resetSandbox } from "./session/sandbox.ts";
import type { SandboxHost } from "./session/sandboxHost.ts";
import { savedFolder } from "./session/savedFolder.ts";
import { selectSubscriptions } from "./session/selectSubscriptions.ts";
import { checkImageVersions } from "./upgrades/checkImageVersions.ts";
import { copyExplanation } from "./upgrades/copyExplanation.ts";
import { explainEligibility } from "./upgrades/explainEligibility.ts";
import { exportUpgradeHistory } from "./upgrades/exportUpgradeHistory.ts";
import { EligibilityFactsReader } from "./upgrades/eligibilityFactsReader.ts";
import { upgradeHistory } from "./upgrades/upgradeHistory.ts";
import { copyAsTable } from "./view/copyAsTable.ts";
import { copyResourceId } from "./view/copyResourceId.ts";
import { filterFleet } from "./view/filterFleet.ts";
import { goToScaleSet } from "./view/goToScaleSet.ts";
import { groupFleet } from "./view/groupFleet.ts";
import { openInPortal } from "./view/openInPortal.ts";
import { viewProperties } from "./view/viewProperties.ts";

export { PlanKeeper } from "./plans/planKeeper.ts";
export { tellUpgrades } from "./upgrades/tellUpgrades.ts";
export { runningLine } from "./view/runningLine.ts";

/** The long-lived objects of the window that the commands are made of. */
export interface CommandParts extends PlanRunnerOptions, Omit<FlowRunnerOptions, "facts" | "planRunner"> {
  readonly sandbox: SandboxHost;
  /** The extension's storage, which all windows of the user's share. */
  readonly folder: vscode.Uri;
  /** Of this extension, with its publisher. */
  readonly extensionId: string;
  /** The editor of the fleet report. */
  readonly report: ScriptedPage;
  readonly board: PlanBoard;
  readonly histories: HistoryKeeper;
  readonly runner: Runner;
  readonly log: Log;
  /** Where the user reads the log. */
  readonly channel: Pick<vscode.OutputChannel, "show">;
}

export interface Commands extends vscode.Disposable {
  /** Every command of the extension; `package.json` contributes each as `scaleSetMaintenance.<name>`. */
  readonly table: Readonly<Record<CommandName, Handler>>;
  /** What the fleet report shows in an editor that VS Code brought back after a reload of its window. */
  restoredReport(): Promise<ScriptedContent>;
  /** Shows the row that a link leads to; see `Links`. */
  openLink(address: Address): Promise<void>;
  /** Refreshes the fleet when it is as old as the setting says; see `BackgroundRefresh`. */
  refreshWhenOld(): Promise<void>;
  /** Reads the plans that are kept of the connected Azure, and offers to go on with those that were interrupted. */
  readPlans(): Promise<void>;
}

/** Makes each command of what it needs. */
export function createCommands(parts: CommandParts): Commands {
  const { session, sandbox, store, fleetView, documents, report, runner, log } = parts;
  const { board, keeper, histories, channel } = parts;
  const facts = new EligibilityFactsReader(store);
  const turns = savedFolder(vscode.Uri.joinPath(parts.folder, "turns").fsPath);
  const pages = new Pages(runner, () => session.origin === "sandbox");
  const closing = closeWithSandbox({ session, runner, opened: [pages, documents, report] });
  const planRunner = new PlanRunner(parts);
  const flows = new FlowRunner({ ...parts, facts, planRunner });
  const background = new BackgroundRefresh({
    session,
    store,
    folder: () => (session.origin === "sandbox" && sandbox.isInProcess ? undefined : turns),
    isBusy: () => runner.isBusy,
    interval: () => vscode.workspace.getConfiguration("scaleSetMaintenance").get("refreshInterval"),
    now: () => Date.now(),
  });
  const links = openedLinks({ session, store, runner, log });
  const table: Commands["table"] = {
    ...flowCommands({ flows, store, fleetView, log }),
    upgradeHistory: upgradeHistory({ session, store, histories, pages }),
    exportUpgradeHistory: exportUpgradeHistory({ session, store, histories, log }),
    showPlanResults: showPlanResults({ session, store, board, keeper, documents, pages }),
    fleetReport: fleetReport({ session, store, report, log }),
    exportFleetReport: exportFleetReport({ session, store, log }),
    resumePlan: resumePlan({ session, board, keeper, planRunner }),
    checkPlan: checkPlan(parts),
    continuePlan: continuePlan({ session, board, keeper, flows }),
    retryFailed: retryFailed({ ...parts, flows }),
    retryWithUpdatesOff: retryWithUpdatesOff({ ...parts, flows }),
    undoPlan: undoPlan({ session, board, keeper, flows }),
    exportPlanResults: exportPlanResults({ session, store, board, keeper, log }),
    exportPlanCode: exportPlanCode({ session, board, keeper, log }),
    copyAsPowerShell: copyAsCode("powershell", { ...parts, flows }),
    copyAsAzureCli: copyAsCode("azure-cli", { ...parts, flows }),
    exportConfigurationCode: exportConfigurationCode({ session, store, fleetView, log }),
    explainEligibility: explainEligibility({ session, store, facts, pages }),
    checkImageVersions: checkImageVersions({ session, store, facts, log }),
    copyExplanation: copyExplanation({ session, store, facts }),
    openSandbox: openSandbox({ session }),
    // The sandbox keeps its state for the next time that it opens.
    leaveSandbox: () => session.leaveSandbox(),
    resetSandbox: resetSandbox({ session, sandbox }),
    // On the node of a tenant or account that could not be read it is for that one.
    signIn: ([node]) => session.signIn(node !== undefined && "tenant" in node ? node.tenant : undefined),
    selectSubscriptions: selectSubscriptions({ session }),
    groupFleet: groupFleet({ store, fleetView }),
    filterFleet: filterFleet({ store, fleetView }),
    clearFleetFilter: () => fleetView.filterBy(""),
    goToScaleSet: goToScaleSet({ session, store }),
    refresh: () => session.refresh(),
    stopReading: async () => session.stopReading(),
    viewProperties: viewProperties({ session, store, documents }),
    openInPortal: openInPortal({ session, store, log }),
    copyResourceId: copyResourceId({ session, store }),
    copyLink: copyLink({ session, store, extensionId: parts.extensionId }),
    copyAsTable: copyAsTable({ session, store, fleetView }),
    exportUpcomingWindows: exportUpcomingWindows({ session, store, log }),
    showLog: async () => channel.show(),
  };
  return {
    table,
    restoredReport: () => restoredReport({ session, store, log }),
    openLink: (address) => links.open(address),
    refreshWhenOld: () => background.look(),
    readPlans: () => readPlans({ session, keeper, planRunner, runner, log }),
    dispose: () => {
      for (const part of [closing, pages, facts, planRunner]) part.dispose();
    },
  };
}
